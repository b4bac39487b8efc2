import Survey

/// How much of an archive is unpacked: what a year of one team fits in, and no bomb does.
enum ArchiveLimits {
  static let members = 10_000
  /// Bytes of one member, which lies in memory while it is read.
  static let memberBytes = 256 << 20
  /// Bytes of the files of shapefiles that wait for others of the same name.
  static let waitingBytes = 512 << 20
  /// Bytes of all members together.
  static let bytes = 4 << 30
}

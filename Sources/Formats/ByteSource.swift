/// The bytes of a file in blocks, decompressed where it is gzip'd, and hashed as they lie on disk.
public struct ByteSource: ~Copyable {
  public let path: String
  public init(path: String) throws(FileUnreadable) { self.path = path }
  /// The next block, at most 1 MiB; `nil` at the end.
  public mutating func next() throws(FileUnreadable) -> [UInt8]? { nil }
}

import Survey

/// The start of a member of a zip that was copied in part: libarchive drops what it had unpacked of it.
///
/// Only where the file ends inside the member: of bytes that were changed on the way nobody knows which are wrong, and a
/// wrong digit is a wrong place. PKWARE's APPNOTE, 4.3.7: a local header is 30 bytes, the name and an extra field, and
/// the data follows, deflated (8) or stored (0).
struct CutZip {
  private static let signature: [UInt8] = [0x50, 0x4b, 0x03, 0x04]
  private static let mostBytes = 256 << 20

  private let bytes: [UInt8]

  /// `nil` where the file is no zip, cannot be read, or has more than 256 MiB.
  init?(_ path: String) {
    guard var file = try? RawFile.open(path) else { return nil }
    var bytes: [UInt8] = []
    while let block = try? file.read(1 << 20, path: path) {
      bytes += block
      guard bytes.count <= Self.mostBytes else { return nil }
    }
    guard bytes.starts(with: Self.signature) else { return nil }
    self.bytes = bytes
  }

  /// What can be unpacked of the last member, if that has this name and the file ends in it.
  func start(of name: String) -> [UInt8]? {
    guard let header = lastHeader(), header + 30 <= bytes.count else { return nil }
    let (nameLength, extraLength) = (number(header + 26), number(header + 28))
    let data = header + 30 + nameLength + extraLength
    guard data < bytes.count, bytes[header + 30..<header + 30 + nameLength].elementsEqual(name.utf8) else { return nil }
    // Encrypted.
    guard number(header + 6) & 1 == 0 else { return nil }
    switch number(header + 8) {
    case 0:
      let size = number(header + 18) | number(header + 20) << 16
      return bytes.count - data < size ? Array(bytes[data...]) : nil
    case 8: return inflated(bytes[data...])
    default: return nil
    }
  }

  /// Whole deflated data, or data that is damaged, gives `nil`.
  private func inflated(_ data: ArraySlice<UInt8>) -> [UInt8]? {
    var inflater = Inflater()
    // A gzip's header makes of deflated data a gzip without its end.
    inflater.feed(Inflater.magic + [8, 0, 0, 0, 0, 0, 0, 0xff] + data)
    var content: [UInt8] = []
    while true {
      switch inflater.step(1 << 16) {
      case .bytes(let block):
        content += block
        guard content.count <= ArchiveLimits.memberBytes else { return nil }
      case .needsInput: return content.isEmpty || inflater.isComplete ? nil : content
      case .failed: return nil
      }
    }
  }

  private func lastHeader() -> Int? {
    bytes.indices.dropLast(29).last { bytes[$0] == 0x50 && bytes[$0..<$0 + 4].elementsEqual(Self.signature) }
  }

  private func number(_ index: Int) -> Int { Int(bytes[index]) | Int(bytes[index + 1]) << 8 }
}

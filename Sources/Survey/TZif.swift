/// The content of a time zone file of versions 1 to 4 (RFC 8536): transitions, and the rule for the time after them.
struct TZif {
  /// Larger than every file of the database by a factor of a hundred.
  static let sizeLimit = 1 << 19

  var initialOffset: Int
  var transitions: [(at: Int64, offset: Int)]
  var rule: PosixTimeZone?

  init(_ bytes: [UInt8]) throws(TimeZoneError) {
    guard bytes.count <= Self.sizeLimit else { throw .damaged("it is too large") }
    var start = 0
    var header = try Header(bytes, at: start)
    // From version 2 on, a second block with 64-bit times follows the first, and a footer follows that.
    let timeSize = header.version >= UInt8(ascii: "2") ? 8 : 4
    if timeSize == 8 {
      start = Header.size + header.bodySize(timeSize: 4)
      header = try Header(bytes, at: start)
    }
    let body = start + Header.size
    let end = body + header.bodySize(timeSize: timeSize)
    guard end <= bytes.count else { throw .damaged("it is cut short") }
    guard header.leaps == 0 else { throw .damaged("it counts leap seconds, which survey times do not") }
    guard header.types > 0 else { throw .damaged("it has no offsets") }

    let indexes = body + header.times * timeSize
    let types = indexes + header.times
    var offsets: [Int] = []
    for i in 0..<header.types {
      let offset = Int(Int32(truncatingIfNeeded: Self.bigEndian(bytes, at: types + i * 6, size: 4)))
      guard abs(offset) < 26 * 3600 else { throw .damaged("it has an offset of more than 26 hours") }
      offsets.append(offset)
    }
    initialOffset = offsets[0]
    transitions = []
    transitions.reserveCapacity(header.times)
    for i in 0..<header.times {
      let raw = Self.bigEndian(bytes, at: body + i * timeSize, size: timeSize)
      let time = timeSize == 8 ? raw : Int64(Int32(truncatingIfNeeded: raw))
      let type = Int(bytes[indexes + i])
      guard type < offsets.count else { throw .damaged("a transition leads to an offset that it does not have") }
      guard time > transitions.last?.at ?? .min else { throw .damaged("its transitions are not in order") }
      transitions.append((time, offsets[type]))
    }
    guard timeSize == 8 else { return }
    let newLine = UInt8(ascii: "\n")
    let footer = bytes[end...].dropFirst().prefix { $0 != newLine }
    guard end < bytes.count, bytes[end] == newLine, footer.endIndex < bytes.count else {
      throw .damaged("its footer is cut short")
    }
    guard !footer.isEmpty else { return }
    rule = try PosixTimeZone(footer)
  }

  private struct Header {
    static let size = 44
    var version: UInt8
    var utcFlags, standardFlags, leaps, times, types, characters: Int

    init(_ bytes: [UInt8], at start: Int) throws(TimeZoneError) {
      guard start + Self.size <= bytes.count, bytes[start..<start + 4].elementsEqual("TZif".utf8) else {
        throw .damaged("it is no time zone file")
      }
      version = bytes[start + 4]
      var counts: [Int] = []
      for i in 0..<6 {
        let count = TZif.bigEndian(bytes, at: start + 20 + i * 4, size: 4)
        guard count <= TZif.sizeLimit else { throw .damaged("it says that it has more than fits into it") }
        counts.append(Int(count))
      }
      (utcFlags, standardFlags, leaps) = (counts[0], counts[1], counts[2])
      (times, types, characters) = (counts[3], counts[4], counts[5])
    }

    func bodySize(timeSize: Int) -> Int {
      times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + standardFlags + utcFlags
    }
  }

  /// The caller has checked that the bytes are there.
  private static func bigEndian(_ bytes: [UInt8], at start: Int, size: Int) -> Int64 {
    bytes[start..<start + size].reduce(0) { $0 << 8 | Int64($1) }
  }
}

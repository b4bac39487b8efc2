import Geometry
public import Survey

/// A fix as it was read, with where it begins something.
public struct StoredFix: Hashable, Sendable {
  public var fix: Fix
  /// Whether a track, or a segment, begins with it.
  public var beginsTrack = false, beginsSegment = false

  public init(_ fix: Fix, beginsTrack: Bool = false, beginsSegment: Bool = false) {
    (self.fix, self.beginsTrack, self.beginsSegment) = (fix, beginsTrack, beginsSegment)
  }
}

/// Fixes as bytes, 64 each, all numbers little-endian: time (int64, milliseconds since 1970 UTC), longitude, latitude,
/// elevation, sigma, hdop (float64), line (int64), satellites (int32), quality (uint8, NMEA's digits, 255 unknown), flags
/// (uint8: 1 begins a track, 2 begins a segment), two zeros. What the log does not say is NaN, -1 satellites, or the least
/// int64 for the time.
enum PackedFixes {
  static let size = 64

  static func append(_ stored: StoredFix, to bytes: inout [UInt8]) {
    let fix = stored.fix
    let word = { (number: Double?) in (number ?? .nan).bitPattern }
    for part in [
      UInt64(bitPattern: fix.time?.milliseconds ?? .min), fix.position.longitude.bitPattern,
      fix.position.latitude.bitPattern, word(fix.elevation), word(fix.sigma), word(fix.hdop),
      UInt64(bitPattern: Int64(fix.line)),
    ] { Store.append(part, to: &bytes) }
    let satellites = UInt64(UInt32(bitPattern: fix.satellites.map { Int32(clamping: $0) } ?? -1))
    let flags: UInt64 = (stored.beginsTrack ? 1 : 0) | (stored.beginsSegment ? 2 : 0)
    Store.append(satellites | UInt64(fix.quality.rawValue) << 32 | flags << 40, to: &bytes)
  }

  /// `nil` where the bytes are not those of whole fixes.
  static func fixes(in bytes: [UInt8]) -> [StoredFix]? {
    guard bytes.count % size == 0 else { return nil }
    var fixes: [StoredFix] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      let words = (0..<8).map { word(bytes, at: start + 8 * $0) }
      let number = { (index: Int) in Double(bitPattern: words[index]) }
      let known = { (index: Int) in number(index).isNaN ? nil : number(index) }
      let (time, line) = (Int64(bitPattern: words[0]), Int64(bitPattern: words[6]))
      let satellites = Int32(truncatingIfNeeded: words[7])
      guard let quality = FixQuality(rawValue: UInt8(truncatingIfNeeded: words[7] >> 32)), line >= 0 else { return nil }
      let flags = words[7] >> 40
      let fix = Fix(
        Geographic(number(1), number(2)), time: time == .min ? nil : Timestamp(milliseconds: time), quality: quality,
        sigma: known(4), elevation: known(3), hdop: known(5), satellites: satellites < 0 ? nil : Int(satellites),
        line: Int(line))
      fixes.append(StoredFix(fix, beginsTrack: flags & 1 != 0, beginsSegment: flags & 2 != 0))
    }
    return fixes
  }
}

/// As a GeoPackage writes times: with exactly three decimals.
func dateTime(_ time: Timestamp) -> String {
  let text = "\(time)"
  return text.utf8.count == 20 ? "\(text.dropLast()).000Z" : text
}

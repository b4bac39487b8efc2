import Geometry
import Survey

/// The names of GPX that are read.
enum GPXTag {
  case trk, trkseg, trkpt, rte, rtept, wpt
  case time, ele, hdop, sat, fix, name, cmt, desc, sym
  case other

  /// From a name as expat gives it; another prefix than the root's is another namespace.
  init(_ name: UnsafePointer<CChar>, prefixLength: Int) {
    let start = unsafe UnsafeRawPointer(name).assumingMemoryBound(to: UInt8.self)
    for index in 0..<prefixLength where unsafe start[index] == 0 {
      self = .other
      return
    }
    // Up to eight letters, packed, so that one comparison tells.
    var (packed, index): (UInt64, Int) = (0, prefixLength)
    while unsafe start[index] != 0, index - prefixLength < 8 {
      packed = unsafe packed << 8 | UInt64(start[index])
      index += 1
    }
    self =
      switch packed {
      case 0x74_726b: .trk
      case 0x7472_6b73_6567: .trkseg
      case 0x74_726b_7074: .trkpt
      case 0x72_7465: .rte
      case 0x72_7465_7074: .rtept
      case 0x77_7074: .wpt
      case 0x7469_6d65: .time
      case 0x65_6c65: .ele
      case 0x6864_6f70: .hdop
      case 0x73_6174: .sat
      case 0x66_6978: .fix
      case 0x6e61_6d65: .name
      case 0x63_6d74: .cmt
      case 0x6465_7363: .desc
      case 0x73_796d: .sym
      default: .other
      }
  }

  var leaf: GPXState.Leaf? {
    switch self {
    case .time: .time
    case .ele: .elevation
    case .hdop: .hdop
    case .sat: .satellites
    case .fix: .fix
    case .name: .name
    case .cmt: .comment
    case .desc: .description
    case .sym: .symbol
    default: nil
    }
  }
}

/// A `trkpt`, `rtept` or `wpt`.
struct GPXPoint {
  var fix: Fix
  var name: String?
  var symbol: String?
  var comment: String?
  var description: String?

  /// `nil` where latitude or longitude is missing, no number, or not on earth.
  init?(_ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>, line: Int) {
    var (latitude, longitude): (Double?, Double?)
    var index = 0
    while let key = unsafe attributes[index], let value = unsafe attributes[index + 1] {
      let key = unsafe UnsafeRawPointer(key).assumingMemoryBound(to: UInt8.self)
      if unsafe key.equals("lat") {
        latitude = unsafe degrees(value)
      } else if unsafe key.equals("lon") {
        longitude = unsafe degrees(value)
      }
      index += 2
    }
    guard let latitude, let longitude, Geographic(longitude, latitude).isOnEarth else { return nil }
    fix = Fix(Geographic(longitude, latitude), line: line)
  }

  var waypoint: Waypoint { Waypoint(fix, name: name, symbol: symbol, comment: comment ?? description) }

  /// Takes the text of a child element; returns what is wrong with it.
  mutating func take(_ leaf: GPXState.Leaf, _ text: Text) -> (code: String, message: String)? {
    let range = text.trimmed(0..<text.count)
    switch leaf {
    case .name: name = text.string(range)
    case .symbol: symbol = text.string(range)
    case .comment: comment = text.string(range)
    case .description: description = text.string(range)
    case .trackName: break
    case _ where range.isEmpty: break
    case .time:
      fix.time = text.isoTime(range)
      if fix.time == nil { return ("gpx.time", "\"\(text.start(range))\" is no time: the point is kept without it") }
    case .elevation:
      fix.elevation = text.decimal(range)
      if fix.elevation == nil { return number("ele", text.start(range)) }
    case .hdop:
      fix.hdop = text.decimal(range)
      if fix.hdop == nil { return number("hdop", text.start(range)) }
    case .satellites:
      fix.satellites = text.integer(range)
      if fix.satellites == nil { return number("sat", text.start(range)) }
    case .fix:
      guard let quality = FixQuality(gpx: text, range) else {
        fix.quality = .invalid
        return ("gpx.fix", "\"\(text.start(range))\" is no kind of fix: the point counts as not measured")
      }
      fix.quality = quality
    }
    return nil
  }

  private func number(_ name: String, _ text: String) -> (code: String, message: String) {
    ("gpx.number", "\(name) \"\(text)\" is no number: the point is kept without it")
  }
}

extension FixQuality {
  /// The text of a `fix`.
  init?(gpx text: Text, _ range: Range<Int>) {
    if text.equals(range, "none") {
      self = .invalid
    } else if text.equals(range, "2d") || text.equals(range, "3d") {
      self = .autonomous
    } else if text.equals(range, "dgps") {
      self = .differential
    } else if text.equals(range, "pps") {
      self = .pps
    } else {
      // Not of the standard: what programs for RTK receivers write.
      self.init(name: text.string(range))
    }
  }
}

extension Span<UInt8> {
  /// As much as a message wants to show.
  func start(_ range: Range<Int>) -> String { string(range.prefix(40)) }
}

private func degrees(_ value: UnsafePointer<CChar>) -> Double? {
  var length = 0
  while unsafe value[length] != 0, length < 400 { length += 1 }
  let bytes = unsafe UnsafeRawBufferPointer(start: value, count: length).assumingMemoryBound(to: UInt8.self)
  let text = unsafe bytes.span
  return text.decimal(text.trimmed(0..<length))
}

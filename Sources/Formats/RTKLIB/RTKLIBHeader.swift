import Survey

/// What the line of column names above RTKLIB's solutions says.
struct RTKLIBHeader {
  enum Layout {
    /// Latitude and longitude in degrees.
    case degrees
    /// In degrees, minutes and seconds, a field for each.
    case sexagesimal
    /// Geocentric X, Y and Z.
    case geocentric
    /// East, north and up from the base.
    case baseline
  }
  enum TimeSystem {
    case gpst, utc, jst
    /// Named so; not one that is known.
    case other(String)
  }

  var layout: Layout
  var time: TimeSystem

  /// `nil` for any other remark.
  init?(columns text: Text, _ line: Range<Int>) {
    let words = RTKLIBRow.fields(text, line)
    // `%  GPST  latitude(deg) longitude(deg) ...`; some programs leave no blank behind the `%`.
    guard let first = words.first, words.count >= 4 else { return nil }
    let isApart = first.count == 1
    let system = isApart ? words[1] : first.lowerBound + 1..<first.upperBound
    let columns = words.dropFirst(isApart ? 2 : 1).map { text.string($0).lowercased() }
    if columns.starts(with: ["latitude(deg)", "longitude(deg)"]) {
      layout = .degrees
    } else if columns.starts(with: ["latitude(d'\")", "longitude(d'\")"]) {
      layout = .sexagesimal
    } else if columns.starts(with: ["x-ecef(m)", "y-ecef(m)", "z-ecef(m)"]) {
      layout = .geocentric
    } else if columns.starts(with: ["e-baseline(m)", "n-baseline(m)"]) {
      layout = .baseline
    } else {
      return nil
    }
    switch text.string(system).uppercased() {
    case "GPST": time = .gpst
    case "UTC": time = .utc
    case "JST": time = .jst
    default: time = .other(text.start(system))
    }
  }

  /// The datum that the remark on the columns names: `% (lat/lon/height=WGS84/ellipsoidal,Q=1:fix,...)`.
  static func datum(_ text: Text, _ line: Range<Int>) -> String? {
    let words = text.string(line.prefix(200).isEmpty ? line : line.lowerBound..<line.lowerBound + min(line.count, 200))
    guard let open = words.firstIndex(of: "("),
      words[words.index(after: open)...].hasPrefix("lat/lon/height=")
        || words[words.index(after: open)...].hasPrefix("x/y/z-ecef=")
    else { return nil }
    return words.split(separator: "=").dropFirst().first.map {
      String($0.prefix { $0 != "/" && $0 != "," && $0 != ")" && $0 != " " })
    }
  }
}

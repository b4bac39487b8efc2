import Survey

/// What the columns of a sheet of fixes hold, found by their names.
struct CSVColumns {
  /// The words of `--columns`.
  enum Kind: String, CaseIterable {
    case lat, lon, easting, northing, time, date, ele, quality, sats, hdop, sigma, sde, sdn, hrms, track, segment
  }

  private var indices: [Int?] = Array(repeating: nil, count: Kind.allCases.count)
  /// The columns that are not read.
  private(set) var ignored: [String] = []

  /// From 0.
  subscript(_ kind: Kind) -> Int? {
    get { indices[Kind.allCases.firstIndex(of: kind) ?? 0] }
    set { indices[Kind.allCases.firstIndex(of: kind) ?? 0] = newValue }
  }

  var hasPosition: Bool { self[.lat] != nil && self[.lon] != nil }
  /// Coordinates on a grid, which no header explains.
  var hasGrid: Bool { self[.easting] != nil && self[.northing] != nil }

  init() {}

  init(header: [String]) {
    for (index, name) in header.enumerated() {
      let plain = Self.plain(name)
      if let kind = Self.names[plain] {
        // Where two columns have the same meaning, the first is read.
        if self[kind] == nil { self[kind] = index } else { ignored.append(name) }
      } else {
        ignored.append(name)
      }
    }
  }

  /// Lower case, without blanks, `_`, `-`, quotes and what stands in brackets.
  private static func plain(_ name: String) -> String {
    var (result, depth) = ("", 0)
    for character in name.lowercased() {
      switch character {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case " ", "_", "-", "\u{feff}", "\"", "'", ".", "#": break
      default: if depth <= 0 { result.append(character) }
      }
    }
    return result
  }

  /// English, Serbian (both scripts) and Russian. Only names with one meaning: `h` has several, and `q` is RTKLIB's, whose
  /// digits are not those of NMEA: its 4 is DGPS. Surveyors of Gauss-Krueger write Y for the easting; whoever reads x and y
  /// sees by the numbers when they are swapped.
  private static let names: [String: Kind] = {
    let table: [(Kind, [String])] = [
      (
        .lat,
        [
          "lat", "latitude", "latitudedeg", "gpslat", "gpslatitude", "latwgs84", "wgs84lat", "decimallatitude",
          "geografskaširina", "geografskasirina", "širina", "sirina", "географскаширина", "ширина", "широта",
        ]
      ),
      (
        .lon,
        [
          "lon", "lng", "long", "longitude", "longitudedeg", "gpslon", "gpslongitude", "lonwgs84", "wgs84lon",
          "decimallongitude", "geografskadužina", "geografskaduzina", "dužina", "duzina", "географскадужина",
          "дужина", "долгота",
        ]
      ),
      (
        .easting,
        ["e", "east", "easting", "eastingm", "utme", "utmeasting", "x", "xm", "xcoord", "istok", "исток", "восток"]
      ),
      (
        .northing,
        [
          "n", "north", "northing", "northingm", "utmn", "utmnorthing", "y", "ym", "ycoord", "sever", "север",
        ]
      ),
      (
        .time,
        [
          "time", "timestamp", "datetime", "utc", "utctime", "timeutc", "dateandtime", "vreme", "vrijeme", "време",
          "время", "датаивремя", "датумивреме", "datumivreme",
        ]
      ),
      (.date, ["date", "dateutc", "utcdate", "datum", "датум", "дата"]),
      (.ele, ["ele", "elevation", "alt", "altitude", "height", "visina", "висина", "высота"]),
      (.quality, ["quality", "fix", "fixquality", "fixtype", "gpsquality", "solutionstatus", "kvalitet", "квалитет"]),
      (.sats, ["sats", "sat", "satellites", "numsats", "nsat", "numsv", "sateliti", "сателити", "спутники"]),
      (.hdop, ["hdop"]),
      (.sigma, ["sigma", "sigmam", "sigmah"]),
      (.sde, ["sde", "sdem", "eastingrms"]),
      (.sdn, ["sdn", "sdnm", "northingrms"]),
      (.hrms, ["hrms", "hrmsm", "horizontalrms", "lateralrms"]),
      (
        .track, ["track", "trackname", "trackid", "lane", "name", "staza", "traka", "стаза", "трака", "трек", "полоса"]
      ),
      (.segment, ["segment", "segmentid", "trackseg", "сегмент"]),
    ]
    return Dictionary(table.flatMap { kind, names in names.map { ($0, kind) } }) { first, _ in first }
  }()
}

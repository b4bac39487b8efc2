/// The four polar bands: A and B around the south pole, west and east of 0 and 180 degrees, Y and Z around the north.
///
/// Source: NGA.SIG.0012, section on the polar MGRS.
struct MGRSPolarGrid {
  let isNorthern: Bool
  /// From the west and from the south; letters that look like others' are left out.
  let columns: [Character]
  let rows: [Character]
  /// Metres of the first column and the first row.
  let firstEasting, firstNorthing: Double

  init?(band: Character) {
    switch band {
    case "A": self.init(north: false, columns: "JKLPQRSTUXYZ", easting: 800_000)
    case "B": self.init(north: false, columns: "ABCFGHJKLPQR", easting: 2_000_000)
    case "Y": self.init(north: true, columns: "RSTUXYZ", easting: 1_300_000)
    case "Z": self.init(north: true, columns: "ABCFGHJ", easting: 2_000_000)
    default: return nil
    }
  }

  /// The band of a place.
  static func band(isNorthern: Bool, easting: Double) -> Character {
    isNorthern ? (easting < 2_000_000 ? "Y" : "Z") : (easting < 2_000_000 ? "A" : "B")
  }

  private init(north: Bool, columns: String, easting: Double) {
    (isNorthern, self.columns, firstEasting) = (north, Array(columns), easting)
    rows = Array(north ? "ABCDEFGHJKLMNP" : "ABCDEFGHJKLMNPQRSTUVWXYZ")
    firstNorthing = north ? 1_300_000 : 800_000
  }
}

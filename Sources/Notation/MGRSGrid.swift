/// The letters of the MGRS and the 100 km squares that they name.
///
/// Source of the letters: NGA.SIG.0012, the AA scheme, which is the one for WGS 84.
enum MGRSGrid {
  /// Metres.
  static let square = 100_000.0

  /// From 80 S northwards, 8 degrees each; X has 12.
  static let bands = Array("CDEFGHJKLMNPQRSTUVWX")
  /// 20 rows, which repeat every 2 000 km; in even zones they begin five later.
  static let rows = Array("ABCDEFGHJKLMNPQRSTUV")
  /// Eastings 100 km to 900 km; the zones take them in turn.
  static let columns = [Array("ABCDEFGH"), Array("JKLMNPQR"), Array("STUVWXYZ")]

  static func columns(zone: Int) -> [Character] { columns[(zone + 2) % 3] }

  /// The letter of a row, counted in 100 km from the equator, negative to its south.
  static func rowLetter(_ row: Int, zone: Int) -> Character {
    rows[((row + (zone % 2 == 0 ? 5 : 0)) % 20 + 20) % 20]
  }

  /// The row of a letter in a band, counted in 100 km from the equator; `nil` where that square has no ground in that
  /// band.
  ///
  /// - Parameters:
  ///   - band: -10 for C up to 9 for X.
  ///   - column: 0...7, from the west.
  static func row(_ letter: Character, zone: Int, band: Int, column: Int) -> Int? {
    bandRows(band, column: column).first { rowLetter($0, zone: zone) == letter }
  }

  /// The rows that have ground in a band, in a column. A southern band mirrors the northern one.
  static func bandRows(_ band: Int, column: Int) -> ClosedRange<Int> {
    // Band C ends at 80 S, sooner than X in the north.
    if band == -10 { return -90...(-1 - northernRows(9, column).lowerBound) }
    if band >= 0 { return northernRows(band, column) }
    let north = northernRows(-1 - band, column)
    return -1 - north.upperBound...(-1 - north.lowerBound)
  }

  private static func northernRows(_ band: Int, _ column: Int) -> ClosedRange<Int> {
    // How far from the central meridian: 0 beside it, 3 at the border of the grid. Far in the north a parallel rises by
    // more than 100 km on its way outwards.
    let away = column < 4 ? 3 - column : column - 4
    return switch band {
    case 0: 0...8
    case 1...6: 9 * band - 1...9 * band + 8
    case 7: 62...(away == 0 ? 70 : 71)
    case 8: away <= 1 ? 70...79 : 71...80
    default: (away == 3 ? 80 : 79)...94
    }
  }
}

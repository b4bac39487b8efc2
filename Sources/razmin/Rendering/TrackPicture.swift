import Geometry
import Glibc

/// A log's positions as a small picture of braille dots, north up, for a terminal: 40 by 12 characters at most.
///
/// It keeps no more than 8192 positions, every second one being dropped when there are more, so that any log can be shown.
struct TrackPicture {
  private static let (columns, rows) = (40, 12)
  private static let most = 8192
  private var positions: [Geographic] = []
  private var stride = 1
  private var skipped = 0

  mutating func add(_ position: Geographic) {
    skipped += 1
    guard skipped >= stride, position.isOnEarth else { return }
    skipped = 0
    positions.append(position)
    guard positions.count == Self.most else { return }
    positions = Swift.stride(from: 0, to: positions.count, by: 2).map { positions[$0] }
    stride *= 2
  }

  /// Empty where there is nothing to see.
  var text: String {
    guard positions.count > 1 else { return "" }
    var bounds = Box<Geographic>()
    for position in positions { bounds.include(position) }
    // Two dots a character across, four down; a dot is as wide as high, and a degree of longitude shorter than one of
    // latitude.
    let shrink = max(0.01, cos((bounds.minY + bounds.maxY) / 2 * .pi / 180))
    let (width, height) = ((bounds.maxX - bounds.minX) * shrink, bounds.maxY - bounds.minY)
    let size = max(width / Double(Self.columns * 2 - 1), height / Double(Self.rows * 4 - 1))
    guard size > 0 else { return "" }
    let (columns, rows) = (Int(width / size) / 2 + 1, Int(height / size) / 4 + 1)
    var cells = Array(repeating: Array(repeating: UInt32(0), count: columns), count: rows)
    for position in positions {
      let x = Int((position.longitude - bounds.minX) * shrink / size)
      let y = Int((bounds.maxY - position.latitude) / size)
      guard y / 4 < rows, x / 2 < columns else { continue }
      cells[y / 4][x / 2] |= Self.dots[y % 4][x % 2]
    }
    return cells.map { row in
      "  " + String(String.UnicodeScalarView(row.compactMap { Unicode.Scalar(0x2800 + $0) })) + "\n"
    }.joined()
  }

  /// Unicode's braille patterns: a bit for each dot, by row and column.
  private static let dots: [[UInt32]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
}

public import Geometry
public import Survey

/// The lines of a track, taken in position by position: in memory while they are short, beyond that on the disk.
///
/// A line of one position is no line: such a position is handed out apart.
public final class LineSpool {
  /// Lines of two positions and more.
  public private(set) var lines = 0
  /// Positions that no line reaches.
  public private(set) var isolated = 0

  /// Longitude, latitude, and 1 where a line begins: of what is not on the disk yet.
  private var pending: [Double] = []
  private var written = 0
  private var file: NumberFile?
  /// Positions of the last line.
  private var length = 0
  private static let block = 3 << 15

  public init() {}

  public func add(_ position: Geographic, beginsLine: Bool) throws(NumberFile.Failed) {
    let begins = beginsLine || lines + isolated == 0
    length = begins ? 1 : length + 1
    if length == 1 { isolated += 1 }
    if length == 2 { (isolated, lines) = (isolated - 1, lines + 1) }
    pending.append(position.longitude)
    pending.append(position.latitude)
    pending.append(begins ? 1 : 0)
    guard pending.count >= Self.block else { return }
    if file == nil { file = try NumberFile() }
    try file?.write(pending, at: written)
    written += pending.count
    pending.removeAll(keepingCapacity: true)
  }

  /// Hands out each line in pieces, in order, and each isolated position as a piece of its own that begins and ends a line.
  func eachPiece(
    _ body: (_ positions: [LatticePoint], _ begins: Bool, _ isIsolated: Bool) throws(OutputFailed) -> Void
  ) throws(OutputFailed) {
    var piece: [LatticePoint] = []
    var (begins, isShort) = (true, true)
    for start in stride(from: 0, to: written + pending.count, by: Self.block) {
      let numbers = try block(at: start)
      for index in stride(from: 0, to: numbers.count, by: 3) {
        if numbers[index + 2] == 1, !piece.isEmpty {
          try body(piece, begins, isShort && piece.count == 1)
          (piece, begins, isShort) = ([], true, true)
        }
        piece.append(LatticePoint(nearest: Geographic(numbers[index], numbers[index + 1])))
        // The last position is kept back: whether its line goes on is not known yet.
        if piece.count == 4096 {
          try body(Array(piece.dropLast()), begins, false)
          (piece, begins, isShort) = (Array(piece.suffix(1)), false, false)
        }
      }
    }
    if !piece.isEmpty { try body(piece, begins, isShort && piece.count == 1) }
  }

  private func block(at start: Int) throws(OutputFailed) -> [Double] {
    guard start < written, let file else { return pending }
    do { return try file.read(Self.block, at: start) } catch { throw OutputFailed("temporary file", error.description) }
  }

  /// All of it in memory, for formats that need a geometry whole.
  public func whole() throws(OutputFailed) -> (lines: [[Geographic]], isolated: [Geographic]) {
    var (lines, isolated): ([[Geographic]], [Geographic]) = ([], [])
    try eachPiece { positions, begins, isIsolated throws(OutputFailed) in
      let positions = positions.map(\.position)
      if isIsolated { return isolated += positions }
      if begins { lines.append([]) }
      lines[lines.count - 1] += positions
    }
    return (lines, isolated)
  }
}

extension GeoJSONWriter where Sink: ~Copyable {
  /// The lines of a spool as one feature, written as they are read; nothing where it has none.
  public mutating func lines(of spool: LineSpool, _ properties: JSONObject) throws(OutputFailed) {
    guard spool.lines > 0 else { return }
    try spooled(spool, "LineString", isMulti: spool.lines > 1, properties) { !$0 }
  }

  /// The isolated positions of a spool as one feature of points; nothing where it has none.
  public mutating func isolated(of spool: LineSpool, _ properties: JSONObject) throws(OutputFailed) {
    guard spool.isolated > 0 else { return }
    try spooled(spool, "Point", isMulti: spool.isolated > 1, properties) { $0 }
  }
}

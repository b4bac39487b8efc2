import Geometry
import Survey

/// The walk through a `.shp`, and beside it through the rows of its table.
struct ShapefileReader: ~Copyable {
  private(set) var counts = RecordCounts()
  private var cursor: ByteCursor
  private var table: DBFReader?
  private let crs: FileCRS?
  private let path: String
  /// The number of the first record; some writers count from 0.
  private var first = 1

  private static let headerBytes = 100
  /// Bytes of one record: sixteen million points.
  private static let maxBytes = 256 << 20

  init(_ input: consuming ByteSource, _ table: consuming DBFReader?, in crs: FileCRS?) {
    path = input.path
    self.crs = crs
    cursor = ByteCursor(input)
    self.table = table
  }

  consuming func close() -> ByteSource { cursor.close() }

  mutating func read(_ found: (GeoPiece) -> Void) throws(FileUnreadable) {
    let header = try cursor.take(Self.headerBytes)
    guard header.count == Self.headerBytes else {
      throw FileUnreadable(path, .refused, code: "shp.header", "ends in its header: fetch the file again")
    }
    // Lengths are in words of two bytes.
    let promised = header.span.bigEndian32(24) * 2
    while let head = try nextHead(promised, found) {
      counts.seen += 1
      let content = try content(head)
      let row = try table?.next()
      if let row { for problem in row.problems { tell(problem, found) } }
      do throws(Problem) { try take(head, try content.get(), row, found) } catch {
        guard error.code != "crs.undeclared" else { throw undeclared(error) }
        counts.add(aside: error.code)
        tell(Problem(error.code, line: 0, "\(error.message): it is not used"), found)
      }
    }
    if cursor.offset < promised {
      file(
        "shp.short",
        "has \(cursor.offset) bytes, and its header says \(promised): records are missing at its end; fetch "
          + "it again", found)
    }
    try endTable(found)
  }

  /// What stands before a record; `nil` at the end, and where no record can be found any more.
  private mutating func nextHead(_ promised: Int, _ found: (GeoPiece) -> Void) throws(FileUnreadable) -> RecordHead? {
    let bytes = Array(try cursor.peek(12))
    guard !bytes.isEmpty else { return nil }
    if let head = RecordHead(bytes) {
      if counts.seen == 0, head.number == 0 { first = 0 }
      // A number that is right tells a record of a kind that is not known from bytes that are none.
      if head.number == counts.seen + first || head.hasKnownKind {
        if cursor.offset == promised {
          file(
            "shp.length", "goes on behind the \(promised) bytes that its header says: the records there are read too",
            found)
        }
        return head
      }
    }
    let start = cursor.offset
    let rest = try cursor.skip(.max)
    if start >= promised {
      file("shp.trailing", "has \(rest) bytes behind its last record that are no record: they are not used", found)
    } else {
      file(
        "shp.broken-off",
        "has no record at byte \(start), where record \(counts.seen + 1) should begin: the \(rest) bytes from there are not "
          + "read; fetch the file again, or save it again in a GIS", found)
    }
    return nil
  }

  private mutating func content(_ head: RecordHead) throws(FileUnreadable) -> Result<[UInt8], Problem> {
    try cursor.skip(8)
    guard head.length <= Self.maxBytes else {
      let there = try cursor.skip(head.length)
      return .failure(
        there < head.length
          ? truncated(there, head)
          : Problem("shp.too-large", line: 0, "it takes \(head.length) bytes, more than 256 MiB"))
    }
    let content = try cursor.take(head.length)
    return content.count == head.length ? .success(content) : .failure(truncated(content.count, head))
  }

  private func truncated(_ there: Int, _ head: RecordHead) -> Problem {
    Problem("shp.truncated", line: 0, "it promises \(head.length) bytes, and the file ends after \(there)")
  }

  private mutating func take(
    _ head: RecordHead, _ content: [UInt8], _ row: DBFRow?, _ found: (GeoPiece) -> Void
  ) throws(Problem) {
    guard head.number == counts.seen - 1 + first else {
      throw Problem(
        "shp.record-number", line: 0,
        "it calls itself number \(head.number): the file was changed in place, and nobody knows which row of the table belongs "
          + "to it; save it again in a GIS")
    }
    if row?.isDeleted ?? false { throw Problem("shp.deleted", line: 0, "it is marked as deleted in the table") }
    let shape = try ShapeRecord(content)
    var feature = GeoFeature(geometry: nil, properties: row?.properties ?? [:], line: counts.seen)
    feature.isUntyped = true
    if let pair = shape.parts.first?.first {
      guard let crs else { throw Problem("crs.undeclared", line: 0, "\(pair.easting) \(pair.northing)") }
      let placed = try PlacedShape(shape, by: crs.converter)
      for remark in placed.remarks { tell(remark, found) }
      (feature.geometry, feature.hasDoubtfulHoles) = (placed.geometry, placed.isDoubtful)
    }
    if feature.geometry == nil { counts.other += 1 } else { counts.used += 1 }
    found(.feature(feature))
  }

  private func undeclared(_ problem: Problem) -> FileUnreadable {
    var refusal = FileUnreadable(
      path, .refused, code: "crs.undeclared", line: counts.seen,
      "has no .prj that says what its coordinates are in: declare it, or put the .prj beside it")
    let numbers = problem.message.split(separator: " ").compactMap { Double($0) }
    if numbers.count == 2 { refusal.pair = (numbers[0], numbers[1]) }
    return refusal
  }

  /// Rows for which there is no shape.
  private mutating func endTable(_ found: (GeoPiece) -> Void) throws(FileUnreadable) {
    guard table != nil else { return }
    let read = min(counts.seen, table?.rows ?? 0)
    while let row = try table?.next() { _ = row }
    let rows = table?.rows ?? 0
    if rows != counts.seen {
      file(
        "dbf.count",
        rows > read
          ? "has \(counts.seen) records, and its table \(rows) rows: shapes may be missing"
          : "has \(counts.seen) records, and its table only \(rows) rows: the shapes behind have no properties", found)
    }
    for problem in table?.remarks ?? [] { found(.problem(problem)) }
  }

  /// About the record at hand.
  private func tell(_ problem: Problem, _ found: (GeoPiece) -> Void) {
    found(.problem(Problem(problem.code, line: counts.seen, "record \(counts.seen): \(problem.message)")))
  }

  /// About the file.
  private func file(_ code: String, _ message: String, _ found: (GeoPiece) -> Void) {
    found(.problem(Problem(code, line: 0, "the file \(message)")))
  }
}

/// The eight bytes before a record, and the kind of its shape behind them.
private struct RecordHead {
  let number: Int
  /// Bytes of what follows.
  let length: Int
  let hasKnownKind: Bool

  /// `nil` for what begins no record.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == 12 else { return nil }
    (number, length) = (bytes.span.bigEndian32(0), bytes.span.bigEndian32(4) * 2)
    guard length >= 4 else { return nil }
    hasKnownKind = ShapeKind(bytes.span.int32(8)) != nil
  }
}

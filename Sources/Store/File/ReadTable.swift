import GRDB
import GeoPackage

extension Table {
  /// The types of the columns of a row: its number, its geometry, if only in name, and what is read with it.
  private var types: [ColumnType] { [.integer, .blob] + columns.map(\.type) }
  private var query: String {
    let names = columns.map(\.name.quotedName).joined(separator: ", ")
    return "SELECT fid, \(listed.geometry == nil ? "NULL" : "geom"), \(names) FROM \(name.quotedName)"
  }

  /// Where a column stands in a row.
  func index(of column: String) -> Int {
    2 + (columns.firstIndex { $0.name == column } ?? columns.count)
  }

  /// Hands on every row, in its order; throws in the end where they are not those that the catalogue vouches for, which
  /// count from 1.
  func each(_ db: Database, _ entries: [String: Catalogue.Entry], _ body: (borrowing Rows) throws -> Void) throws {
    guard let entry = entries[name] else { throw StoreError.damaged("razmin_tables does not list \(name)") }
    let rows = try Rows.open(query + " ORDER BY fid", db)
    let types = types
    var digest = TableDigest()
    while try rows.next() {
      guard digest.rows < entry.rows else { throw StoreError.damaged("\(name) has more rows than were imported") }
      digest.add(rows, types)
      try body(rows)
    }
    let (count, sha256) = digest.finish()
    guard Catalogue.Entry(rows: count, sha256: sha256) == entry else {
      throw StoreError.damaged("the rows of \(name) are not those that were imported")
    }
  }

  /// Takes every row into the survey at hand, or those of which the text in the first column is one of some; throws where a
  /// value cannot be one of its column.
  func read(
    _ db: Database, _ entries: [String: Catalogue.Entry], of owners: Set<String>? = nil, into gathered: inout Gathering
  ) throws {
    try each(db, entries) { row in
      if let owners, !owners.contains(row.text(2)) { return }
      try take(row, columns, &gathered)
    }
  }

  /// Takes every row before the first that cannot be one, whatever the catalogue vouches for; whether these are all.
  func read(asItStands db: Database, into gathered: inout Gathering) throws -> Bool {
    let rows = try Rows.open(query + " ORDER BY fid", db)
    while try rows.next() {
      do { try take(rows, columns, &gathered) } catch is StoreError { return false }
    }
    return true
  }

  /// Takes some rows, by their numbers; whoever asks has seen that all of them are as they were imported.
  func read(_ numbers: [Int], _ db: Database, into gathered: inout Gathering) throws {
    let rows = try Rows.open(query + " WHERE fid = ?", db)
    for number in numbers {
      try rows.begin(with: Int64(number))
      guard try rows.next() else { throw StoreError.damaged("\(name) has no row \(number)") }
      try take(rows, columns, &gathered)
    }
  }

  /// The geometry of a row.
  func shape(_ row: borrowing Rows) throws -> RawGeometry? {
    guard case .blob(let bytes) = row.value(1, .blob) else { return nil }
    do { return try geometry(ofBlob: bytes, srs: Int64(SystemTables.srs)) } catch {
      throw StoreError.damaged("row \(row.integer(0)) of \(name): \(error.message)")
    }
  }

  private func take(
    _ row: borrowing Rows, _ columns: [GeoPackageLayer.Column], _ gathered: inout Gathering
  ) throws {
    var values: [AttributeValue] = []
    values.reserveCapacity(columns.count)
    for (index, column) in columns.enumerated() { values.append(row.value(2 + index, column.type)) }
    gathered.row = Int(row.integer(0))
    let found = TableRow(shape: try shape(row), values: values)
    do throws(RowFault) { try take(found, &gathered) } catch {
      throw StoreError.damaged("row \(row.integer(0)) of \(name): what stands in \(error.column) cannot be read")
    }
  }
}

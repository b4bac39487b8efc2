internal import FoundationEssentials
internal import GRDB

extension GeoPackageFile {
  /// Hands on every row of a table, in the order of its ids; what cannot be used is told.
  ///
  /// Where the file is damaged, the rows before the damage are used, and the rest is told as one problem.
  public func readRows(
    of table: FeatureTable, row: (FeatureRow) -> Void, problem: (RowProblem) -> Void
  ) -> RowCounts {
    var counts = RowCounts()
    guard !table.isComputed else {
      problem(
        RowProblem(
          code: "gpkg.view", id: 0,
          message:
            "\"\(table.name.prefix(100))\" is a view or a virtual table, and nothing of a file is run here: save it as "
            + "a table of its own"))
      return counts
    }
    do {
      try queue.inDatabase { db in
        // Each byte of a table is read once: more than all of the file comes only from a file whose pages run in circles.
        var left = 2 * size + 65_536
        let columns = [table.idColumn ?? "rowid", table.geometryColumn] + table.columns
        let list = columns.map(\.quotedName).joined(separator: ", ")
        let cursor = try Row.fetchCursor(db, sql: "SELECT \(list) FROM \(table.name.quotedName)")
        while let found = try cursor.next() {
          left -= 4 + weight(of: found)
          guard left > 0 else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "its pages run in circles") }
          counts.seen += 1
          let id = Int64.fromDatabaseValue(found[0]) ?? Int64(counts.seen)
          do throws(GeometryFault) {
            let values = table.columns.indices.map { value(found[$0 + 2], isBoolean: table.isBoolean[$0]) }
            row(FeatureRow(id: id, geometry: try geometry(of: found[1], srs: table.srs), values: values))
            counts.used += 1
          } catch {
            counts.aside[error.code, default: 0] += 1
            problem(RowProblem(code: error.code, id: id, message: "row \(id): \(error.message)"))
          }
        }
      }
    } catch {
      problem(
        RowProblem(
          code: "gpkg.damaged", id: 0,
          message: "\"\(table.name.prefix(100))\" is damaged behind \(counts.seen) rows (\(sqliteMessage(error))): "
            + "what came before is used; copy the file again"))
    }
    return counts
  }
}

private func geometry(of value: DatabaseValue, srs: Int64) throws(GeometryFault) -> RawGeometry? {
  switch value.storage {
  case .null: return nil
  case .blob(let data): return try geometry(ofBlob: Array(data), srs: srs)
  default: throw .damaged("its geometry is no binary value")
  }
}

private func value(_ value: DatabaseValue, isBoolean: Bool) -> AttributeValue {
  switch value.storage {
  case .null: .null
  case .int64(let number): isBoolean && (number == 0 || number == 1) ? .boolean(number == 1) : .integer(number)
  case .double(let number): .real(number)
  case .string(let text): .text(text)
  case .blob(let data): .blob(Array(data))
  }
}

/// Bytes of a row, about.
private func weight(of row: Row) -> Int {
  row.databaseValues.reduce(0) { sum, value in
    switch value.storage {
    case .string(let text): sum + text.utf8.count
    case .blob(let data): sum + data.count
    case .null, .int64, .double: sum + 1
    }
  }
}

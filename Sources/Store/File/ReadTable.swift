import GRDB
import GeoPackage

extension Table {
  /// Reads every row into the survey at hand; throws where a value cannot be one of its column, or where the rows are not
  /// those that the catalogue vouches for.
  func read(_ db: Database, _ entry: Catalogue.Entry?, into gathered: inout Gathering) throws {
    guard let entry else { throw StoreError.damaged("razmin_tables does not list \(name)") }
    let isSpatial = listed.geometry != nil
    let names = ["fid"] + (isSpatial ? ["geom"] : []) + columns.map(\.name)
    let list = names.map(\.quotedName).joined(separator: ", ")
    var digest = TableDigest()
    let cursor = try Row.fetchCursor(db, sql: "SELECT \(list) FROM \(name.quotedName) ORDER BY fid")
    while let found = try cursor.next() {
      guard let fid = Int64.fromDatabaseValue(found[0]), digest.rows < entry.rows else { break }
      let first = isSpatial ? 2 : 1
      let values = columns.indices.map { AttributeValue(found[$0 + first], columns[$0].type) }
      var row = TableRow(shape: nil, values: values)
      var bytes: [UInt8]?
      if isSpatial, case .blob(let blob) = AttributeValue(found[1], .blob) {
        bytes = blob
        do { row.shape = try geometry(ofBlob: blob, srs: Int64(SystemTables.srs)) } catch {
          throw StoreError.damaged("row \(fid) of \(name): \(error.message)")
        }
      }
      digest.add(fid, bytes, values)
      do throws(RowFault) { try take(row, &gathered) } catch {
        throw StoreError.damaged("row \(fid) of \(name): what stands in \(error.column) cannot be read")
      }
    }
    let (rows, sha256) = digest.finish()
    guard Catalogue.Entry(rows: rows, sha256: sha256) == entry else {
      throw StoreError.damaged("the rows of \(name) are not those that were imported")
    }
  }
}

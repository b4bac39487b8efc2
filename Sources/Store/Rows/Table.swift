import GeoPackage

/// A row of a table.
struct TableRow {
  var shape: RawGeometry?
  /// Of the table's columns, in their order.
  var values: [AttributeValue]
}

/// A table of a store: how a survey's records become its rows, and its rows records.
struct Table {
  let listed: ListedTable
  let rows: (SurveyContent) throws -> [TableRow]
  /// Puts a row's record into the content; throws where the row cannot be one.
  let take: (TableRow, inout Gathering) throws(RowFault) -> Void
  /// A last column of bytes that is written from elsewhere, row by row, and read when it is wanted; another column has its
  /// SHA-256.
  let apart: String?

  var name: String { listed.name }
  /// Those that are read with the row.
  let columns: [GeoPackageLayer.Column]

  /// `blank` is a record whose every property is set from the columns and the shape.
  init<Record>(
    _ name: String, _ description: String, shape: Shape<Record>? = nil, style: LayerStyle? = nil, apart: String? = nil,
    blank: @escaping (SurveyContent) -> Record, fields: [Field<Record>],
    of records: @escaping (SurveyContent) -> [Record],
    take: @escaping (Record, inout Gathering) throws(RowFault) -> Void
  ) {
    let bytes = apart.map { [GeoPackageLayer.Column($0, .blob)] } ?? []
    columns = fields.map(\.column)
    listed = ListedTable(name, description, shape?.geometry, columns: columns + bytes, style: style)
    self.apart = apart
    rows = { content in
      try records(content).map { record in
        TableRow(shape: shape?.value(record), values: try fields.map { try $0.value(record) })
      }
    }
    self.take = { (row, gathered) throws(RowFault) in
      var record = blank(gathered.content)
      guard row.values.count == fields.count else { throw RowFault(column: "fid") }
      for (field, value) in zip(fields, row.values) {
        guard field.take(value, &record) else { throw RowFault(column: field.column.name) }
      }
      if let shape, !shape.take(row.shape, &record) { throw RowFault(column: "geom") }
      try take(record, &gathered)
    }
  }
}

/// A survey while its tables are read.
struct Gathering {
  var content: SurveyContent
  /// The index of each activity by its id.
  var activities: [String: Int] = [:]
  /// The number of the row that is being taken.
  var row = 0
}

/// How the geometry of a record goes into a table of features and out of it.
struct Shape<Record> {
  let geometry: LayerGeometry
  let value: (Record) -> RawGeometry?
  let take: (RawGeometry?, inout Record) -> Bool
}

/// A value of a row that cannot be one of its column.
struct RowFault: Error {
  var column: String
}

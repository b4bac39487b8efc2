internal import FoundationEssentials
internal import GRDB

/// Writes a GeoPackage 1.3 (OGC 12-128r17) with indexes, styles and metadata, row by row.
///
/// The same rows give the same bytes, with the same version of SQLite, whose number stands in every file: no clock is
/// looked at. The file at `path` must not exist or be empty, and is not complete before `finish`; whoever gives the path
/// sees to it that half a file is not found.
///
///     var writer = try GeoPackageWriter.open(path, layers: [remaining])
///     try writer.add(.multiPolygon(ground), [.text("H-1"), .real(12.5)], to: 0)
///     try writer.finish(metadata: json, lastChange: "2026-05-05T00:00:00.000Z")
public struct GeoPackageWriter: ~Copyable {
  public let layers: [GeoPackageLayer]
  private let queue: DatabaseQueue
  private var bounds: [Envelope]

  private init(_ layers: [GeoPackageLayer], _ queue: DatabaseQueue) {
    (self.layers, self.queue, bounds) = (layers, queue, layers.map { _ in Envelope() })
  }

  public static func open(
    _ path: String, layers: [GeoPackageLayer]
  ) throws(GeoPackageNotWritten) -> GeoPackageWriter {
    var configuration = Configuration()
    // One transaction, from the first row to the last: nobody else sees the file before it is whole.
    configuration.allowsUnsafeTransactions = true
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.inDatabase { db in
        try db.execute(sql: "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = OFF")
        try db.execute(sql: "PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; BEGIN")
        try db.execute(sql: SystemTables.header + SystemTables.create + SystemTables.systems)
        try db.execute(sql: SystemTables.metadataExtension)
        for layer in layers { try ListedTable(layer).create(db) }
      }
      return GeoPackageWriter(layers, queue)
    } catch { throw GeoPackageNotWritten(message: sqliteMessage(error)) }
  }

  /// Adds a feature; its id is its number in the layer, from 1. `values` are those of the layer's columns.
  public mutating func add(
    _ geometry: RawGeometry?, _ values: [AttributeValue], to layer: Int
  ) throws(GeoPackageNotWritten) {
    let box = geometry.map(Envelope.init) ?? Envelope()
    let shape = geometry.map { DatabaseValue.blob($0, box) } ?? .null
    let table = layers[layer].name
    let marks = String(repeating: ", ?", count: values.count)
    do {
      try queue.inDatabase { db in
        try db.cachedStatement(sql: "INSERT INTO \(table.quotedName) VALUES (NULL, ?\(marks))")
          .execute(arguments: StatementArguments([shape] + values.map(\.databaseValue)))
        guard !box.isEmpty else { return }
        try db.cachedStatement(sql: SpatialIndex(table: table).insert)
          .execute(arguments: [db.lastInsertedRowID, box.minX, box.maxX, box.minY, box.maxY])
      }
    } catch { throw GeoPackageNotWritten(message: sqliteMessage(error)) }
    bounds[layer].include(box)
  }

  /// Writes what is known only at the end. `metadata` is JSON about the whole of the file; `lastChange` is a time as
  /// `ColumnType.dateTime` has it.
  public consuming func finish(metadata: String, lastChange: String) throws(GeoPackageNotWritten) {
    do {
      try queue.inDatabase { db in
        for (layer, box) in zip(layers, bounds) {
          try ListedTable(layer).describe(box, lastChange: lastChange, db)
        }
        if layers.contains(where: { $0.style != nil }) {
          try db.execute(
            sql: "INSERT INTO gpkg_contents VALUES ('layer_styles', 'attributes', 'layer_styles', ?, ?, "
              + "NULL, NULL, NULL, NULL, NULL)",
            arguments: ["The colours of the layers, for QGIS", lastChange])
        }
        try db.execute(
          sql: "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'https://www.rfc-editor.org/rfc/rfc8259', "
            + "'application/json', ?)", arguments: [metadata])
        try db.execute(
          sql: "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?, 1, NULL)",
          arguments: [lastChange])
        try db.execute(sql: "COMMIT")
      }
      try queue.close()
    } catch { throw GeoPackageNotWritten(message: sqliteMessage(error)) }
  }
}

extension DatabaseValue {
  fileprivate static func blob(_ geometry: RawGeometry, _ box: Envelope) -> DatabaseValue {
    Data(GeoPackage.blob(of: geometry, srs: SystemTables.srs, envelope: box)).databaseValue
  }
}

extension AttributeValue {
  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .boolean(let value): (value ? 1 : 0).databaseValue
    case .integer(let number): number.databaseValue
    case .real(let number): number.databaseValue
    // A text that holds a zero byte would end there in SQLite's interface.
    case .text(let text): text.replacing("\0", with: "\u{FFFD}").databaseValue
    case .blob(let bytes): Data(bytes).databaseValue
    }
  }
}

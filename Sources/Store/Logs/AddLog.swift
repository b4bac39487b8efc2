import GRDB
import GeoPackage
public import Survey

extension StoreWriter {
  /// Whether a log of these bytes is in the store.
  public func holds(log sha256: String) throws -> Bool {
    try Int.fetchOne(db, sql: "SELECT 1 FROM logs WHERE sha256 = ?", arguments: [sha256]) != nil
  }

  /// Adds a log that `read` hands to a recorder; `sha256` is that of its bytes, `crs` what it was read in.
  ///
  /// A log that cannot be read to its end is not in the store, not even a part of it.
  public func add(
    log path: String, sha256: String, crs: String?, _ read: (inout LogRecorder) throws -> LogSource
  ) throws -> LogRecorder {
    try openLogs()
    var added: LogRecorder?
    try db.inSavepoint {
      let number = try Int64.fetchOne(db, sql: "SELECT coalesce(max(fid), 0) + 1 FROM logs") ?? 1
      var recorder = LogRecorder(db, log: number, path: path)
      let source = try read(&recorder)
      try recorder.finish()
      guard source.sha256 == sha256 else {
        throw StoreError("store.log-changed", "\(path) was changed while it was read: nothing was stored; import again")
      }
      let (counts, times) = (recorder.counts, recorder.times)
      let row = try LogTables.logs.insert(
        nil,
        [
          .text(sha256), .text(path), .text(source.format), source.creator.stored, crs.stored, source.bytes.stored,
          counts.fixes.stored, counts.waypoints.stored, counts.problems.stored,
          (times.map { dateTime($0.first) }).stored, (times.map { dateTime($0.last) }).stored,
        ], db)
      guard row.fid == number else { throw StoreError.damaged("logs does not count its rows on") }
      for (name, box) in recorder.boxes { grown[name, default: Envelope()].include(box) }
      if let last = times.map({ dateTime($0.last) }) { lastLogChange = max(lastLogChange, last) }
      added = recorder
      return .commit
    }
    touch()
    guard let added else { throw StoreError.damaged("\(path) could not be added") }
    return added
  }

  /// Takes the triggers away by which other programs keep the indexes true: they need functions of these programs.
  private func openLogs() throws {
    guard !logsAreOpen else { return }
    logsAreOpen = true
    for table in LogTables.all {
      let name = table.name
      for trigger in try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND lower(tbl_name) = ?", arguments: [name])
      {
        try db.execute(sql: "DROP TRIGGER \(trigger.quotedName)")
      }
      let sql = "SELECT min_x, min_y, max_x, max_y, last_change FROM gpkg_contents WHERE table_name = ?"
      if let row = try Row.fetchOne(db, sql: sql, arguments: [name]) {
        let bounds = (0..<4).compactMap { Double.fromDatabaseValue(row[$0]) }
        if bounds.count == 4 {
          grown[name, default: Envelope()].include(RawPosition(bounds[0], bounds[1]))
          grown[name, default: Envelope()].include(RawPosition(bounds[2], bounds[3]))
        }
        lastLogChange = max(lastLogChange, String.fromDatabaseValue(row[4]) ?? "")
      }
    }
  }

  /// Enters the tables of logs into the lists of the file again.
  func closeLogs() throws {
    guard logsAreOpen else { return }
    for table in LogTables.all {
      try table.forget(db)
      try table.describe(grown[table.name] ?? Envelope(), lastChange: lastLogChange, db)
    }
  }
}

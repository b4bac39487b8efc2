import Digests
import GRDB
import GeoPackage
public import Geometry
import Survey

/// A store that is read: all of it as it was when it was opened, whatever others write meanwhile.
///
///     let store = try StoreReader.open("nis-apron.gpkg")
///     let content = try store.content()
public final class StoreReader: Sendable {
  private let queue: DatabaseQueue

  private init(_ queue: DatabaseQueue) { self.queue = queue }

  /// Whether a file begins as a store does, and every other SQLite database.
  public static func recognizes(_ head: [UInt8]) -> Bool { GeoPackageFile.recognizes(head) }

  /// Whether a file is a store, of whatever version, and no other GeoPackage. What was cut off, and cannot be looked into
  /// before that is taken back, is taken for one.
  public static func isStore(_ path: String) -> Bool {
    let name = Catalogue.head.name
    do {
      return try Connection.reading(path).inDatabase { db in
        try Int.fetchOne(db, sql: "SELECT 1 FROM sqlite_schema WHERE name = ?", arguments: [name]) == 1
      }
    } catch let error as StoreError { return error.code == Connection.interruption } catch { return false }
  }

  /// Opens it for reading alone: nothing is written, no file appears beside it, unless an import was cut off, whose
  /// beginnings are then taken back.
  public static func open(_ path: String) throws(StoreError) -> StoreReader {
    let queue = try Connection.reading(path)
    do {
      let isEmpty = try queue.inDatabase { db in
        try db.execute(sql: "BEGIN")
        return try Catalogue.isEmpty(db)
      }
      guard !isEmpty else { throw StoreError.empty }
    } catch { throw StoreError(error, isWriting: false) }
    return StoreReader(queue)
  }

  /// The survey; throws where a value of it cannot be right, and where the store holds none.
  public func content() throws(StoreError) -> SurveyContent {
    try reading { db in
      guard let content = try Store.content(db, of: Table.told) else { throw StoreError.empty }
      return content
    }
  }

  /// The events as they stand, up to the first row that cannot be one, whether they are those that were imported or not:
  /// to find where a store was changed, and for nothing else.
  public func eventsAsTheyStand() throws(StoreError) -> (events: [StoredEvent], areAll: Bool) {
    try reading { db in
      var gathered = Gathering(content: SurveyContent(FieldSurvey(id: "", name: "")))
      let areAll = try Table.events.read(asItStands: db, into: &gathered)
      return (gathered.content.events, areAll)
    }
  }

  /// What its groups of hazards came to when it was filled.
  public func accounts() throws(StoreError) -> [StoredAccount] {
    try reading { db in
      var gathered = Gathering(content: SurveyContent(FieldSurvey(id: "", name: "")))
      try Table.accounts.read(db, Catalogue.entries(db), into: &gathered)
      return gathered.content.accounts
    }
  }

  /// How many events there are, and the hash of the last.
  public func head() throws(StoreError) -> (events: Int, hash: String)? {
    try reading { db in
      let row = try Row.fetchOne(db, sql: "SELECT number, hash FROM events ORDER BY fid DESC LIMIT 1")
      guard let row, let number = Int.fromDatabaseValue(row[0]), let hash = String.fromDatabaseValue(row[1]) else {
        return nil
      }
      return (number, hash)
    }
  }

  func reading<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
    do { return try queue.inDatabase(body) } catch { throw StoreError(error, isWriting: false) }
  }

  /// As much of the survey as `why` needs to answer about a place as it would from all of it; without findings and inputs.
  public func content(near place: Geographic) throws(StoreError) -> SurveyContent {
    try reading { db in
      guard let content = try Store.content(db, near: place) else { throw StoreError.empty }
      return content
    }
  }

  /// The points of a run: of each its longitude and latitude in degrees, its sigma in metres, and its line.
  public func points(of run: StoredRun) throws(StoreError) -> [Double] {
    let number = run.number
    return try reading { db in
      let statement = try db.cachedStatement(sql: "SELECT points FROM runs WHERE fid = ?")
      guard let bytes = try Row.fetchOne(statement, arguments: [number])?.bytes(0),
        sha256(bytes) == run.sha256, let numbers = numbers(packedIn: bytes),
        numbers.count == 4 * run.points, isSound(numbers)
      else { throw StoreError.damaged("row \(number) of runs: its points are not those imported") }
      return numbers
    }
  }
}

extension StoreError {
  fileprivate static let empty = StoreError(
    "store.empty", "holds no survey: no import of one into it was finished; do it with razmin import SURVEY --into")
}

/// Whether points are positions on the Earth, with a sigma and a line each.
private func isSound(_ numbers: [Double]) -> Bool {
  stride(from: 0, to: numbers.count, by: 4).allSatisfy { start in
    let (longitude, latitude) = (numbers[start], numbers[start + 1])
    let (sigma, line) = (numbers[start + 2], numbers[start + 3])
    return abs(longitude) <= 540 && abs(latitude) <= 90 && sigma >= 0 && sigma.isFinite && (0...1e15).contains(line)
  }
}

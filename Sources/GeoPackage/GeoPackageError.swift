internal import GRDB

/// Why a GeoPackage cannot be used as a whole.
public struct GeoPackageError: Error, Hashable, Sendable {
  /// Stable, such as `gpkg.not-geopackage`.
  public var code: String
  /// What is wrong, and what to do; begins with a verb, after the name of the file.
  public var message: String

  init(_ code: String, _ message: String) { (self.code, self.message) = (code, message) }
}

extension GeoPackageError {
  /// What SQLite or GRDB threw while a file was read.
  init(reading error: any Error) {
    if let error = error as? GeoPackageError {
      self = error
    } else {
      self.init(
        "gpkg.damaged",
        "is damaged (\(sqliteMessage(error))): copy it again, or rescue it with: sqlite3 OLD.gpkg .recover | sqlite3 NEW.gpkg"
      )
    }
  }
}

/// What the library says, without the statement that it ran.
package func sqliteMessage(_ error: any Error) -> String {
  guard let error = error as? DatabaseError else { return "\(error)" }
  return error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
}

/// A GeoPackage that could not be written.
public struct GeoPackageNotWritten: Error, Hashable, Sendable {
  /// What the system or SQLite said.
  public var message: String
}

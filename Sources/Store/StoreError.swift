import GRDB
import GeoPackage

/// Why a store could not be read or written.
public struct StoreError: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// The file is not what it should be, or may not take what was to be put into it.
    case refused
    /// The system would not let it be written; what was in it before is in it still.
    case notWritten
    /// A fault of this program.
    case ownFault
  }
  public var kind: Kind
  /// Stable, such as `store.damaged`.
  public var code: String
  /// What is wrong, and what to do; follows the name of the file.
  public var message: String

  init(_ code: String, _ message: String, kind: Kind = .refused) {
    (self.code, self.message, self.kind) = (code, message, kind)
  }

  /// For whatever is not as an import left it.
  public static func damaged(_ what: String) -> StoreError {
    StoreError(
      "store.damaged",
      "\(what): the store was damaged, or changed by another program; nothing of it is used. Take the "
        + "last sound copy, or import the survey's folder into a new file")
  }

  /// What SQLite threw.
  init(_ error: any Error, isWriting: Bool) {
    if let error = error as? StoreError {
      self = error
      return
    }
    let words = sqliteMessage(error)
    switch (error as? DatabaseError)?.resultCode {
    case .SQLITE_BUSY?, .SQLITE_LOCKED?:
      self.init("store.busy", "another program is at work in it: try again when it is done")
    case .SQLITE_FULL?, .SQLITE_IOERR?, .SQLITE_READONLY?, .SQLITE_CANTOPEN?, .SQLITE_PERM?, .SQLITE_AUTH?:
      if isWriting {
        self.init(
          "store.not-written", "cannot be written (\(words)): what was in it before is in it still", kind: .notWritten)
      } else {
        self.init("store.unreadable", "cannot be read (\(words))")
      }
    case .SQLITE_NOTADB?: self = .notAStore
    default: self = .damaged("SQLite says: \(words)")
    }
  }

  /// For whoever asks a store for another way of reading coordinates than it was filled by.
  public static let wishes = StoreError(
    "store.wishes",
    "was filled with other --operation, --preset or --allow-missing-grid, and its coordinates cannot be "
      + "carried over again: import the survey's folder into a new file with these")

  static let notAStore = StoreError(
    "store.not-a-store", "is no store of razmin, and is left as it is: name a new file for razmin import --into")
}

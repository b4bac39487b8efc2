import FoundationEssentials
import GRDB
import GeoPackage

extension AttributeValue {
  /// As it is bound. A text that holds a zero byte would end there in SQLite's interface: it goes in as bytes.
  var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .boolean(let value): (value ? 1 : 0).databaseValue
    case .integer(let number): number.databaseValue
    case .real(let number): number.databaseValue
    case .text(let text): text.utf8.contains(0) ? Data(text.utf8).databaseValue : text.databaseValue
    case .blob(let bytes): Data(bytes).databaseValue
    }
  }
}

extension Row {
  /// `nil` where the column holds no blob.
  func bytes(_ column: Int) -> [UInt8]? {
    let value: DatabaseValue = self[column]
    guard case .blob(let data) = value.storage else { return nil }
    return Array(data)
  }
}

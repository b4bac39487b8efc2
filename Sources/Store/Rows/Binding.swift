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

  /// As it comes out of a column of a type.
  init(_ value: DatabaseValue, _ type: ColumnType) {
    switch value.storage {
    case .null: self = .null
    case .int64(let number): self = .integer(number)
    case .double(let number): self = .real(number)
    case .string(let text): self = .text(text)
    case .blob(let data):
      let isText = [.text, .date, .dateTime].contains(type)
      self = isText ? .text(String(decoding: data, as: UTF8.self)) : .blob(Array(data))
    }
  }
}

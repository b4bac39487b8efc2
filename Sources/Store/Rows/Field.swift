import FoundationEssentials
import GeoPackage

/// A column of a table of records: how a record's value goes into it, and out of it again.
struct Field<Record> {
  let column: GeoPackageLayer.Column
  let value: (Record) throws -> AttributeValue
  /// Whether the value could be one of the column.
  let take: (AttributeValue, inout Record) -> Bool

  private init(
    _ name: String, _ type: ColumnType, value: @escaping (Record) throws -> AttributeValue,
    take: @escaping (AttributeValue, inout Record) -> Bool
  ) {
    (column, self.value, self.take) = (GeoPackageLayer.Column(name, type), value, take)
  }

  /// A property of a record. A number outside `range` is refused.
  init<Value: Storable>(
    _ name: String, _ path: WritableKeyPath<Record, Value>, in range: ClosedRange<Double>? = nil
  ) {
    self.init(name, Value.type, value: { $0[keyPath: path].stored }) { stored, record in
      if let range, case .real(let number) = stored, !range.contains(number) { return false }
      guard let value = Value(stored: stored) else { return false }
      record[keyPath: path] = value
      return true
    }
  }

  /// A list or a small structure for which a table of its own would be too much, as JSON.
  static func json<Value: Codable>(_ name: String, _ path: WritableKeyPath<Record, Value>) -> Field {
    Field(name, .text) { record in
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return .text(String(decoding: try encoder.encode(record[keyPath: path]), as: UTF8.self))
    } take: { stored, record in
      guard case .text(let text) = stored,
        let value = try? JSONDecoder().decode(Value.self, from: Data(text.utf8))
      else { return false }
      record[keyPath: path] = value
      return true
    }
  }

  /// A list of finite numbers, packed.
  static func numbers(_ name: String, _ path: WritableKeyPath<Record, [Double]>) -> Field {
    Field(name, .blob) {
      .blob(packed($0[keyPath: path]))
    } take: { stored, record in
      guard case .blob(let bytes) = stored, let list = Store.numbers(packedIn: bytes), list.allSatisfy(\.isFinite)
      else {
        return false
      }
      record[keyPath: path] = list
      return true
    }
  }

  /// What people see and nothing reads back: it follows from the other columns.
  static func shown<Value: Storable>(_ name: String, _ value: @escaping (Record) -> Value) -> Field {
    Field(name, Value.type, value: { value($0).stored }) { _, _ in true }
  }
}

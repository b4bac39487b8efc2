import GeoPackage
import Survey

/// A value that stands in a column, and comes out as it went in.
protocol Storable {
  static var type: ColumnType { get }
  var stored: AttributeValue { get }
  /// `nil` where the column holds no such value.
  init?(stored: AttributeValue)
}

extension String: Storable {
  static var type: ColumnType { .text }
  var stored: AttributeValue { .text(self) }
  init?(stored: AttributeValue) {
    guard case .text(let text) = stored else { return nil }
    self = text
  }
}

extension Double: Storable {
  static var type: ColumnType { .real }
  var stored: AttributeValue { .real(self) }
  init?(stored: AttributeValue) {
    guard case .real(let number) = stored, number.isFinite else { return nil }
    self = number
  }
}

/// Counts, lines and numbers in a row: none is negative.
extension Int: Storable {
  static var type: ColumnType { .integer }
  var stored: AttributeValue { .integer(Int64(self)) }
  init?(stored: AttributeValue) {
    guard case .integer(let number) = stored, number >= 0 else { return nil }
    self = Int(number)
  }
}

extension Bool: Storable {
  static var type: ColumnType { .boolean }
  var stored: AttributeValue { .boolean(self) }
  init?(stored: AttributeValue) {
    guard case .integer(let number) = stored, number == 0 || number == 1 else { return nil }
    self = number == 1
  }
}

extension CivilDate: Storable {
  static var type: ColumnType { .date }
  var stored: AttributeValue { .text("\(self)") }
  init?(stored: AttributeValue) {
    guard case .text(let text) = stored else { return nil }
    self.init(text)
  }
}

extension FixQuality: Storable {
  static var type: ColumnType { .text }
  var stored: AttributeValue { .text(name) }
  init?(stored: AttributeValue) {
    guard case .text(let text) = stored else { return nil }
    self.init(name: text)
  }
}

/// What is absent is null.
extension Optional: Storable where Wrapped: Storable {
  static var type: ColumnType { Wrapped.type }
  var stored: AttributeValue { self?.stored ?? .null }
  init?(stored: AttributeValue) {
    if case .null = stored {
      self = nil
    } else {
      guard let value = Wrapped(stored: stored) else { return nil }
      self = value
    }
  }
}

/// The words of the field.
extension Storable where Self: RawRepresentable, RawValue == String {
  static var type: ColumnType { .text }
  var stored: AttributeValue { .text(rawValue) }
  init?(stored: AttributeValue) {
    guard case .text(let text) = stored else { return nil }
    self.init(rawValue: text)
  }
}
extension HazardClass: Storable {}
extension ActivityKind: Storable {}
extension Release: Storable {}
extension ClaimGeometry: Storable {}
extension Finding.Level: Storable {}
extension SpotTaskStatus: Storable {}

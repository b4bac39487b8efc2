/// The notation of an angle and its last digit.
public struct AnglePrecision: Hashable, Sendable {
  public enum Form: Int, Hashable, Sendable, CaseIterable {
    /// Degrees with decimals: 43.3247°.
    case degrees
    /// Whole degrees, minutes with decimals: 43°19.482′.
    case minutes
    /// Whole degrees and minutes, seconds with decimals: 43°19′28.9″.
    case seconds
  }

  public let form: Form
  /// Digits after the decimal mark of the last number.
  public let decimals: Int

  public init(_ form: Form, decimals: Int) { (self.form, self.decimals) = (form, decimals) }

  /// One unit of the last digit, in degrees.
  public var step: Double { 1 / Double(form.unitsInDegree) / Double(powerOfTen(decimals)) }
}

extension AnglePrecision.Form {
  var unitsInDegree: Int64 {
    switch self {
    case .degrees: 1
    case .minutes: 60
    case .seconds: 3600
    }
  }

  /// More digits than a double of 180 degrees carries are not written.
  var mostDecimals: Int {
    switch self {
    case .degrees: 13
    case .minutes: 11
    case .seconds: 10
    }
  }
}

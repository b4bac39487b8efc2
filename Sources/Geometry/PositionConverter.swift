/// Carries the pairs of numbers of a file to positions, east (or longitude) first.
///
/// A reader is handed one where the file is not in longitude and latitude on WGS 84; it knows nothing of CRSs itself.
public protocol PositionConverter {
  func position(_ first: Double, _ second: Double) throws(CoordinateFault) -> Geographic
}

/// Why a pair of numbers is not taken for a position.
public struct CoordinateFault: Error, Hashable, Sendable {
  /// Stable, dotted, such as `coordinate.swapped`.
  public var code: String
  /// What is wrong, and what to do.
  public var message: String

  public init(_ code: String, _ message: String) { (self.code, self.message) = (code, message) }
}

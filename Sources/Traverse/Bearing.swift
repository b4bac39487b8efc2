public import Survey

/// What a bearing is counted from, clockwise.
public enum BearingReference: Hashable, Sendable {
  case trueNorth
  /// The direction in which the survey grid's northing grows, where the leg begins.
  case gridNorth
  /// Where a compass points, where the leg begins, on the day it was read.
  case magneticNorth(CivilDate)

  public var name: String {
    switch self {
    case .trueNorth: "true"
    case .gridNorth: "grid"
    case .magneticNorth: "magnetic"
    }
  }
}

/// How a bearing is written. There are two mils, 6.25 % apart, and no way to tell them by a number: a sheet has to say.
public enum BearingUnit: String, Hashable, Sendable, CaseIterable {
  case degrees
  /// 6400 to the circle, as on NATO compasses.
  case milsNATO = "mils-6400"
  /// 6000 to the circle, as on Soviet and Russian ones.
  case milsSoviet = "mils-6000"
  case gons

  /// A whole turn in this unit.
  public var circle: Double {
    switch self {
    case .degrees: 360
    case .milsNATO: 6400
    case .milsSoviet: 6000
    case .gons: 400
    }
  }

  /// Degrees of a bearing in this unit; `nil` unless it is from 0 to a whole turn.
  public func degrees(_ bearing: Double) -> Double? {
    bearing >= 0 && bearing <= circle ? bearing * (360 / circle) : nil
  }
}

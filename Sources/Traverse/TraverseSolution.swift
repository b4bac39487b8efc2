public import Geometry
public import Survey

/// What a sheet comes to.
public struct TraverseSolution: Hashable, Sendable {
  /// The sheet as it came, its raw legs included.
  public let sheet: TraverseSheet
  /// The known points, and after them every point that a leg reached, in the order of their legs.
  public let points: [TraversePoint]
  /// What was made of each leg, in the sheet's order; one that could not be used has no azimuth.
  public let legs: [SolvedLeg]
  /// One for every leg that arrives at a point known before.
  public let closures: [Misclosure]
  /// Ids round the perimeter in the order of the sheet; the side from the last to the first is implied.
  public let perimeter: [String]
  public let findings: [Finding]

  /// That of the closing leg; `nil` where nothing closes, and so nothing was checked.
  public var misclosure: Misclosure? {
    guard let id = sheet.closesOn else { return closures.last }
    return closures.last { $0.point == id }
  }

  public func point(_ id: String) -> TraversePoint? { points.first { $0.id == id } }
}

/// A point with its place.
public struct TraversePoint: Hashable, Sendable, Identifiable {
  public let id: String
  public let type: PointType
  public let position: Geographic
  /// Index of the leg that leads to it; `nil` for a known point.
  public let leg: Int?
  /// Metres along the legs from the known point it hangs on.
  public let path: Double
  /// Metres, the longer axis, one standard deviation: from the sheet's precision and the known point's sigma. The error
  /// that a declination has in common for all legs is not in it.
  public let sigma: Double?
}

/// A leg and the direction it was given.
public struct SolvedLeg: Hashable, Sendable {
  public let leg: Leg
  /// Degrees east of true north; `nil` where the leg could not be used, which is a finding.
  public let azimuth: Double?
  /// Degrees that were added to the bearing: declination or convergence; 0 for true north.
  public let correction: Double?
  /// The release of the World Magnetic Model, where it was used.
  public let model: String?
}

/// By how much a closing leg misses the point it should arrive at.
public struct Misclosure: Hashable, Sendable {
  public let point: String
  /// Index of the closing leg.
  public let leg: Int
  /// Metres from where the point is to where the closing leg puts it.
  public let east, north: Double
  /// Metres of all legs of the loop, the closing one included.
  public let length: Double

  /// Metres.
  public var distance: Double { (east * east + north * north).squareRoot() }
  /// n of 1:n; infinite where it closes to the last digit.
  public var ratio: Double { length / distance }
}

/// A misclosure for people, `1:3250`; of what is no number, `1:?`.
public func oneTo(_ ratio: Double) -> String {
  ratio.isNaN ? "1:?" : "1:\(Int(min(max(ratio, 0), 1e9)))"
}

/// Why a sheet is refused as a whole.
public enum TraverseError: Error, Hashable, Sendable {
  case tooManyLegs(Int)
  case noKnownPoint
  /// A known point that is no place on the Earth.
  case position(String)
  /// Two known points of one name.
  case twice(String)

  public var code: String {
    switch self {
    case .tooManyLegs: "traverse.too-many-legs"
    case .noKnownPoint: "traverse.no-known-point"
    case .position: "traverse.position"
    case .twice: "traverse.known-twice"
    }
  }

  /// What was found.
  public var message: String {
    switch self {
    case .tooManyLegs(let count): "\(count) legs in one sheet; \(TraverseSheet.mostLegs) are the limit"
    case .noKnownPoint: "no point has a position, so none can be given one"
    case .position(let id): "the known point \(id.prefix(64)) is no place on the Earth"
    case .twice(let id): "two known points are named \(id.prefix(64))"
    }
  }
}

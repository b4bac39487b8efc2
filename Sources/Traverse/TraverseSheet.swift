public import Geometry
public import Survey

/// A polygon, or single points, by bearings and distances.
///
/// Every leg names the point it is measured from, as `FrPointID` does in IMSMA, so that several points may be measured
/// from one. A leg to a point that is known already closes a loop, and is a check on it.
///
/// Distances are ground distances, laid off as geodesics on WGS 84 with the heights left out: at a height of h metres
/// a leg comes out too long on the ellipsoid by h / 6 371 000 of itself, 16 mm a kilometre and hundred metres. Nothing
/// is corrected for that.
public struct TraverseSheet: Hashable, Sendable {
  public var known: [KnownPoint]
  public var legs: [Leg]
  /// The point whose closing leg gives the misclosure; `nil` takes the last closing leg of the sheet.
  public var closesOn: String?
  /// n of the tolerated misclosure, 1:n of the loop's length.
  public var tolerance = Self.defaultTolerance
  /// How well legs are measured; without it no point gets a sigma.
  public var precision: LegPrecision?
  public var place: Place

  /// 1:300, a project value for compass and tape, of no standard. For reports only: no position depends on it.
  public static let defaultTolerance = 300.0

  /// Metres between turning points beyond which an intermediate point is wanted.
  public static let longestSide = 50.0

  /// Metres: a leg beyond it was never walked with a tape.
  static let longestLeg = 100_000.0

  /// Beyond it a sheet is refused; no perimeter has that many turning points.
  public static let mostLegs = 10_000

  public init(known: [KnownPoint], legs: [Leg], closesOn: String? = nil, place: Place) {
    (self.known, self.legs, self.closesOn, self.place) = (known, legs, closesOn, place)
  }
}

/// Standard deviations of one leg, finite and not negative.
public struct LegPrecision: Hashable, Sendable {
  /// Degrees.
  public var bearing: Double
  /// Metres, and metres a metre of the leg.
  public var distance, distanceRatio: Double

  public init(bearing: Double, distance: Double, distanceRatio: Double = 0) {
    (self.bearing, self.distance, self.distanceRatio) = (bearing, distance, distanceRatio)
  }
}

/// Degrees from true north to grid north at a position, east positive; `nil` where there is none.
public typealias GridConvergence = (Geographic) -> Double?

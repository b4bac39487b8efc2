public import Geometry
public import Survey

/// What the user says about a sheet of points that the sheet does not say itself.
public struct SheetRules {
  /// What bearings are counted from, where no header says; without it a sheet that needs one is refused.
  public var north: SheetBearing.North?
  /// The day on which magnetic bearings were read.
  public var measured: CivilDate?
  /// Metres, one axis, one standard deviation, for points with coordinates and without one. It is not that of points
  /// that legs led to, whose errors grow from leg to leg.
  public var sigma: Double?
  /// n of the tolerated misclosure, 1:n.
  public var tolerance = TraverseSheet.defaultTolerance
  /// Whether misclosures are spread by Bowditch's rule.
  public var adjusts = false
  /// The polygon that rows without one belong to; `nil` where they are single points.
  public var shape: String?
  /// Degrees from true to grid north, for bearings from grid north.
  public var convergence: GridConvergence?

  public init() {}
}

/// A point of a sheet at its place.
public struct PlacedPoint: Hashable, Sendable {
  public var point: SheetPoint
  public var position: Geographic
  /// Metres, one axis, one standard deviation.
  public var sigma: Double?
}

/// One polygon of a sheet, as far as it could be placed.
public struct SheetShape: Sendable {
  public var id: String
  /// In drawing order: every point listed with the polygon that has a place, benchmarks too.
  public var points: [PlacedPoint]
  /// The perimeter; `nil`, with a finding, where a corner has no place or there are fewer than three.
  public var polygon: Polygon<Geographic>?
  /// Those that the perimeter goes through, one for each corner of `polygon`.
  public var corners: [PlacedPoint] = []
  /// Square metres, one standard deviation, from those of the corners; what all corners have in common, such as the
  /// accuracy of the coordinate operation, moves the polygon and is not in it.
  public var areaSigma: Double?
  /// Where bearings and distances were used: the raw legs, and how well they close.
  public var traverse: TraverseSolution?
  /// Whether Bowditch's rule moved the points.
  public var isAdjusted = false
  public var line: Int
}

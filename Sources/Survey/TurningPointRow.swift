public import Geometry

/// One row of the table of turning points that Razmin hands out: a place in every form that a team may need.
public struct TurningPointRow: Hashable, Sendable {
  /// A place in a zone of UTM on WGS 84.
  public struct UTM: Hashable, Sendable {
    /// 1...60.
    public var zone: Int
    public var isNorth: Bool
    public var position: Projected

    public init(zone: Int, isNorth: Bool, _ position: Projected) {
      (self.zone, self.isNorth, self.position) = (zone, isNorth, position)
    }
  }

  /// The polygon; `nil` for a single point.
  public var shape: String?
  /// From 1 in each polygon.
  public var number: Int?
  public var id: String
  public var type: PointType?
  /// On the grid of the survey, with its name, such as `EPSG:6316`.
  public var grid: Projected?
  public var gridName: String?
  public var utm: UTM?
  /// On WGS 84.
  public var position: Geographic?
  /// One standard deviation of each horizontal axis, in metres.
  public var sigma: Double?
  /// The point that the leg comes from, its length on the ground in metres, and its bearings in degrees.
  public var fromPoint: String?
  public var distance: Double?
  public var trueBearing: Double?
  public var magneticBearing: Double?
  /// The day whose declination the magnetic bearing was made with.
  public var magneticDate: CivilDate?
  public var description: String?

  public init(
    shape: String? = nil, number: Int? = nil, id: String, type: PointType? = nil, grid: Projected? = nil,
    gridName: String? = nil, utm: UTM? = nil, position: Geographic? = nil, sigma: Double? = nil,
    fromPoint: String? = nil, distance: Double? = nil, trueBearing: Double? = nil, magneticBearing: Double? = nil,
    magneticDate: CivilDate? = nil, description: String? = nil
  ) {
    (self.shape, self.number, self.id, self.type) = (shape, number, id, type)
    (self.grid, self.gridName, self.utm, self.position) = (grid, gridName, utm, position)
    (self.sigma, self.fromPoint, self.distance) = (sigma, fromPoint, distance)
    (self.trueBearing, self.magneticBearing, self.magneticDate) = (trueBearing, magneticBearing, magneticDate)
    self.description = description
  }
}

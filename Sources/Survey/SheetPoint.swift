/// One row of a sheet of points.
public struct SheetPoint: Hashable, Sendable {
  /// The polygon that it belongs to, without blanks at the ends; `nil` for a single point.
  public var shape: String?
  /// Its place in the polygon, as the sheet says it; a shape begins at 1.
  public var number: Int?
  /// Without blanks at the ends; empty where the sheet gives none.
  public var id: String
  /// `nil` where the sheet does not say.
  public var type: PointType?
  /// On a grid, or X and Y of which the sheet does not say what they are; `nil` where the row has none that can be used.
  public var grid: SheetCoordinates?
  /// Longitude and latitude; `nil` where the row has none that can be used.
  public var geographic: SheetCoordinates?
  /// A whole position in one cell, such as an MGRS reference, for the module that knows notations.
  public var notation: String?
  /// One standard deviation of each horizontal axis, in metres.
  public var sigma: Double?
  /// In metres where the header names a unit, otherwise as it stands; above whatever the file means.
  public var height: Double?
  /// From `fromPoint`, in metres.
  public var distance: Double?
  /// From `fromPoint`; more than one where the sheet gives it by several norths.
  public var bearings: [SheetBearing]
  /// The id of the point that distance and bearing were measured from.
  public var fromPoint: String?
  public var description: String?
  /// The line of a text file, the row of a worksheet; from 1.
  public var line: Int

  public init(
    shape: String? = nil, number: Int? = nil, id: String, type: PointType? = nil, grid: SheetCoordinates? = nil,
    geographic: SheetCoordinates? = nil, notation: String? = nil, sigma: Double? = nil, height: Double? = nil,
    distance: Double? = nil,
    bearings: [SheetBearing] = [], fromPoint: String? = nil, description: String? = nil, line: Int
  ) {
    (self.shape, self.number, self.id, self.type) = (shape, number, id, type)
    (self.grid, self.geographic, self.notation) = (grid, geographic, notation)
    (self.sigma, self.height, self.distance) = (sigma, height, distance)
    (self.bearings, self.fromPoint, self.description) = (bearings, fromPoint, description)
    self.line = line
  }
}

extension SheetPoint {
  /// Whether the row says where the point is in any way.
  public var hasPosition: Bool { grid != nil || geographic != nil || notation != nil }
  /// Whether a distance and a bearing lead to it.
  public var hasLeg: Bool { distance != nil && !bearings.isEmpty }
}

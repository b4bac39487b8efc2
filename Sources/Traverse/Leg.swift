public import Geometry
public import Survey

/// One row of the sheet, as it was written: a point, and how far and in which direction it is from another one.
public struct Leg: Hashable, Sendable {
  public var from, to: String
  /// What `to` is.
  public var type: PointType
  /// Metres along the ground, horizontal.
  public var distance: Double
  /// In the unit and from the north that are named.
  public var bearing: Double
  public var unit: BearingUnit
  public var reference: BearingReference
  public var place: Place

  public init(
    from: String, to: String, type: PointType, distance: Double, bearing: Double, unit: BearingUnit = .degrees,
    reference: BearingReference, place: Place
  ) {
    (self.from, self.to, self.type, self.distance) = (from, to, type, distance)
    (self.bearing, self.unit, self.reference, self.place) = (bearing, unit, reference, place)
  }
}

/// A point whose position was measured in another way, such as the reference point.
public struct KnownPoint: Hashable, Sendable {
  public var id: String
  public var type: PointType
  public var position: Geographic
  /// Metres, one axis, one standard deviation, finite and not negative; `nil` where nobody says.
  public var sigma: Double?
  public var place: Place

  public init(id: String, type: PointType, position: Geographic, sigma: Double? = nil, place: Place) {
    (self.id, self.type, self.position, self.sigma, self.place) = (id, type, position, sigma, place)
  }
}

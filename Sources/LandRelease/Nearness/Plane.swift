import Geometry

/// Metres east and north of a position, by one scale: straight lines in longitude and latitude stay straight.
struct Plane {
  private let origin: Geographic
  private let scale: LocalScale
  /// Of the latitude; where it has no end, of 85 degrees.
  private let tangent: Double

  init(at origin: Geographic) {
    (self.origin, scale) = (origin, LocalScale(latitude: origin.latitude))
    let (cosine, sine) = cosineAndSine(min(85, abs(origin.latitude)) * .pi / 180)
    tangent = sine / cosine
  }

  func place(_ position: Geographic) -> Projected {
    Projected(
      (position.longitude - origin.longitude).remainder(dividingBy: 360) * scale.metresPerLongitude,
      (position.latitude - origin.latitude) * scale.metresPerLatitude)
  }

  func position(_ place: Projected) -> Geographic {
    let longitude = origin.longitude + place.easting / scale.metresPerLongitude
    return Geographic(
      longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude,
      origin.latitude + place.northing / scale.metresPerLatitude)
  }

  /// Metres by which a distance may be too long here: a degree of longitude grows shorter towards the poles, over a distance
  /// d by a part of d tan φ / R, and half of that is between its ends. 300 m more are for the piece itself.
  func doubt(at distance: Double) -> Double {
    guard distance.isFinite else { return 0 }
    return (distance + 300) * distance * tangent / (2 * 6_356_000)
  }

  func distance(_ a: Projected, _ b: Projected) -> Double {
    let (dx, dy) = (b.easting - a.easting, b.northing - a.northing)
    return (dx * dx + dy * dy).squareRoot()
  }

  /// A lower bound of the distance from a segment to what a box holds.
  func distance(_ a: Projected, _ b: Projected, box: Box<LatticePoint>) -> Double {
    let (low, high) = (LatticePoint(box.minX, box.minY).position, LatticePoint(box.maxX, box.maxY).position)
    return distance(a, b, box: Box([low, high]))
  }

  func distance(_ a: Projected, _ b: Projected, box: Box<Geographic>) -> Double {
    let middle = place(box.center)
    let (halfWidth, halfHeight) = (
      box.width / 2 * scale.metresPerLongitude, box.height / 2 * scale.metresPerLatitude
    )
    let away = { (low: Double, high: Double, middle: Double, half: Double) in
      max(0, low - (middle + half), middle - half - high)
    }
    let dx = away(min(a.easting, b.easting), max(a.easting, b.easting), middle.easting, halfWidth)
    let dy = away(min(a.northing, b.northing), max(a.northing, b.northing), middle.northing, halfHeight)
    return (dx * dx + dy * dy).squareRoot()
  }

  /// The position at a part of the way, straight in longitude and latitude.
  func along(_ a: Geographic, _ b: Geographic, _ part: Double) -> Geographic {
    let (from, to) = (place(a), place(b))
    return position(
      Projected(from.easting + part * (to.easting - from.easting), from.northing + part * (to.northing - from.northing))
    )
  }
}

public import Geometry
public import Notation
import Projection

extension UTM {
  /// On WGS 84; `nil` far outside of the zone.
  public var position: Geographic? {
    (try? UniversalGrid.open(zone: zone, isNorthern: isNorthern))?.position(Projected(easting, northing))
  }

  /// In the zone that is standard there; `nil` near the poles.
  public init?(_ position: Geographic) {
    guard let zone = standardUTMZone(latitude: position.latitude, longitude: position.longitude),
      let place = (try? UniversalGrid.open(zone: zone, isNorthern: position.latitude >= 0))?.place(position),
      let utm = try? UTM(
        zone: zone, isNorthern: position.latitude >= 0, easting: place.easting, northing: place.northing)
    else { return nil }
    self = utm
  }
}

extension UPS {
  public var position: Geographic? {
    (try? UniversalGrid.open(zone: 0, isNorthern: isNorthern))?.position(Projected(easting, northing))
  }

  public init?(_ position: Geographic) {
    let isNorthern = position.latitude >= 0
    guard let place = (try? UniversalGrid.open(zone: 0, isNorthern: isNorthern))?.place(position),
      let ups = try? UPS(isNorthern: isNorthern, easting: place.easting, northing: place.northing)
    else { return nil }
    self = ups
  }
}

extension MGRSReference {
  /// The middle of its square, on WGS 84.
  public var position: Geographic? {
    switch centre {
    case .utm(let utm): utm.position
    case .ups(let ups): ups.position
    }
  }

  /// The square of a position, with so many digits for each axis.
  public init?(_ position: Geographic, digits: Int) {
    if let utm = UTM(position), let found = try? MGRSReference(utm: utm, latitude: position.latitude, digits: digits) {
      self = found
    } else if let ups = UPS(position), let found = try? MGRSReference(ups: ups, digits: digits) {
      self = found
    } else {
      return nil
    }
  }
}

public import Geometry

/// The zone that a Gauss-Krueger easting begins with: 7 573 696 is zone 7, 573 696 has none.
///
/// - Returns: the millions, 1...64, where what follows is 100...900 km, as eastings around 500 km are; `nil` otherwise.
///   Which central meridian the zone has depends on the country.
public func gaussKruegerZone(easting: Double) -> Int? {
  guard (1_000_000..<65_000_000).contains(easting) else { return nil }
  let zone = Int(easting / 1_000_000)
  return (100_000.0...900_000.0).contains(easting - Double(zone) * 1_000_000) ? zone : nil
}

/// One thing that two bare numbers could be.
public enum PairReading: Hashable, Sendable {
  case latitudeLongitude(Geographic)
  case longitudeLatitude(Geographic)
  /// An easting with the zone as its prefix.
  case gaussKrueger(zone: Int, Projected, Order)
  /// An easting without prefix: UTM, or Gauss-Krueger with its prefix left out.
  case unprefixed(Projected, Order)

  public enum Order: Hashable, Sendable { case eastingNorthing, northingEasting }
}

/// Everything that two bare numbers could be, in either order. Several readings are the rule: who asks must know the
/// area or be told.
public func readings(of first: Double, _ second: Double) -> [PairReading] {
  var readings: [PairReading] = []
  if Geographic(second, first).isOnEarth { readings.append(.latitudeLongitude(Geographic(second, first))) }
  if Geographic(first, second).isOnEarth { readings.append(.longitudeLatitude(Geographic(first, second))) }
  for (easting, northing, order) in [
    (first, second, PairReading.Order.eastingNorthing), (second, first, .northingEasting),
  ] {
    let position = Projected(easting, northing)
    guard northing >= 1000, northing <= 10_000_000 else { continue }
    if let zone = gaussKruegerZone(easting: easting) { readings.append(.gaussKrueger(zone: zone, position, order)) }
    if (100_000...900_000).contains(easting) { readings.append(.unprefixed(position, order)) }
  }
  return readings
}

public import Geometry
import Notation
import Presets
import Projection

/// One CRS that a pair of numbers could be in, and where that would put it.
public struct GateCandidate: Hashable, Sendable {
  /// Such as `EPSG:6316`.
  public let crs: String
  public let name: String
  /// Whether the pair would be northing first.
  public let isSwapped: Bool
  /// The millions of metres that were left out in front of the easting.
  public let prefix: Int?
  public let position: Geographic
  /// Metres from the hazards, 0 among them, and the direction from there; `nil` where nobody knows of any.
  public let distance: Double?
  public let direction: String?

  /// `EPSG:6316 (MGI 1901 / Balkans zone 7, its leading 7 left out)`.
  public var label: String {
    let swap = isSwapped && crs != ReferenceSystem.wgs84 ? ", northing first" : ""
    return "\(crs) (\(name)\(swap)\(prefix.map { ", its leading \($0) left out" } ?? ""))"
  }

  public var text: String {
    if let distance, let direction {
      return distance < 1 ? "\(label): on the hazards" : "\(label): \(metres(distance)) \(direction) of the hazards"
    }
    return "\(label): \(degrees(position.latitude)) N, \(degrees(position.longitude)) E"
  }
}

func degrees(_ value: Double) -> String { "\((value * 1e5).rounded() / 1e5)" }

/// What two numbers could be whose CRS nobody declared: CRSs in use in the countries that Razmin knows, and UTM.
///
/// Nearest to the hazards first, at most `limit`. None of them is taken: it is for the user to say which.
public func gateCandidates(
  _ first: Double, _ second: Double, near hazards: Box<Geographic>? = nil, limit: Int = 8
) -> [GateCandidate] {
  var found: [GateCandidate] = []
  func add(_ grid: KnownGrid, _ pair: Projected, _ isSwapped: Bool, _ prefix: Int? = nil) {
    guard let position = grid.position(pair) else { return }
    found.append(candidate(grid, isSwapped, prefix, position, hazards))
  }
  for grid in knownGrids() {
    for isSwapped in [false, true] {
      let pair = isSwapped ? Projected(second, first) : Projected(first, second)
      add(grid, pair, isSwapped)
      if (100_000..<1_000_000).contains(pair.easting), let prefix = grid.prefix {
        add(grid, Projected(pair.easting + Double(prefix) * 1e6, pair.northing), isSwapped, prefix)
      }
    }
  }
  for (place, isSwapped, name) in [
    (Geographic(first, second), false, "longitude, latitude"), (Geographic(second, first), true, "latitude, longitude"),
  ] where place.isOnEarth {
    found.append(candidate(.degrees(name), isSwapped, nil, place, hazards))
  }
  // Without hazards in the order of the presets; the sort keeps it.
  let order = found.indices.sorted { (found[$0].distance ?? 0, $0) < (found[$1].distance ?? 0, $1) }
  return order.prefix(limit).map { found[$0] }
}

private func candidate(
  _ grid: KnownGrid, _ isSwapped: Bool, _ prefix: Int?, _ position: Geographic, _ hazards: Box<Geographic>?
) -> GateCandidate {
  GateCandidate(
    crs: grid.code, name: grid.name, isSwapped: isSwapped, prefix: prefix, position: position,
    distance: hazards.map { metres(from: $0, to: position) },
    direction: hazards.map { compass(from: $0.center, to: position) })
}

/// Metres from a box to a position, 0 inside; by the shorter way round the Earth, and roughly where it is far.
public func metres(from box: Box<Geographic>, to position: Geographic) -> Double {
  let longitude = min(max(position.longitude, box.minX), box.maxX)
  let nearest = Geographic(longitude, min(max(position.latitude, box.minY), box.maxY))
  return min(nearest.distance(to: position), around(box, position))
}

/// The way over the antimeridian.
private func around(_ box: Box<Geographic>, _ position: Geographic) -> Double {
  let latitude = min(max(position.latitude, box.minY), box.maxY)
  return min(
    Geographic(box.minX, latitude).distance(to: position), Geographic(box.maxX, latitude).distance(to: position))
}

/// One of the eight winds.
public func compass(from a: Geographic, to b: Geographic) -> String {
  let scale = LocalScale(latitude: (a.latitude + b.latitude) / 2)
  let east = (b.longitude - a.longitude).remainder(dividingBy: 360) * scale.metresPerLongitude
  let north = (b.latitude - a.latitude) * scale.metresPerLatitude
  // Past tan 22.5 degrees a wind gets its second letter.
  let vertical = abs(north) > abs(east) * 0.41421356 ? (north > 0 ? "N" : "S") : ""
  let horizontal = abs(east) > abs(north) * 0.41421356 ? (east > 0 ? "E" : "W") : ""
  return vertical + horizontal
}

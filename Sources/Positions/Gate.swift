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
  public let position: Geographic
  /// Metres from the place that the survey is known to be at, and the direction from there; `nil` without such a place.
  public let distance: Double?
  public let direction: String?

  public var text: String {
    let what = "\(crs) (\(name)\(isSwapped ? ", northing first" : ""))"
    if let distance, let direction {
      return distance < 1 ? "\(what): on the hazards" : "\(what): \(metres(distance)) \(direction) of the hazards"
    }
    return "\(what): \(degrees(position.latitude)) N, \(degrees(position.longitude)) E"
  }

  private func degrees(_ value: Double) -> String { "\((value * 1e5).rounded() / 1e5)" }
}

/// What two numbers could be whose CRS nobody declared: CRSs in use in the countries that Razmin knows, and UTM.
///
/// Nearest to `place` first, at most `limit`. None of them is taken: it is for the user to say which.
public func gateCandidates(
  _ first: Double, _ second: Double, near place: Geographic? = nil, limit: Int = 8
) -> [GateCandidate] {
  var found: [GateCandidate] = []
  for entry in knownGrids() {
    for isSwapped in [false, true] {
      let pair = isSwapped ? Projected(second, first) : Projected(first, second)
      guard let position = entry.position(pair) else { continue }
      found.append(candidate(entry, isSwapped, position, place))
    }
  }
  if Geographic(first, second).isOnEarth {
    found.append(candidate(.degrees("longitude, latitude"), false, Geographic(first, second), place))
  }
  if Geographic(second, first).isOnEarth {
    found.append(candidate(.degrees("latitude, longitude"), true, Geographic(second, first), place))
  }
  found.sort { ($0.distance ?? 0, $0.crs) < ($1.distance ?? 0, $1.crs) }
  return Array(found.prefix(limit))
}

private func candidate(
  _ grid: KnownGrid, _ isSwapped: Bool, _ position: Geographic, _ place: Geographic?
) -> GateCandidate {
  GateCandidate(
    crs: grid.code, name: grid.name, isSwapped: isSwapped, position: position,
    distance: place.map { $0.distance(to: position) }, direction: place.map { compass(from: $0, to: position) })
}

/// One of the eight winds.
func compass(from a: Geographic, to b: Geographic) -> String {
  let scale = LocalScale(latitude: (a.latitude + b.latitude) / 2)
  let east = (b.longitude - a.longitude) * scale.metresPerLongitude
  let north = (b.latitude - a.latitude) * scale.metresPerLatitude
  // Past tan 22.5 degrees a wind gets its second letter.
  let vertical = abs(north) > abs(east) * 0.41421356 ? (north > 0 ? "N" : "S") : ""
  let horizontal = abs(east) > abs(north) * 0.41421356 ? (east > 0 ? "E" : "W") : ""
  return vertical + horizontal
}

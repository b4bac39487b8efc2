#if canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif
internal import Geometry
internal import Projection

/// The points placed so far, each hanging on an earlier one or known by itself.
struct Network {
  let sheet: TraverseSheet
  private(set) var points: [TraversePoint] = []
  private(set) var index: [String: Int] = [:]
  private(set) var parents: [Int?] = []
  private var spreads: [Spread?] = []

  init(sheet: TraverseSheet) { self.sheet = sheet }

  func point(_ id: String) -> TraversePoint? { index[id].map { points[$0] } }

  mutating func add(_ known: KnownPoint) {
    let spread = sheet.precision.flatMap { _ in known.sigma.map(Spread.init(sigma:)) }
    append(
      TraversePoint(
        id: known.id, type: known.type, position: known.position, leg: nil, path: 0, sigma: known.sigma),
      under: nil, spread)
  }

  mutating func add(_ leg: Int, from: Int, at position: Geographic, azimuth: Double) {
    let row = sheet.legs[leg]
    var spread = spreads[from]
    if let precision = sheet.precision { spread?.add(row.distance, azimuth, precision) }
    append(
      TraversePoint(
        id: row.to, type: row.type, position: position, leg: leg, path: points[from].path + row.distance,
        sigma: spread?.longerAxis),
      under: from, spread)
  }

  private mutating func append(_ point: TraversePoint, under parent: Int?, _ spread: Spread?) {
    index[point.id] = points.count
    points.append(point)
    parents.append(parent)
    spreads.append(spread)
  }

  /// The loop of a closing leg runs down from the point on which both its ends hang, or from two known points.
  func misclosure(_ leg: Int, from: Int, to: Int, arrival: Geographic) throws(LegFailure) -> Misclosure {
    let miss: Geodesic
    do { miss = try Geodesic(from: points[to].position, to: arrival) } catch { throw .geodesic(error) }
    let angle = miss.azimuth * (.pi / 180)
    let shared = fork(from, to).map { points[$0].path } ?? 0
    return Misclosure(
      point: points[to].id, leg: leg, east: miss.length * sin(angle), north: miss.length * cos(angle),
      length: points[from].path + points[to].path - 2 * shared + sheet.legs[leg].distance)
  }

  /// The last point that lies on the way to both; a point comes after the one it hangs on.
  func fork(_ a: Int, _ b: Int) -> Int? {
    var (a, b) = (a, b)
    while a != b {
      guard let up = parents[max(a, b)] else { return nil }
      if a > b { a = up } else { b = up }
    }
    return a
  }
}

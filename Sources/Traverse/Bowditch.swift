#if canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif
internal import Geometry
internal import Projection

/// Why a misclosure is not spread.
public enum AdjustmentError: Error, Hashable, Sendable {
  /// Without a closing leg there is nothing to spread.
  case nothingCloses
  /// Bowditch's rule spreads one misclosure; with several, one point would get several corrections.
  case severalLoops(Int)

  public var code: String {
    switch self {
    case .nothingCloses: "traverse.nothing-closes"
    case .severalLoops: "traverse.several-loops"
    }
  }

  /// What was found.
  public var message: String {
    switch self {
    case .nothingCloses: "no leg closes, so there is no misclosure to adjust"
    case .severalLoops(let count): "\(count) legs close; Bowditch's rule adjusts one loop"
    }
  }
}

extension TraverseSolution {
  /// The points after Bowditch's rule (compass rule): each one of the loop is moved against the misclosure, in
  /// proportion to the length of the legs that lead to it; what hangs on it moves along, known points stay.
  ///
  /// Made only when asked for, and beside the raw points, which stay as they are; `sigma` too is that of before.
  ///
  /// The misclosure is a vector in the frame of the closing point, and is laid off as a geodesic at each point against
  /// that point's own north. The two norths differ by tan φ / R of the distance between the points, 0.15 milliradian a
  /// kilometre at 43 degrees: a metre of misclosure is spread true to 0.2 mm. At the closing point they are one, so the
  /// loop closes exactly.
  public func adjusted() throws(AdjustmentError) -> [TraversePoint] {
    guard let closure = closures.first else { throw .nothingCloses }
    guard closures.count == 1 else { throw .severalLoops(closures.count) }
    let shares = shares(of: closure)
    let angle = atan2(closure.east, closure.north) * (180 / .pi)
    return zip(points, shares).map { point, share in
      // Both positions came out of the same routine, so this one cannot refuse them.
      let moved = try? Geodesic.destination(from: point.position, azimuth: angle, distance: closure.distance * share)
      return TraversePoint(
        id: point.id, type: point.type, position: share == 0 ? point.position : moved ?? point.position,
        leg: point.leg, path: point.path, sigma: point.sigma)
    }
  }

  /// What part of the misclosure each point moves by, along it.
  private func shares(of closure: Misclosure) -> [Double] {
    let index = Dictionary(uniqueKeysWithValues: points.enumerated().map { ($1.id, $0) })
    let parents = points.map { $0.leg.flatMap { index[sheet.legs[$0].from] } }
    func way(to id: String) -> [Int] {
      var way: [Int] = []
      var here = index[id]
      while let point = here {
        way.append(point)
        here = parents[point]
      }
      return way
    }
    let (back, forth) = (way(to: sheet.legs[closure.leg].from), way(to: closure.point))
    let common = Set(back).intersection(forth)
    let fork = common.max().map { points[$0].path } ?? 0
    // Against the misclosure on the way to the closing leg, along it on the way to the point that it misses.
    var own: [Int: Double] = [:]
    for point in back where !common.contains(point) { own[point] = -(points[point].path - fork) / closure.length }
    for point in forth where !common.contains(point) { own[point] = (points[point].path - fork) / closure.length }
    var shares: [Double] = []
    for (point, parent) in parents.enumerated() { shares.append(own[point] ?? parent.map { shares[$0] } ?? 0) }
    return shares
  }
}

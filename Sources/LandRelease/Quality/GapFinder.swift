import Geometry
import Topology

/// Finds the places where ground that remains lies inside or between cleared ground, in a plane in metres.
///
/// What counts, and why, is in `docs/quality.md`.
struct GapFinder {
  /// What remains, and what is cleared, each united.
  private let ground: [Polygon<Projected>]
  private let cleared: [Polygon<Projected>]
  /// What is cleared in small pieces, since most questions are about one place.
  private let tiles: [Polygon<Projected>]
  /// Metres.
  private let width: Double
  /// Wider than the width; no two touch.
  private(set) var gaps: [Polygon<Projected>] = []
  /// What lies within the width of cleared ground and is narrower than it.
  private(set) var narrow: [Polygon<Projected>] = []
  /// All else that remains: the front of the work, and where nobody has worked yet.
  private(set) var rest: [Polygon<Projected>] = []

  /// Share of what lies round a place that is cleared or a gap, from which on it is a gap itself, whatever its size.
  static let enclosing = 2.0 / 3
  /// The same for places no wider than `firstScale` times the width: with a bare half a strip along a hazard's edge,
  /// cleared on its one side, falls short by its ends.
  static let besides = 0.4
  static let firstScale = 4.0
  /// Share of what lies round a place that each of two separate stretches of cleared ground has at least, so that the place
  /// lies between them: then `besides` is enough at any size. The front of the work has one such stretch.
  static let eitherSide = 0.1
  /// From one scale to the next. With steps of 2 a wide stripe can be joined to a narrow edge of unworked ground beside it.
  static let finer = 2.0.squareRoot()

  init(ground: [Polygon<Projected>], cleared: [Polygon<Projected>], width: Double) throws {
    (self.width, self.cleared) = (width, try union(cleared))
    tiles = try halved(self.cleared)
    self.ground = try union(ground)
    rest = self.ground
    guard !self.cleared.isEmpty, !self.ground.isEmpty else { return }
    let pieces = try wide(self.ground)
    for piece in pieces { try search(piece, from: Self.firstScale * width, isFirst: true) }
    gaps = try union(gaps)
    let near = try grown(self.cleared, by: width)
    narrow = try intersection(difference(self.ground, union(pieces)), near)
    rest = try difference(self.ground, union(gaps + narrow))
  }

  /// Cuts a piece off where it is narrower than `first`, and than √2, 2, 2√2, ... times that, and takes the parts that are
  /// enclosed.
  ///
  /// All of it is a part once it is narrower throughout, so a stripe whose width is near one scale comes out whole by the
  /// next one. Where a piece falls apart, each body is looked at by itself too: a pocket behind a mouth is one.
  private mutating func search(_ piece: Polygon<Projected>, from first: Double, isFirst: Bool) throws {
    var (scale, isFirst) = (first, isFirst)
    while true {
      let bodies = try opened([piece], by: scale, grownBackBy: scale / 2 + 0.002)
      let known = gaps.filter { $0.box.intersects(piece.box) }
      for part in try wide(difference([piece], union(bodies + known))) {
        let closed = try closedShares(round: part)
        let lies = closed.count { $0 >= Self.eitherSide } > 1 ? Self.besides : Self.enclosing
        if closed.reduce(0, +) >= (isFirst ? Self.besides : lies) { gaps.append(part) }
      }
      (scale, isFirst) = (Self.finer * scale, false)
      if bodies.isEmpty { return }
      if bodies.count > 1 { for body in bodies { try search(body, from: scale, isFirst: false) } }
    }
  }

  /// The connected places that are wider than the width, square corners and all.
  ///
  /// Rounding may have taken two lattice steps off on both sides; nothing wider may be missed for that.
  private func wide(_ ground: [Polygon<Projected>]) throws -> [Polygon<Projected>] {
    try opened(ground, by: width - 0.006, grownBackBy: width / 2 * 2.0.squareRoot())
  }

  /// The connected places of ground in which a disc of a diameter fits.
  private func opened(
    _ ground: [Polygon<Projected>], by diameter: Double, grownBackBy reach: Double
  ) throws -> [Polygon<Projected>] {
    try grown(ground, by: -diameter / 2).flatMap { core in
      let back = try grown([core], by: reach)
      let near = ground.filter { $0.box.intersects(core.box) }
      // Not what lies behind a cleared strip that is thinner than the reach.
      return try intersection(near, back).filter { try areas([$0], within: 0, of: [core]) }
    }
  }

  /// How much of the ground within half the width of a place each stretch that is cleared or in a gap has, from 0 to 1.
  private func closedShares(round place: Polygon<Projected>) throws -> [Double] {
    let ring = try difference(grown([place], by: width / 2), [place])
    let box = place.box.grown(by: width)
    let near = tiles.filter { $0.box.intersects(box) }
    guard !near.isEmpty else { return [] }
    let closed = try union(near + gaps.filter { $0.box.intersects(box) })
    let all = max(ring.planarArea, 1e-9)
    return try intersection(ring, closed).map { $0.area / all }
  }
}

extension [Polygon<Projected>] {
  /// Square metres.
  var planarArea: Double { reduce(0) { $0 + $1.area } }
}

/// The same ground, cut in half across until no piece has more than a few hundred corners.
private func halved(_ ground: [Polygon<Projected>]) throws -> [Polygon<Projected>] {
  try ground.flatMap { polygon in
    let box = polygon.box
    // Ground that does not get smaller by cutting is left as it is.
    guard polygon.rings.reduce(0, { $0 + $1.corners.count }) > 300, max(box.width, box.height) > 0.5 else {
      return [polygon]
    }
    var (low, high) = (box, box)
    if box.width > box.height {
      (low.maxX, high.minX) = (box.center.easting, box.center.easting)
    } else {
      (low.maxY, high.minY) = (box.center.northing, box.center.northing)
    }
    return try [low, high].flatMap { half in
      let window = Polygon(
        try Ring([
          Projected(half.minX, half.minY), Projected(half.maxX, half.minY), Projected(half.maxX, half.maxY),
          Projected(half.minX, half.maxY),
        ]))
      return try halved(intersection([polygon], [window]))
    }
  }
}

public import Geometry
public import Survey

/// Ground that remains, to be asked how near something comes to it.
///
/// Distances are metres on WGS 84 in the plane of `LocalScale` at each piece of at most 500 m, less what that plane may be
/// off: they err towards near, by 0.1 m in 1 km at 45 degrees.
public struct RemainingGround: Sendable {
  private struct Piece: Sendable {
    let source: Source
    let index: RingIndex
    let box: Box<LatticePoint>
    let rings: [[LatticePoint]]
    /// Metres by which it may be nearer than it is drawn.
    var doubt = 0.0
  }
  private var pieces: [Piece] = []

  public init() {}

  /// Takes in a feature that remains; any other is passed over.
  public mutating func add(_ feature: ReleaseFeature) {
    guard feature.layer == .remaining else { return }
    for polygon in feature.polygons {
      let set = RingSet([polygon])
      pieces.append(
        Piece(
          source: .hazard(feature.hazard.id), index: RingIndex(set), box: polygon.box,
          rings: polygon.rings.map { $0.corners + $0.corners.prefix(1) }))
    }
  }

  /// Takes in a find, which lies up to `sigmaFactor` times its sigma away from where it is recorded.
  public mutating func add(_ find: Find, sigmaFactor: Double) {
    add(.find(find.id), at: find.position, doubt: sigmaFactor * find.usedSigma)
  }

  /// Takes in a spot task, whose item lies up to `sigmaFactor` times its sigma away from where it is recorded.
  public mutating func add(_ task: SpotTask, sigmaFactor: Double) {
    add(.spotTask(task.id), at: task.position, doubt: sigmaFactor * task.usedSigma)
  }

  private mutating func add(_ source: Source, at position: Geographic, doubt: Double) {
    let place = LatticePoint(nearest: position)
    pieces.append(
      Piece(
        source: source, index: RingIndex(RingSet([])), box: Box([place]), rings: [[place, place]], doubt: doubt))
  }

  /// What is near.
  public enum Source: Hashable, Sendable, Comparable {
    case hazard(String)
    case find(String)
    case spotTask(String)
  }

  /// A part of a line that comes near.
  public struct Stretch: Hashable, Sendable {
    /// Metres along the line.
    public var from, to: Double
    public var positions: [Geographic]
  }

  /// How near a line or a place comes.
  public struct Nearness: Hashable, Sendable {
    /// Metres; 0 inside. Infinite where nothing remains.
    public var distance = Double.infinity
    /// What is nearest.
    public var source: Source?
    /// Parts within the distance that was asked about, in their order.
    public var stretches: [Stretch] = []
    /// What is within that distance, sorted.
    public var sources: [Source] = []
  }

  /// How near `line` (one position, or several in a row) comes, and which parts of it come within `reach` metres.
  ///
  /// Rounding errs towards near: a part counts up to 5 mm, 1e-6 of the reach and what the plane may be off beyond it.
  public func nearness(of line: [Geographic], reach: Double) -> Nearness {
    var nearness = Nearness()
    var sources: Set<Source> = []
    var travelled = 0.0
    let line = unwrapped(line)
    let pairs = line.count == 1 ? [(line[0], line[0])] : Array(zip(line, line.dropFirst()))
    for (a, b) in pairs.flatMap(inShortPieces) {
      let plane = Plane(at: Geographic((a.longitude + b.longitude) / 2, (a.latitude + b.latitude) / 2))
      let (from, to) = (plane.place(a), plane.place(b))
      let length = plane.distance(from, to)
      let reach = reach * (1 + 1e-6) + 0.005 + plane.doubt(at: reach)
      var near: [ClosedRange<Double>] = []
      for piece in pieces {
        let away = plane.distance(from, to, box: piece.box) - piece.doubt
        guard away <= reach || away < nearness.distance else { continue }
        let met = meet(piece, plane, from, to, reach + piece.doubt)
        let distance = max(0, met.distance - piece.doubt - plane.doubt(at: met.distance))
        if distance < nearness.distance { (nearness.distance, nearness.source) = (distance, piece.source) }
        if met.distance <= reach + piece.doubt { sources.insert(piece.source) }
        near += met.near
      }
      for part in joined(near) {
        let stretch = Stretch(
          from: travelled + part.lowerBound * length, to: travelled + part.upperBound * length,
          positions: [plane.along(a, b, part.lowerBound), plane.along(a, b, part.upperBound)])
        append(stretch, to: &nearness.stretches)
      }
      travelled += length
    }
    nearness.sources = sources.sorted()
    return nearness
  }

  /// What remains inside a polygon, sorted; its boundary is asked as a line.
  public func sources(inside polygon: Polygon<Geographic>) throws -> [Source] {
    let rings = try polygon.rings.map { try Ring(unwrapped($0.corners)) }
    guard let outer = rings.first else { return [] }
    let whole = Polygon(outer, holes: Array(rings.dropFirst()))
    let set = RingSet(try drawnArea(whole, erring: .outwards).polygons)
    let index = RingIndex(set)
    let inside = pieces.filter { piece in
      set.box.intersects(piece.box)
        && piece.rings.contains { $0.contains { index.contains($0.first + 0.25, $0.second + 0.5) } }
    }
    return Set(inside.map(\.source)).sorted()
  }

  private func meet(
    _ piece: Piece, _ plane: Plane, _ from: Projected, _ to: Projected, _ reach: Double
  ) -> (distance: Double, near: [ClosedRange<Double>]) {
    var (least, near): (Double, [ClosedRange<Double>]) = (.infinity, [])
    for ring in piece.rings {
      guard var p = ring.first.map({ plane.place($0.position) }) else { continue }
      for corner in ring.dropFirst() {
        let q = plane.place(corner.position)
        least = min(least, LandRelease.distance(from, to, to: p, q))
        if let part = nearInterval(from, to, to: p, q, within: reach) { near.append(part) }
        p = q
      }
    }
    // Between parts that come near an edge, the line is wholly inside or wholly outside.
    var gaps: [ClosedRange<Double>] = []
    var last = 0.0
    for part in joined(near) {
      if part.lowerBound > last { gaps.append(last...part.lowerBound) }
      last = part.upperBound
    }
    if last < 1 || near.isEmpty { gaps.append(last...1) }
    for gap in gaps where isInside(piece, plane, from, to, (gap.lowerBound + gap.upperBound) / 2) {
      near.append(gap)
      least = 0
    }
    return (least, near)
  }

  private func isInside(
    _ piece: Piece, _ plane: Plane, _ from: Projected, _ to: Projected, _ part: Double
  ) -> Bool {
    let place = LatticePoint(
      nearest: plane.position(
        Projected(
          from.easting + part * (to.easting - from.easting), from.northing + part * (to.northing - from.northing))))
    return piece.index.contains(place.first + 0.25, place.second + 0.5)
  }
}

/// Joins a stretch to the last one where it goes on from there.
private func append(_ stretch: RemainingGround.Stretch, to stretches: inout [RemainingGround.Stretch]) {
  guard var last = stretches.last, stretch.from <= last.to + 1e-6 else { return stretches.append(stretch) }
  last.to = stretch.to
  last.positions += stretch.positions.dropFirst()
  stretches[stretches.count - 1] = last
}

private func joined(_ parts: [ClosedRange<Double>]) -> [ClosedRange<Double>] {
  var joined: [ClosedRange<Double>] = []
  for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) {
    if let last = joined.last, part.lowerBound <= last.upperBound {
      joined[joined.count - 1] = last.lowerBound...max(last.upperBound, part.upperBound)
    } else {
      joined.append(part)
    }
  }
  return joined
}

/// A segment cut into pieces of at most 500 m, straight in longitude and latitude.
private func inShortPieces(_ a: Geographic, _ b: Geographic) -> [(Geographic, Geographic)] {
  let pieces = min(1_000_000, max(1, Int((a.distance(to: b) / 500).rounded(.up))))
  let place = { (index: Int) in
    let part = Double(index) / Double(pieces)
    return Geographic(
      a.longitude + part * (b.longitude - a.longitude), a.latitude + part * (b.latitude - a.latitude))
  }
  return (0..<pieces).map { (place($0), place($0 + 1)) }
}

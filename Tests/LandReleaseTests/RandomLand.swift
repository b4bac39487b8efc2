import Geometry
import Survey

@testable import LandRelease

/// A random survey together with what was put into it in metres, for an oracle that knows no geometry engine.
struct RandomLand {
  var land: Land
  /// By hazard and by activity: where each was drawn or walked, in metres.
  private(set) var hazards: [[Projected]] = []
  private(set) var drawn: [Int: [[Projected]]] = [:]
  private(set) var walked: [Int: [SwathStep]] = [:]
  private var random: SplitMix

  /// With finds only where `finds` is more than none: they break laws that hold for releases alone.
  init(seed: UInt64, finds: Int = 0, activities: ClosedRange<Int> = 1...6) throws {
    random = SplitMix(state: seed)
    land = Land(requiredDepth: [0, 20, 50][Int.random(in: 0..<3, using: &random)])
    land.survey.fadeout = 4
    for index in 0..<Int.random(in: 1...4, using: &random) { try addHazard(index) }
    for index in 0..<Int.random(in: activities, using: &random) {
      if Bool.random(using: &random) { try addDrawn(index) } else { try addWalk(index) }
    }
    for index in 0..<finds {
      try land.find(
        "F\(index)", at: Projected(pick(-20...40), pick(-20...40)), found: date(2020...2024),
        sigma: pick(0.1...1), activity: Bool.random(using: &random) ? "A0" : nil)
    }
  }

  private mutating func pick(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &random) }

  private mutating func date(_ years: ClosedRange<Int>) -> String {
    "\(Int.random(in: years, using: &random))-0\(Int.random(in: 1...9, using: &random))-01"
  }

  /// A ring whose corners see its middle: it never crosses itself.
  private mutating func star(_ size: ClosedRange<Double>) -> [Projected] {
    let middle = Projected(pick(-10...25), pick(-10...25))
    let count = Int.random(in: 3...9, using: &random)
    return (0..<count).map { index in
      let (c, s) = cosineAndSine((Double(index) + pick(0...0.8)) / Double(count) * 2 * .pi)
      let radius = pick(size)
      return Projected(middle.easting + radius * c, middle.northing + radius * s)
    }
  }

  private mutating func addHazard(_ index: Int) throws {
    var corners = star(8...30)
    // Corners in common are where arrangements go wrong: sometimes one of another hazard is taken.
    if let other = hazards.randomElement(using: &random), Bool.random(using: &random) { corners[0] = other[0] }
    if Bool.random(using: &random) {
      corners = Rect(pick(-20...10).rounded(), pick(-20...10).rounded(), pick(9...30).rounded(), 20).corners
    }
    hazards.append(corners)
    try land.hazard(
      "H\(index)", [try land.polygon(corners)], class: Bool.random(using: &random) ? .suspected : .confirmed,
      recorded: date(2020...2022), depth: Bool.random(using: &random) ? 20 : nil)
  }

  private mutating func addDrawn(_ index: Int) throws {
    let kind = ActivityKind.allCases.randomElement(using: &random) ?? .clearance
    let at = try land.work(
      "A\(index)", kind: kind, end: date(2020...2024), depth: [20, 50].randomElement(using: &random),
      sigma: Bool.random(using: &random) ? pick(0.05...1) : nil, team: "\(index % 3)")
    land.survey.activities[at].searched = Bool.random(using: &random)
    let rings = (0..<Int.random(in: 1...3, using: &random)).map { _ in star(4...18) }
    land.survey.activities[at].polygons = try rings.map { try land.polygon($0) }
    drawn[at] = rings
  }

  private mutating func addWalk(_ index: Int) throws {
    let (count, length, spacing) = (Int.random(in: 1...4, using: &random), pick(3...12), pick(0.5...1.3))
    let (x, y) = (pick(-15...20), pick(-15...20))
    let noise = pick(0...0.1)
    let rows = lanes(count, length: length, spacing: spacing, x: x, y: y).map { row in
      row.map { Projected($0.easting + pick(-noise...noise), $0.northing + pick(-noise...noise)) }
    }
    let width = pick(0.4...1.5)
    let at = try land.walk(
      "A\(index)", rows, width: width, sigmas: [pick(0.01...0.3), 0.1], end: date(2020...2024),
      depth: [20, 50].randomElement(using: &random))
    walked[at] = rows.flatMap { row in
      zip(row, row.dropFirst()).map { SwathStep(from: $0, to: $1, radius: width / 2) }
    }
  }
}

extension RandomLand {
  /// Metres from a place to the edge of what an activity covers, negative inside it; of a union, at least.
  func depth(ofActivity index: Int, _ place: Projected) -> Double {
    let swath =
      walked[index, default: []].map { step in
        distance(place, step.from, step.to) - step.radius
      }.min() ?? .infinity
    return min(swath, drawn[index, default: []].map { depth($0, place) }.min() ?? .infinity)
  }

  func depth(ofHazard index: Int, _ place: Projected) -> Double { depth(hazards[index], place) }

  private func depth(_ ring: [Projected], _ place: Projected) -> Double {
    var (nearest, inside) = (Double.infinity, false)
    for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
      nearest = min(nearest, distance(place, a, b))
      if (a.northing > place.northing) != (b.northing > place.northing) {
        let part = (place.northing - a.northing) / (b.northing - a.northing)
        if place.easting < a.easting + part * (b.easting - a.easting) { inside.toggle() }
      }
    }
    return inside ? -nearest : nearest
  }

  private func distance(_ p: Projected, _ a: Projected, _ b: Projected) -> Double {
    let (dx, dy) = (b.easting - a.easting, b.northing - a.northing)
    let squared = dx * dx + dy * dy
    let (px, py) = (p.easting - a.easting, p.northing - a.northing)
    let along = squared > 0 ? min(max((px * dx + py * dy) / squared, 0), 1) : 0
    let (ex, ey) = (px - along * dx, py - along * dy)
    return (ex * ex + ey * ey).squareRoot()
  }
}

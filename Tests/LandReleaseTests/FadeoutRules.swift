import Foundation
import Geometry
import Projection
import Survey
import Testing
import Topology

@testable import LandRelease

extension Land {
  fileprivate func fadedOut(asOf: String? = nil, jobs: Int = 1) async throws -> [FadeoutArea] {
    let store = try StepStore()
    for (sequence, walk) in walks.enumerated() {
      try store.append(walk.points, activity: walk.activity, log: 0, sequence: sequence)
    }
    return try await fadeout(survey, steps: store, asOf: try asOf.map(day), jobs: jobs).areas
  }

  fileprivate func fadeoutTotals() async throws -> Fadeout {
    try await fadeout(survey, steps: try StepStore())
  }
}

/// Metres straight through the Earth of WGS 84: in 5 km 0.1 mm less than along it.
private func chord(_ a: Geographic, _ b: Geographic) -> Double {
  let place = { (position: Geographic) -> [Double] in
    let (latitude, longitude) = (position.latitude * .pi / 180, position.longitude * .pi / 180)
    let (flattening, axis) = (1 / 298.257223563, 6_378_137.0)
    let square = flattening * (2 - flattening)
    let radius = axis / (1 - square * sin(latitude) * sin(latitude)).squareRoot()
    return [
      radius * cos(latitude) * cos(longitude), radius * cos(latitude) * sin(longitude),
      radius * (1 - square) * sin(latitude),
    ]
  }
  return zip(place(a), place(b)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
}

extension [FadeoutArea] {
  fileprivate func polygons(_ ground: KeyPath<FadeoutArea, FadeoutArea.Ground>) -> [Polygon<LatticePoint>] {
    flatMap { $0[keyPath: ground].polygons }
  }
  fileprivate func area(_ ground: KeyPath<FadeoutArea, FadeoutArea.Ground>) -> Double {
    reduce(0) { $0 + $1[keyPath: ground].area }
  }
}

@Suite struct FadeoutRules {
  /// A hazard of 100 m, a find of sigma 0.5 in its middle, a fade-out of 10 m: 11 m with k = 2.
  private func land() throws -> Land {
    var land = Land()
    land.survey.fadeout = 10
    try land.hazard("H", Rect(0, 0, 100, 100))
    try land.find("F", at: Projected(50, 50), found: "2021-06-01", activity: "A")
    return land
  }
  private let circle = Double.pi * 121

  @Test func `required is a circle never smaller than fade-out and k sigma`() async throws {
    let areas = try await land().fadedOut()
    #expect(areas.area(\.required) >= circle && areas.area(\.required) < circle * 1.01)
    #expect(areas.area(\.open) == areas.area(\.required))
    #expect(areas.area(\.outside) == 0)
    #expect(areas.map(\.finds) == [["F"]])
    #expect(areas.map(\.requiredDepth) == [50])
  }

  /// Sizes that are drawn, against the geodesic: none of the corners, nor of the middles of the sides, is too near.
  @Test(arguments: [5.0, 500, 4_995])
  func `no side of a disc comes nearer than its radius, whatever the size`(radius: Double) async throws {
    var land = try land()
    land.survey.fadeout = radius
    (land.survey.finds[0].sigma, land.survey.sigmaFactor) = (0, 2)
    let areas = try await land.fadedOut()
    let center = land.survey.finds[0].position
    let discs = try [
      #require(areas.first).required.polygons.map(\.outer.corners),
      circumscribedDisc(at: center, radius: radius).rings,
    ]
    for corners in discs.joined() {
      for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
        let middle = Geographic(
          (a.position.longitude + b.position.longitude) / 2, (a.position.latitude + b.position.latitude) / 2)
        for place in [a.position, middle] { #expect(chord(center, place) >= radius, "\(place)") }
      }
    }
  }

  @Test func `a disc that cannot be drawn truly is refused, and not drawn short`() async throws {
    var land = try land()
    land.survey.fadeout = FieldSurvey.mostReach + 1
    await #expect(throws: LandReleaseError.self) { try await land.fadedOut() }
    try land.work("B", Rect(0, 0, 100, 100), end: "2021-02-01")
    await #expect(throws: LandReleaseError.self) { try await land.divided() }
  }

  @Test func `only a deep enough, surely cleared ground closes it`() async throws {
    let rows: [(kind: ActivityKind, depth: Double?, sigma: Double?, closes: Bool)] = [
      (.clearance, 50, 0, true), (.clearance, 49, 0, false), (.clearance, nil, 0, false), (.clearance, 50, nil, false),
      (.bacSubsurface, 50, 0, true), (.bacSurface, 50, 0, false), (.technicalSurvey, 50, 0, false),
      (.nonTechnicalSurvey, 50, 0, false),
    ]
    for row in rows {
      var land = try land()
      try land.work("A", Rect(30, 30, 40, 40), kind: row.kind, end: "2021-07-01", depth: row.depth, sigma: row.sigma)
      #expect((try await land.fadedOut().area(\.open) == 0) == row.closes, "\(row)")
    }
  }

  @Test func `the sigma of a boundary leaves a rim open`() async throws {
    var land = try land()
    // 9 m beyond the find to the east, 8 m of them sure: a segment of the circle stays open.
    try land.work("A", Rect(20, 20, 39, 60), end: "2021-07-01", sigma: 0.5)
    let open = try await land.fadedOut().area(\.open)
    // A circle of 11 m cut 8 m from its middle: r² acos(d/r) - d √(r² - d²).
    #expect(agree(open, 121 * 0.7563 - 8 * 7.5498, within: 0.7), "\(open)")
  }

  @Test func `work that missed the find does not count round it, other work does`() async throws {
    var land = try land()
    try land.work("MISSED", Rect(0, 0, 60, 100), end: "2020-06-01", sigma: 0)
    try land.work("BESIDE", Rect(60, 0, 40, 100), end: "2020-06-02", sigma: 0)
    let areas = try await land.fadedOut()
    #expect(areas.map(\.missedBy) == [["MISSED"]])
    // Open is all but the segment that BESIDE searched: the circle cut 10 m from its middle, r² acos(d/r) - d √(r² - d²).
    #expect(agree(areas.area(\.open), circle - 6.15, within: 0.5), "\(areas.area(\.open))")
    try land.work("A", Rect(30, 30, 40, 40), end: "2021-07-01", sigma: 0)
    #expect(try await land.fadedOut().area(\.open) == 0)
  }

  @Test func `the hazard's own depth is asked for, and without any nothing counts`() async throws {
    for (own, general, reached, closes) in [
      (80.0, 50.0, 50.0, false), (80, 50, 80, true), (nil, 50, 50, true), (nil, nil, 50, false), (20, nil, 20, true),
    ] as [(Double?, Double?, Double, Bool)] {
      var land = Land(requiredDepth: general)
      land.survey.fadeout = 10
      try land.hazard("H", Rect(0, 0, 100, 100), depth: own)
      try land.find("F", at: Projected(50, 50), found: "2021-06-01", activity: "A")
      try land.work("A", Rect(30, 30, 40, 40), end: "2021-07-01", depth: reached, sigma: 0)
      #expect((try await land.fadedOut().area(\.open) == 0) == closes, "\(own as Any) \(general as Any)")
    }
  }

  @Test func `what lies outside every hazard is proposed as an extension`() async throws {
    var land = try land()
    try land.find("EDGE", at: Projected(98, 50), found: "2021-06-01")
    let areas = try await land.fadedOut()
    // The circle of 11 m cut 2 m from its middle: the smaller segment.
    #expect(agree(areas.area(\.outside), 121 * 1.3879 - 2 * 10.8167, within: 0.8), "\(areas.area(\.outside))")
    #expect(areas.count == 2)
  }

  @Test func `later finds and later clearances are not seen`() async throws {
    var land = try land()
    try land.work("A", Rect(30, 30, 40, 40), end: "2021-07-01", sigma: 0)
    #expect(try await land.fadedOut(asOf: "2021-05-31").isEmpty)
    #expect(try await land.fadedOut(asOf: "2021-06-30").area(\.open) > 300)
    #expect(try await land.fadedOut(asOf: "2021-07-01").area(\.open) == 0)
  }

  @Test func `without a distance nothing is assumed`() async throws {
    var land = try land()
    land.survey.fadeout = nil
    await #expect(throws: NoFadeoutDistance.self) { try await land.fadedOut() }
    land.survey.finds = []
    #expect(try await land.fadedOut().isEmpty)
  }

  @Test func `a task stays open where the account keeps the ground, whatever the fade-out says`() async throws {
    // Cleared before the hazard was recorded.
    var old = Land()
    old.survey.fadeout = 10
    try old.hazard("H", Rect(0, 0, 100, 100), recorded: "2021-01-01")
    try old.work("OLD", Rect(-50, -50, 200, 200), end: "2020-01-01", sigma: 0)
    try old.find("F", at: Projected(50, 50), found: "2020-01-01", activity: "OLD")
    // The disc reaches into a neighbour that needs more.
    var neighbour = Land(requiredDepth: 20)
    neighbour.survey.fadeout = 10
    try neighbour.hazard("H1", Rect(0, 0, 50, 100))
    try neighbour.hazard("H2", Rect(50, 0, 50, 100), depth: 50)
    try neighbour.work("A", Rect(-50, -50, 200, 200), depth: 20, sigma: 0)
    try neighbour.find("F", at: Projected(45, 50), found: "2020-06-01", activity: "A")
    for land in [old, neighbour] {
      let found = try await land.fadeoutTotals()
      #expect(found.open == 0 && found.remaining > 50 && !found.isClosed)
    }
    // One hazard says how deep, another that covers the find does not: nothing is deep enough.
    var silent = Land(requiredDepth: nil)
    silent.survey.fadeout = 10
    try silent.hazard("H1", Rect(0, 0, 100, 100), depth: 20)
    try silent.hazard("H2", Rect(0, 0, 100, 100))
    try silent.work("A", Rect(-50, -50, 200, 200), depth: 200, sigma: 0)
    try silent.find("F", at: Projected(45, 50), found: "2020-06-01", activity: "A")
    #expect(try await silent.fadeoutTotals().open > 300)
  }

  @Test func `nothing is counted twice, and the deepest takes what several ask for`() async throws {
    var land = Land(requiredDepth: 20)
    land.survey.fadeout = 10
    try land.hazard("H1", Rect(0, 0, 50, 100))
    try land.hazard("H2", Rect(50, 0, 50, 100), depth: 50)
    try land.find("A", at: Projected(48, 50), found: "2020-06-01")
    try land.find("B", at: Projected(52, 50), found: "2020-06-01")
    let found = try await land.fadeoutTotals()
    #expect(found.finds == ["A", "B"])
    #expect(agree(found.required, found.open, within: 0.01))
    #expect(found.areas.map(\.requiredDepth) == [50, 20])
    #expect(agree(found.areas[0].open.area, found.areas[0].required.area, within: 0.01))
  }

  @Test func `a find across the antimeridian asks for both sides`() async throws {
    var land = Land(at: Geographic(180, 10))
    land.survey.fadeout = 10
    try land.find("F", at: Projected(0, 0), found: "2021-06-01")
    let areas = try await land.fadedOut()
    #expect(agree(areas.area(\.required), circle, within: 3))
    #expect(areas.polygons(\.required).contains { $0.box.minX < 0 })
    #expect(areas.polygons(\.required).contains { $0.box.maxX > 0 })
  }
}

@Suite struct FadeoutLaws {
  private func random(_ seed: UInt64) throws -> RandomLand {
    try RandomLand(seed: seed, finds: 1 + Int(seed % 6), activities: 2...6)
  }
  /// Square lattice steps that two lattice steps along a boundary take.
  private func band(_ polygons: [Polygon<LatticePoint>]) -> Double { 2 * polygons.perimeter + 10 }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `one more find never shrinks what is required`(seed: UInt64) async throws {
    let all = try random(seed).land
    var fewer = all
    fewer.survey.finds.removeLast()
    let (without, with) = (try await fewer.fadedOut(), try await all.fadedOut())
    let before = without.polygons(\.required)
    let after = try union(with.polygons(\.required), grid: 1)
    // The outline may lie up to 18 mm outside the circles, here and there differently.
    #expect(before.isEmpty ? true : try difference(union(before, grid: 1), after).steps <= band(before) * 8)
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `one more clearance never grows what is open`(seed: UInt64) async throws {
    let all = try random(seed).land
    var fewer = all
    let last = fewer.survey.activities.count - 1
    fewer.survey.activities.removeLast()
    fewer.walks.removeAll { $0.activity == last }
    let (without, with) = (try await fewer.fadedOut(), try await all.fadedOut())
    let (before, after) = (without.polygons(\.open), with.polygons(\.open))
    let grown = after.isEmpty ? 0 : try difference(union(after, grid: 1), union(before, grid: 1)).steps
    #expect(grown <= band(before) + band(after))
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `open and outside lie in required, threads and order change nothing`(seed: UInt64) async throws {
    let land = try random(seed).land
    var other = land
    let count = land.survey.activities.count
    other.survey.finds.reverse()
    other.survey.activities.reverse()
    other.walks = land.walks.map { (count - 1 - $0.activity, $0.points) }
    let areas = try await land.fadedOut()
    let required = try union(areas.polygons(\.required), grid: 1)
    for ground in [areas.polygons(\.open), areas.polygons(\.outside)] where !ground.isEmpty {
      #expect(try invalidity(ground) == nil || ground.count > 1)
      #expect(try difference(union(ground, grid: 1), required).steps <= band(required))
    }
    let again = try await other.fadedOut(jobs: 3)
    #expect(again.polygons(\.open) == areas.polygons(\.open))
    #expect(again.polygons(\.required) == areas.polygons(\.required))
  }

  /// An oracle that knows distances and no geometry: what it says of places on a grid.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func `places agree with distances to finds and to drawn clearances`(seed: UInt64) async throws {
    let random = try random(seed)
    let survey = random.land.survey
    let areas = try await random.land.fadedOut()
    let required = RingIndex(RingSet(try union(areas.polygons(\.required), grid: 1)))
    let open = RingIndex(RingSet(areas.isEmpty ? [] : try union(areas.polygons(\.open), grid: 1)))
    let scale = LocalScale(latitude: random.land.place.latitude)
    var asked = 0
    for x in stride(from: -25.0, to: 45, by: 1.7) {
      for y in stride(from: -25.0, to: 45, by: 1.7) {
        let position = random.land.position(Projected(x, y))
        let lattice = LatticePoint(nearest: position)
        let (column, row) = (lattice.first + 0.25, lattice.second + 0.5)
        let near = survey.finds.map {
          scale.distance(position, $0.position) - (4 + survey.sigmaFactor * $0.usedSigma)
        }
        // Nothing is asked within 5 cm of an edge.
        guard near.allSatisfy({ abs($0) > 0.05 }) else { continue }
        asked += 1
        #expect(required.contains(column, row) == near.contains { $0 < 0 }, "\(x) \(y)")
        let circles = survey.finds.indices.filter { near[$0] < 0 }
        let drawn = survey.activities.indices.filter { random.drawn[$0] != nil }
        // Work that lies nominally nowhere near cannot have closed the place.
        let reach = survey.activities.indices.filter {
          survey.activities[$0].claims == .cleared && random.depth(ofActivity: $0, Projected(x, y)) < 0.05
        }
        if !circles.isEmpty, reach.isEmpty { #expect(open.contains(column, row), "\(x) \(y)") }
        // Drawn work that holds the place deep inside its sure part, reaches every depth, and missed nobody closes it.
        let sure = drawn.contains { index in
          let activity = survey.activities[index]
          let isDeep = activity.kind == .clearance || activity.kind == .bacSubsurface
          guard isDeep, activity.depth == 50, let sigma = activity.sigma else { return false }
          let missed = survey.finds.contains { find in
            let at = Projected(
              (find.position.longitude - random.land.place.longitude) * scale.metresPerLongitude,
              (find.position.latitude - random.land.place.latitude) * scale.metresPerLatitude)
            return random.depth(ofActivity: index, at) < 0.05 && find.undoes(activity)
          }
          return !missed && random.depth(ofActivity: index, Projected(x, y)) < -(survey.sigmaFactor * sigma + 0.08)
        }
        if sure { #expect(!open.contains(column, row), "\(x) \(y)") }
      }
    }
    #expect(asked > 500)
  }
}

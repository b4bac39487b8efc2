import Geometry
import Projection
import Survey
import Testing
import Topology

@testable import LandRelease

/// An upright rectangle in metres east and north of the survey's place.
struct Rect: Hashable, Sendable {
  var x, y, width, height: Double

  init(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }

  var corners: [Projected] {
    [Projected(x, y), Projected(x + width, y), Projected(x + width, y + height), Projected(x, y + height)]
  }
}

/// A survey in metres round a place, divided in memory: what the rules say of it, without a folder or a log.
struct Land {
  static let nis = Geographic(21.9033, 43.3247)

  var survey: FieldSurvey
  let place: Geographic
  /// Points of walked runs, with the index of their activity and log.
  var walks: [(activity: Int, points: [TrackPoint])] = []

  init(at place: Geographic = Land.nis, requiredDepth: Double? = 50) {
    self.place = place
    survey = FieldSurvey(id: "T", name: "Test")
    survey.requiredDepth = requiredDepth
  }

  /// Longitudes that pass 180 degrees are written as a receiver writes them.
  func position(_ at: Projected) -> Geographic {
    let scale = LocalScale(latitude: place.latitude)
    let longitude = place.longitude + at.easting / scale.metresPerLongitude
    return Geographic(
      longitude > 180 ? longitude - 360 : longitude, place.latitude + at.northing / scale.metresPerLatitude)
  }

  func polygon(_ corners: [Projected], holes: [[Projected]] = []) throws -> Polygon<Geographic> {
    try Polygon(Ring(corners.map(position)), holes: holes.map { try Ring($0.map(position)) })
  }

  mutating func hazard(
    _ id: String, _ rects: Rect..., class hazardClass: HazardClass = .suspected, recorded: String = "2020-01-01",
    depth: Double? = nil
  ) throws {
    try hazard(id, rects.map { try polygon($0.corners) }, class: hazardClass, recorded: recorded, depth: depth)
  }

  mutating func hazard(
    _ id: String, _ polygons: [Polygon<Geographic>], class hazardClass: HazardClass = .suspected,
    recorded: String = "2020-01-01", depth: Double? = nil
  ) throws {
    var hazard = Hazard(
      id: id, class: hazardClass, recorded: try day(recorded), polygons: polygons, place: Place("hazards"))
    hazard.requiredDepth = depth
    survey.hazards.append(hazard)
  }

  /// An activity by drawn polygons; a clearance 50 cm deep unless told otherwise.
  @discardableResult mutating func work(
    _ id: String, _ rects: Rect..., kind: ActivityKind = .clearance, claims: Release? = nil, end: String = "2021-01-01",
    depth: Double? = 50, sigma: Double? = nil, team: String? = nil
  ) throws -> Int {
    var activity = Activity(
      id: id, kind: kind, claims: claims ?? kind.mayClaim, start: try day("2019-01-01"), end: try day(end),
      geometry: .polygons, place: Place("survey.toml", line: survey.activities.count + 1))
    (activity.depth, activity.sigma, activity.team) = (depth, sigma, team)
    activity.polygons = try rects.map { try polygon($0.corners) }
    survey.activities.append(activity)
    return survey.activities.count - 1
  }

  /// A clearance by lanes, each walked through its places with one sigma a place.
  @discardableResult mutating func walk(
    _ id: String, _ lanes: [[Projected]], width: Double = 1, sigmas: [Double] = [0.1], end: String = "2021-01-01",
    depth: Double? = 50
  ) throws -> Int {
    let index = try work(id, end: end, depth: depth)
    survey.activities[index].geometry = .track
    survey.activities[index].swathWidth = width
    for lane in lanes {
      let points = lane.enumerated().map { at, place in
        TrackPoint(position(place), sigma: sigmas[at % sigmas.count], assumedSigma: false, line: Int32(at))
      }
      walks.append((index, points))
    }
    return index
  }

  mutating func find(
    _ id: String, at place: Projected, found: String, sigma: Double? = 0.5, activity: String? = nil
  ) throws {
    var find = Find(id: id, position: position(place), found: try day(found), place: Place("finds"))
    (find.sigma, find.activity) = (sigma, activity)
    survey.finds.append(find)
  }

  /// From a hazard's class as it was recorded to another.
  mutating func change(_ id: String, to hazardClass: HazardClass, on date: String) throws {
    let index = try #require(survey.hazards.firstIndex { $0.id == id })
    survey.hazards[index].classChanges.append(ClassChange(hazardClass, on: try day(date), place: Place("survey.toml")))
    survey.hazards[index].classChanges.sort { $0.date < $1.date }
  }

  func steps() throws -> StepStore {
    let store = try StepStore()
    for (sequence, walk) in walks.enumerated() {
      try store.append(walk.points, activity: walk.activity, log: 0, sequence: sequence)
    }
    return store
  }

  func divided(
    from: String? = nil, asOf: String? = nil, assured: Bool = false, jobs: Int = 1
  ) async throws -> Division {
    var options = PartitionOptions()
    (options.from, options.asOf, options.assured, options.jobs) = (
      try from.map(day), try asOf.map(day), assured, jobs
    )
    var features: [ReleaseFeature] = []
    let result = try await partition(survey, steps: try steps(), options: options) { features.append($0) }
    return Division(result: result, features: features)
  }
}

/// What came out: the features, the account and the findings.
struct Division {
  var result: PartitionResult
  var features: [ReleaseFeature]

  var ledger: Ledger { result.ledger }
  var codes: Set<String> { Set(result.findings.map(\.code)) }

  func hazard(_ id: String) throws -> Ledger.HazardRow { try #require(ledger.hazards.first { $0.id == id }) }
  func activity(_ id: String) throws -> Ledger.ActivityRow { try #require(ledger.activities.first { $0.id == id }) }
  func finding(_ code: String) throws -> Finding { try #require(result.findings.first { $0.code == code }) }

  func features(_ layer: LandState) -> [ReleaseFeature] { features.filter { $0.layer == layer } }
  func polygons(_ layer: LandState) -> [Polygon<LatticePoint>] { features(layer).flatMap(\.polygons) }
  func area(_ layer: LandState) -> Double { features(layer).reduce(0) { $0 + $1.area } }
}

func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

/// A straight lane with a place every half metre.
func lane(from a: Projected, to b: Projected) -> [Projected] {
  let (dx, dy) = (b.easting - a.easting, b.northing - a.northing)
  let count = max(1, Int(((dx * dx + dy * dy).squareRoot() / 0.5).rounded(.up)))
  return (0...count).map { index in
    let part = Double(index) / Double(count)
    return Projected(a.easting + part * dx, a.northing + part * dy)
  }
}

/// Parallel lanes to the east, from south to north.
func lanes(_ count: Int, length: Double, spacing: Double, x: Double = 0, y: Double = 0) -> [[Projected]] {
  (0..<count).map { index in
    let row = y + Double(index) * spacing
    return lane(from: Projected(x, row), to: Projected(x + length, row))
  }
}

/// Whether two areas agree within square metres.
func agree(_ a: Double, _ b: Double, within tolerance: Double = 0.5) -> Bool { abs(a - b) <= tolerance }

extension [Polygon<LatticePoint>] {
  /// Square lattice steps.
  var steps: Double {
    reduce(0) { sum, polygon in
      sum + polygon.holes.reduce(abs(polygon.outer.twiceSignedArea)) { $0 - abs($1.twiceSignedArea) } / 2
    }
  }

  /// Lattice steps.
  var perimeter: Double {
    reduce(0) { sum, polygon in
      polygon.rings.reduce(sum) { sum, ring in
        zip(ring.corners, ring.corners.dropFirst() + ring.corners.prefix(1)).reduce(sum) { sum, edge in
          let (dx, dy) = (edge.1.first - edge.0.first, edge.1.second - edge.0.second)
          return sum + (dx * dx + dy * dy).squareRoot()
        }
      }
    }
  }

  var squareMetres: Double { reduce(0) { $0 + $1.ellipsoidalArea } }
}

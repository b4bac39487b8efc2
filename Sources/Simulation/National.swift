import Formats
import Geometry
import Glibc

/// A country's record: hazards in clusters along former front lines, and released polygons, most in few hazards.
func simulateNational(_ plan: SimulationPlan, into directory: String) throws(OutputFailed) {
  var hazards = GeoJSONWriter(try PlainFile.open(directory + "/hazards.geojson"))
  var cleared = GeoJSONWriter(try PlainFile.open(directory + "/cleared.geojson"))
  var reduced = GeoJSONWriter(try PlainFile.open(directory + "/reduced.geojson"))
  var cancelled = GeoJSONWriter(try PlainFile.open(directory + "/cancelled.geojson"))
  var random = SeededRandom(seed: plan.seed, stream: -3)
  let clusters = (0..<max(1, plan.hazards / 250)).map { _ in
    Projected(random.uniform(-170e3, 130e3), random.uniform(-150e3, 300e3))
  }
  for index in 0..<plan.hazards {
    var random = SeededRandom(seed: plan.seed, stream: index + 1)
    let cluster = clusters[random.index(clusters.count)]
    let spread = random.uniform(2e3, 9e3)
    let center = Projected(
      cluster.easting + spread * random.normal(), cluster.northing + spread * random.normal())
    let ground = LocalMetres(center: LocalMetres.nis.position(center))
    let area = exp(random.uniform(log(5e3), log(2e5)))
    guard let outline = hazardShape(area: area, &random) else { continue }
    let id = "H" + padded(index, to: 6)
    try hazards.feature(ground.lattice(outline).map { .polygons([$0]) }, hazardProperties(id, &random))
    // Heavy in the tail, three on average.
    let count = min(Int(1.5 / random.uniform(0, 1).squareRoot() + random.uniform(0, 1)), 200)
    for number in 0..<max(count, 0) {
      let size = area * exp(random.uniform(log(0.02), log(0.5)))
      guard let ring = starRing(corners: 5 + random.index(36), area: size, roughness: 0.2, &random) else { continue }
      let (east, north) = (
        random.uniform(-0.45, 0.45) * area.squareRoot(), random.uniform(-0.45, 0.45) * area.squareRoot()
      )
      let corners = ring.corners.map { ground.lattice(Projected($0.easting + east, $0.northing + north)) }
      guard let released = try? Ring(corners) else { continue }
      let properties: JSONObject = ["id": .string("\(id)-\(number)")]
      switch random.index(3) {
      case 0: try cleared.feature(.polygons([Polygon(released)]), properties)
      case 1: try reduced.feature(.polygons([Polygon(released)]), properties)
      default: try cancelled.feature(.polygons([Polygon(released)]), properties)
      }
    }
  }
  _ = try hazards.finish()
  _ = try cleared.finish()
  _ = try reduced.finish()
  _ = try cancelled.finish()
  var toml = SurveyText(plan)
  for release in ["cancelled", "reduced", "cleared"] { toml.polygons(release) }
  var file = try PlainFile.open(directory + "/survey.toml")
  try file.write(toml.bytes)
}

import Formats
import Geometry
import Glibc
import Survey

/// What `survey.toml` has to say about one hazard's clearance.
struct SimulatedActivity {
  var id: String
  var start: CivilDate
  var end: CivilDate
  var logs: [String]
  /// Metres.
  var sigma: Double
  var team: Int
}

func simulateCampaign(_ plan: SimulationPlan, into directory: String) throws(OutputFailed) {
  try makeDirectory(directory + "/logs")
  var hazards = GeoJSONWriter(try PlainFile.open(directory + "/hazards.geojson"))
  var cells = GeoJSONWriter(try PlainFile.open(directory + "/cells.geojson"))
  var finds = GeoJSONWriter(try PlainFile.open(directory + "/finds.geojson"))
  var toml = SurveyText(plan)
  toml.finds()
  toml.cells()
  let shares = Shares(total: plan.fixes, of: plan.hazards, seed: plan.seed)
  var places = Places(count: plan.hazards, seed: plan.seed)
  for index in 0..<plan.hazards {
    var random = SeededRandom(seed: plan.seed, stream: index + 1)
    let id = "H" + padded(index, to: 5)
    let ground = LocalMetres(center: LocalMetres.nis.position(places.next()))
    let budget = shares[index]
    // Two to three fixes to a square metre, of which a third may be left out.
    let area = max(exp(random.uniform(log(5e3), log(2e5))), Double(budget) / 1.2)
    guard let outline = hazardShape(area: area, &random) else { continue }
    try hazards.feature(ground.lattice(outline).map { .polygons([$0]) }, hazardProperties(id, &random))
    try writeCells(id, outline, on: ground, to: &cells, &random)
    let isRTK = plan.noise == .rtk || plan.noise == .mixed && !random.chance(0.2)
    guard budget > 0, var walk = Walk(outline, on: ground, isRTK: isRTK, &random) else { continue }
    let activity = try record(id, index, budget, &walk, on: ground, isRTK: isRTK, directory, &finds, &random)
    toml.clearance(activity)
  }
  _ = try hazards.finish()
  _ = try cells.finish()
  _ = try finds.finish()
  var file = try PlainFile.open(directory + "/survey.toml")
  try file.write(toml.bytes)
}

func hazardProperties(_ id: String, _ random: inout SeededRandom) -> JSONObject {
  let recorded = CivilDate(daysSinceEpoch: 17_897 + random.index(1095))  // 2019 to 2021
  return [
    "id": .string(id), "class": random.chance(0.4) ? "CHA" : "SHA", "recorded": .string("\(recorded)"),
    "required_depth_cm": 50,
  ]
}

/// Writes the logs of a hazard's clearance and the finds made in it.
private func record(
  _ id: String, _ index: Int, _ budget: Int, _ walk: inout Walk, on ground: LocalMetres, isRTK: Bool,
  _ directory: String, _ finds: inout GeoJSONWriter<PlainFile>, _ random: inout SeededRandom
) throws(OutputFailed) -> SimulatedActivity {
  let firstDay = 20_514 + index % 200  // from 2026-03-02
  let activity = "A-" + id
  var findAt: [Int] = []
  while findAt.count < 12, random.chance(0.75) { findAt.append(random.index(budget)) }
  findAt.sort()
  var logs: [String] = []
  var twins: LogTwins?
  var (openDay, written, made) = (-1, 0, 0)
  var own = SeededRandom(seed: random.next())
  try walk.record(budget, &random) { (fix, day, truth) throws(OutputFailed) in
    let date = CivilDate(daysSinceEpoch: firstDay + day)
    if day != openDay {
      if let last = twins.take() { try last.finish() }
      let name = "\(id)-\(date)"
      twins = try LogTwins.open("\(directory)/logs/\(name)", name: name, date: date, isRTK: isRTK)
      logs.append("logs/\(name).gpx")
      openDay = day
    }
    try twins?.add(fix)
    while made < findAt.count, findAt[made] == written {
      made += 1
      try finds.feature(
        .points([ground.position(truth)]),
        [
          "id": .string("\(id)-F\(made)"), "found": .string("\(date)"),
          "type": .string(findTypes[own.index(findTypes.count)]),
          "depth_cm": .int(own.index(51)), "activity": .string(activity), "sigma_m": .number(isRTK ? 0.02 : 1.5),
        ])
    }
    written += 1
  }
  if let last = twins.take() { try last.finish() }
  return SimulatedActivity(
    id: activity, start: CivilDate(daysSinceEpoch: firstDay), end: CivilDate(daysSinceEpoch: firstDay + walk.day),
    logs: logs, sigma: isRTK ? 0.02 : 1.5, team: 1 + index % 6)
}

private let findTypes = ["BLU-97", "M77", "PMA-2", "PMR-3", "TM-62", "mortar 82 mm", "fragment"]

/// The boxes of a grid over a hazard; their statuses progress across it.
private func writeCells(
  _ id: String, _ outline: Polygon<Projected>, on ground: LocalMetres, to cells: inout GeoJSONWriter<PlainFile>,
  _ random: inout SeededRandom
) throws(OutputFailed) {
  let side = [10.0, 25, 25, 50][random.index(4)]
  let bearing = random.uniform(0, 2 * .pi)
  let box = outline.box
  let reach = max(box.width, box.height)
  let steps = (0..<4).map { _ in random.uniform(-0.5, 0.5) }.sorted()
  let statuses: [JSONValue] = ["cancelled", "reduced", "cleared", "in_progress", "not_started"]
  for column in Int((box.minX / side).rounded(.down))..<Int((box.maxX / side).rounded(.up)) {
    for row in Int((box.minY / side).rounded(.down))..<Int((box.maxY / side).rounded(.up)) {
      let (west, south) = (Double(column) * side, Double(row) * side)
      let corners = [(0.0, 0.0), (side, 0), (side, side), (0, side)].map { Projected(west + $0.0, south + $0.1) }
      let center = Projected(west + side / 2, south + side / 2)
      guard corners.contains(where: outline.contains) || outline.contains(center) else { continue }
      let progress = (center.easting * cos(bearing) + center.northing * sin(bearing)) / reach + 0.04 * random.normal()
      guard let ring = try? Ring(corners.map(ground.lattice)) else { continue }
      try cells.feature(
        .polygons([Polygon(ring)]),
        [
          "id": .string("\(id)/\(column)/\(row)"), "size_m": .int(Int(side)),
          "status": statuses[steps.count { $0 < progress }],
        ])
    }
  }
}

/// How many fixes each hazard gets: half to one and a half times the mean, exactly the total together.
struct Shares {
  private var ends: [Int] = []

  init(total: Int, of count: Int, seed: UInt64) {
    var random = SeededRandom(seed: seed, stream: -1)
    var sums: [Double] = []
    for _ in 0..<count { sums.append((sums.last ?? 0) + random.uniform(0.5, 1.5)) }
    ends = sums.map { Int(($0 / (sums.last ?? 1) * Double(total)).rounded()) }
  }

  subscript(index: Int) -> Int { ends[index] - (index > 0 ? ends[index - 1] : 0) }
}

/// Where hazards lie, in metres from the origin: a loose grid a kilometre wide, one in seven moved onto the one before.
struct Places {
  private let side: Int
  private var index = 0
  private var last = Projected(0, 0)
  private var random: SeededRandom

  init(count: Int, seed: UInt64) {
    side = max(1, Int(Double(count).squareRoot().rounded(.up)))
    random = SeededRandom(seed: seed, stream: -2)
  }

  mutating func next() -> Projected {
    let (column, row) = (index % side, index / side)
    func at(_ place: Int) -> Double { (Double(place) - Double(side) / 2 + random.uniform(-0.2, 0.2)) * 1000 }
    let free = Projected(at(column), at(row))
    let moved = Projected(last.easting + random.uniform(-90, 90), last.northing + random.uniform(-90, 90))
    last = index > 0 && random.chance(0.15) ? moved : free
    index += 1
    return last
  }
}

func padded(_ number: Int, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

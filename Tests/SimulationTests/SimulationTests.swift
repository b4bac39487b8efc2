import Formats
import Geometry
import Glibc
import Simulation
import Survey
import Testing

/// A simulated survey in a directory of its own, removed afterwards.
private func withSurvey(_ plan: SimulationPlan, _ body: (String) throws -> Void) throws {
  let path = "/tmp/simulation-tests-\(getpid())-\(UInt32.random(in: 0 ... .max))"
  defer {
    for directory in [path + "/logs", path] {
      for name in names(directory) { unlink(directory + "/" + name) }
      rmdir(directory)
    }
  }
  try simulate(plan, into: path)
  try body(path)
}

private func names(_ path: String) -> [String] {
  guard let directory = opendir(path) else { return [] }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    if name != ".", name != ".." { names.append(name) }
  }
  return names.sorted()
}

private func digests(_ path: String) throws -> [String] {
  try ["", "/logs"].flatMap { part in
    try names(path + part).filter { $0 != "logs" }.map { name in
      "\(name) \(try ByteSource(path: "\(path)\(part)/\(name)").finish().sha256)"
    }
  }
}

private func text(_ path: String) throws -> String {
  var input = try ByteSource(path: path)
  var bytes: [UInt8] = []
  while let block = try input.next() { bytes += block }
  return String(decoding: bytes, as: UTF8.self)
}

private func features(_ path: String) throws -> [GeoFeature] {
  var input = try ByteSource(path: path)
  var features: [GeoFeature] = []
  try GeoJSON.readFeatures(&input, feature: { features.append($0) }, problem: { Issue.record("\($0)") })
  return features
}

private func log(_ path: String) throws -> FieldLog {
  var log = FieldLog()
  _ = try LogReader.read(path, into: &log)
  return log
}

@Suite struct SimulationTests {
  @Test(arguments: [false, true]) func `the same seed gives the same bytes`(national: Bool) throws {
    func once(_ seed: UInt64) throws -> [String] {
      var found: [String] = []
      try withSurvey(SimulationPlan(hazards: 4, fixes: 3000, seed: seed, national: national)) {
        found = try digests($0)
      }
      return found
    }
    let first = try once(7)
    #expect(first.count == (national ? 5 : 4 + 4 * 3))
    #expect(try once(7) == first)
    #expect(try once(8) != first)
  }

  @Test(arguments: SimulationPlan.Noise.allCases)
  func `the three logs hold the same fixes, as many as asked for`(noise: SimulationPlan.Noise) throws {
    try withSurvey(SimulationPlan(hazards: 3, fixes: 4321, seed: 3, noise: noise)) { path in
      var total = 0
      for name in names(path + "/logs") where name.hasSuffix(".gpx") {
        let stem = path + "/logs/" + name.dropLast(4)
        let logs = try ["gpx", "nmea", "csv"].map { try log("\(stem).\($0)") }
        #expect(logs.allSatisfy { $0.problems.isEmpty }, "\(logs.map(\.problems))")
        let points = logs.map { $0.fixes.map { LatticePoint(nearest: $0.position) } }
        #expect(points[0] == points[1] && points[0] == points[2])
        let times = logs.map { $0.fixes.map(\.time) }
        #expect(times[0] == times[1] && times[0] == times[2] && !times[0].contains(nil))
        #expect(logs[1].fixes.map(\.quality) == logs[2].fixes.map(\.quality))
        #expect(logs[0].tracks[0].segments.allSatisfy { !$0.isEmpty })
        total += points[0].count
      }
      #expect(total == 4321)
    }
  }

  @Test func `lanes stand apart by longer than a gap that counts as walked`() throws {
    try withSurvey(SimulationPlan(hazards: 1, fixes: 4000, seed: 5, noise: .rtk)) { path in
      let name = try #require(names(path + "/logs").first { $0.hasSuffix(".gpx") })
      let segments = try log("\(path)/logs/\(name)").tracks[0].segments
      #expect(segments.count > 5)
      for (one, next) in zip(segments, segments.dropFirst()) {
        let (end, start) = (try #require(one.last?.time), try #require(next.first?.time))
        #expect(start.seconds(since: end) > TrackRules().maxGapSeconds)
      }
    }
  }

  @Test func `a campaign's files are as the survey says`() throws {
    try withSurvey(SimulationPlan(hazards: 12, fixes: 6000, seed: 20_260_401)) { path in
      let hazards = try features(path + "/hazards.geojson")
      #expect(hazards.count == 12)
      #expect(hazards.contains { $0.geometry?.polygons.first?.holes.isEmpty == false })
      #expect(Set(hazards.compactMap { $0.properties["class"]?.text }) == ["SHA", "CHA"])
      #expect(hazards.allSatisfy { CivilDate($0.properties["recorded"]?.text ?? "").map { $0.year < 2022 } == true })
      let statuses = Set(try features(path + "/cells.geojson").compactMap { $0.properties["status"]?.text })
      #expect(statuses.isSuperset(of: ["cancelled", "reduced", "cleared"]))

      let toml = try text(path + "/survey.toml")
      for find in try features(path + "/finds.geojson") {
        let activity = try #require(find.properties["activity"]?.text)
        let found = try #require(find.properties["found"]?.text)
        #expect(toml.contains("id = \"\(activity)\""))
        #expect(toml.contains("logs/H") && names(path + "/logs").contains { $0.contains(found) })
      }
      for name in names(path + "/logs") where name.hasSuffix(".gpx") { #expect(toml.contains("\"logs/\(name)\"")) }
    }
  }

  /// What real logs have, a simulated one has too.
  @Test func `there are outages and spikes`() throws {
    try withSurvey(SimulationPlan(hazards: 1, fixes: 20_000, seed: 1, noise: .rtk)) { path in
      var (outages, spikes) = (0, 0)
      for name in names(path + "/logs") where name.hasSuffix(".gpx") {
        for segment in try log("\(path)/logs/\(name)").tracks[0].segments {
          for (a, b) in zip(segment, segment.dropFirst()) {
            let seconds = b.time.flatMap { time in a.time.map { time.seconds(since: $0) } } ?? 0
            if seconds > 5 { outages += 1 }
            if abs(b.position.latitude - a.position.latitude) * 111_000 > 4, seconds == 1 { spikes += 1 }
          }
        }
      }
      #expect((3...25).contains(outages) && (3...40).contains(spikes), "\(outages) \(spikes)")
    }
  }

  @Test func `a national survey has about three released polygons for each hazard`() throws {
    try withSurvey(SimulationPlan(hazards: 400, fixes: 0, seed: 2, national: true)) { path in
      #expect(try features(path + "/hazards.geojson").count == 400)
      let released = try ["cleared", "reduced", "cancelled"].map { try features("\(path)/\($0).geojson").count }
      #expect((800...1800).contains(released.reduce(0, +)), "\(released)")
      #expect(names(path + "/logs").isEmpty)
    }
  }

  @Test func `a directory that cannot be made is told`() {
    #expect(throws: OutputFailed.self) {
      try simulate(SimulationPlan(hazards: 1, fixes: 10, seed: 1), into: "/proc/nowhere")
    }
  }
}

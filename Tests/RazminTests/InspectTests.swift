import Foundation
import Testing

private let formats: Set<String> = [
  "gpx", "nmea", "csv", "pos", "fit", "ubx", "kml", "kmz", "tcx", "zip", "json", "geojson",
]

private var logs: [String] {
  (FileManager.default.enumerator(atPath: samples)?.compactMap { $0 as? String } ?? [])
    .filter { path in formats.contains(String(path.split(separator: ".").last ?? "")) }.sorted()
}

@Test func `of every sample the records add up, and what is set aside is told`() throws {
  var (counted, kinds) = (0, Set<String>())
  for log in logs {
    let run = try razmin("inspect", "--json", log, in: samples)
    guard run.status == 0 || run.status == 2 else { continue }
    // One line for each log of an archive.
    for line in run.text.split(separator: "\n") {
      let said = try json(Data(line.utf8))
      // Nothing but areas.
      guard said["records"] != nil || said["format"] as? String != "GeoJSON" else { continue }
      let records = try #require(said["records"] as? JSON, "\(log)")
      let aside = try #require(records["set_aside"] as? [String: Int])
      let seen = try #require(records["seen"] as? Int)
      let used = try #require(records["used"] as? Int)
      let other = try #require(records["other"] as? Int)
      #expect(seen == used + other + aside.values.reduce(0, +), "\(log)")
      let told = Set((said["problems"] as? [JSON] ?? []).compactMap { $0["code"] as? String })
      #expect(Set(aside.keys).isSubset(of: told), "\(log)")
      counted += 1
      kinds.insert(said["format"] as? String ?? "")
    }
  }
  #expect(kinds.count >= 11, "\(kinds.sorted())")
  #expect(counted >= 25, "\(logs.count) logs among the samples")
}

@Test func `a picture is drawn where it is asked for, and not into a pipe by itself`() throws {
  let log = "broken/rtklib-quality/log.pos"
  let drawn = try razmin("inspect", "--picture", log, in: samples).text
  let rows = drawn.split(separator: "\n").filter { $0.unicodeScalars.contains { (0x2801...0x28ff).contains($0.value) } }
  // A lane to the north is a column as high as the picture.
  #expect(rows.count == 12 && rows.allSatisfy { $0.count <= 42 })
  #expect(
    !(try razmin("inspect", log, in: samples).text).unicodeScalars.contains { (0x2800...0x28ff).contains($0.value) })
}

/// A log, and what would not be claimed of it, with how many of each.
private let unclaimed: [(log: String, reasons: [String: Int])] = [
  ("nis-apron/logs/2026-05-05.gpx", ["spike": 1, "waypoints": 1]),
  ("nis-apron/logs/2026-05-06-morning.nmea", ["gapTime": 1]),
  ("receivers/logs/2026-06-02-rover.nmea", [:]),
  ("receivers/logs/2026-06-06-survey123.csv", ["waypoints": 3]),
  ("receivers/logs/2026-06-08-form.csv", ["gapDistance": 6, "waypoints": 1]),
  ("broken/rtklib-quality/log.pos", ["notMeasured": 1, "setAside": 3]),
]

@Test(arguments: unclaimed)
func `what no ground would be claimed from is said with its reason`(log: String, reasons: [String: Int]) throws {
  let said = try json(try razmin("inspect", "--json", log, in: samples).output)
  let listed = try #require(said["would_not_claim"] as? [JSON], "\(log)")
  let pairs = listed.map { ($0["reason"] as? String ?? "", $0["count"] as? Int ?? 0) }
  #expect(Dictionary(uniqueKeysWithValues: pairs) == reasons, "\(log)")
  // Every fix and every step is claimed, or stands among the reasons, or hangs on one that does.
  let text = try razmin("inspect", log, in: samples).text
  #expect(text.contains("would not claim") == !reasons.isEmpty && text.contains("would claim"))
}

@Test func `a GeoJSON log is looked at as a log, and as features`() throws {
  let scratch = try Scratch()
  let written = "\(scratch.path)/track.geojson"
  #expect(
    try razmin("import", "--points", "receivers/logs/2026-06-02-rover.nmea", "-o", written, in: samples).status == 0)
  let said = try json(try razmin("inspect", "--json", written).output)
  #expect(said["features"] as? Int == 104 && said["fixes"] as? Int == 104)
  #expect((said["fixes_by_quality"] as? [String: Int])?["rtk-fixed"] == 104)
  #expect(said["time_start"] as? String == "2026-06-02T07:00:00Z" && said["sigma_max_m"] as? Double == 0.014)
  #expect((said["records"] as? JSON)?["used"] as? Int == 104)
}

@Test func `every log of the sample with a log of every kind is used`() throws {
  let run = try razmin("remaining", "receivers", in: samples)
  let stamp = try #require(try json(run.output)["razmin"] as? JSON)
  let inputs = (stamp["inputs"] as? [JSON] ?? []).compactMap { $0["path"] as? String }
  let files = try FileManager.default.contentsOfDirectory(atPath: "\(samples)/receivers/logs").map { "logs/\($0)" }
  #expect(files.count == 9)
  for file in files { #expect(inputs.contains { $0 == file || $0.hasPrefix(file + "/") }, "\(file)") }
  let formats = try inspectedFormats("receivers/logs/*")
  #expect(formats == ["FIT", "GPX 1.1", "KML", "NMEA 0183", "ODK CSV", "RTKLIB", "Survey123 CSV", "TCX"])
}

private func inspectedFormats(_ logs: String) throws -> Set<String> {
  let run = try shell("\"$RAZMIN\" inspect --json \(logs)", in: samples)
  return Set(try run.text.split(separator: "\n").compactMap { try json(Data($0.utf8))["format"] as? String })
}

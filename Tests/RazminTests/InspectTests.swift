import Foundation
import Testing

private let formats: Set<String> = ["gpx", "nmea", "csv", "pos", "fit", "ubx"]

private var logs: [String] {
  (FileManager.default.enumerator(atPath: samples)?.compactMap { $0 as? String } ?? [])
    .filter { path in formats.contains(String(path.split(separator: ".").last ?? "")) }.sorted()
}

@Test func `of every sample the records add up, and what is set aside is told`() throws {
  var counted = 0
  for log in logs {
    let run = try razmin("inspect", "--json", log, in: samples)
    guard run.status == 0 || run.status == 2 else { continue }
    let said = try json(run.output)
    // The readers that do not count records yet.
    if ["KML", "TCX", "ODK CSV", "ODK JSON", "Survey123 CSV"].contains(where: { said["format"] as? String == $0 }) {
      continue
    }
    let records = try #require(said["records"] as? JSON, "\(log)")
    let aside = try #require(records["set_aside"] as? [String: Int])
    let seen = try #require(records["seen"] as? Int)
    let used = try #require(records["used"] as? Int)
    let other = try #require(records["other"] as? Int)
    #expect(seen == used + other + aside.values.reduce(0, +), "\(log)")
    let told = Set((said["problems"] as? [JSON] ?? []).compactMap { $0["code"] as? String })
    #expect(Set(aside.keys).isSubset(of: told), "\(log)")
    counted += 1
  }
  #expect(counted >= 10, "\(logs.count) logs among the samples")
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

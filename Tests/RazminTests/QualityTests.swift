import Foundation
import Testing

private let gaps = "sample-surveys/gaps-and-overlaps"

@Test func `holes go out as features, with the sums beside them`() throws {
  let run = try razmin("quality", gaps, "--width", "1.0", "--format", "geojson")
  #expect(run.status == 1)
  let holes = try parsed(run)
  #expect(holes.count == 2)
  for (hole, (width, beside)) in zip(holes, [(1.7, ["G-003"]), (1.2, ["G-002", "G-003"])]) {
    #expect(hole.properties["layer"] as? String == "hole" && hole.properties["hazard_id"] as? String == "G-CHA-1")
    #expect(hole.properties["activity_ids"] as? [String] == beside)
    #expect(abs((hole.properties["width_m"] as? Double ?? 0) - width) < 0.05)
  }
  let account = try #require(try json(run.output)["razmin"] as? JSON)
  #expect(account["width_m"] as? Double == 1)
  let quality = try #require(account["quality"] as? JSON)
  // What is no hole is there too.
  let rest = try #require(quality["not_enclosed"] as? JSON)
  #expect((rest["places"] as? Int ?? 0) > 0 && (rest["widest_m"] as? Double ?? 0) > 1)
  let sums = try [quality["narrower"], rest].map { try #require(($0 as? JSON)?["area_m2"] as? Double) }
  let remains = try #require(((account["ledger"] as? JSON)?["nominal"] as? JSON)?["remaining_m2"] as? Double)
  let open = holes.reduce(sums.reduce(0, +)) { $0 + ($1.properties["area_m2"] as? Double ?? 0) }
  #expect(abs(open - remains) < 0.1, "\(open) of \(remains)")
  let page = try razmin("quality", gaps, "--width", "1.0").text
  #expect(page.contains("\n  not enclosed: ") && page.contains(" m wide: all else that remains"))
  // Row for row what the ledger says of the same activities.
  let ledger = try json(try razmin("ledger", gaps, "--format", "json").output)
  #expect(
    try #require(quality["activities"] as? NSArray) == #require(ledger["activities"] as? NSArray))
}

@Test(arguments: [
  (1, "quality gaps-and-overlaps --width 1.0"), (1, "quality gaps-and-overlaps --width 3"),
  (0, "quality gaps-and-overlaps --width 3 --as-of 2026-06-02"), (1, "quality nis-apron --width 1.0 --format json"),
  (64, "quality nis-apron"), (64, "quality nis-apron --width 0"), (64, "quality nis-apron --width nan"),
  (2, "quality broken/missing-file --width 1"), (66, "quality nowhere --width 1"),
  (74, "quality gaps-and-overlaps --width 1 -o /dev/full"),
  (0, "sample nis-apron --box 5 --fraction 0.2 --seed 1"), (64, "sample nis-apron --box 5 --fraction 0.2"),
  (64, "sample nis-apron --box 5 --fraction 0 --seed 1"), (64, "sample nis-apron --box 5 --fraction 1.1 --seed 1"),
  (64, "sample nis-apron --box 5 --fraction 0.1 --seed 1 --detection 0.9"),
  (64, "sample nis-apron --box 5 --fraction 0.1 --seed 1 --detection 1.9 --residual 1"),
  (64, "sample nis-apron --box 5 --fraction 0.1 --seed 1 --activity A-009"),
  (66, "sample nis-apron --box 5 --fraction 0.1 --seed 1 --hazard NONE"),
  (64, "sample nis-apron --box 5 --fraction 0.1 --seed 1 --activity A-001 --hazard NIS-CHA-1"),
  (1, "sample nis-apron --box 5 --fraction 0.1 --seed 1 --as-of 2026-05-04"),
])
func `quality and sample end with the status of the contract`(status: Int, line: String) throws {
  let run = try shell("\"$RAZMIN\" \(line)", in: samples)
  #expect(run.status == Int32(status), "\(run.errors)")
  if status >= 64 { #expect(run.output.isEmpty && !run.errors.isEmpty) }
}

@Test(arguments: ["quality --width 0.3", "sample --box 3 --fraction 0.2 --seed 4"])
func `threads change no byte of quality and sample`(line: String) throws {
  let parts = line.split(separator: " ", maxSplits: 1)
  for format in ["text", "json", "geojson"] {
    let runs = try [1, 4].map {
      try shell("\"$RAZMIN\" \(parts[0]) nis-apron \(parts[1]) --format \(format) --jobs \($0)", in: samples)
    }
    #expect(runs[0].output == runs[1].output && !runs[0].output.isEmpty)
  }
}

@Test func `a sample of one activity lies in its ground`() throws {
  let draw = { (more: String) in
    try parsed(
      shell(
        "\"$RAZMIN\" sample gaps-and-overlaps --box 2 --fraction 1 --seed 1 --format geojson \(more)", in: samples))
  }
  let (all, own) = (try draw(""), try draw("--activity G-001"))
  let area = { (boxes: [(properties: JSON, geometry: JSON?)]) in
    boxes.reduce(0) { $0 + ($1.properties["grid_area_m2"] as? Double ?? 0) }
  }
  #expect(abs(area(all) - 564.1) < 0.1)
  #expect(abs(area(own) - 190.9) < 0.2)
  #expect(own.count < all.count)
  #expect(all.allSatisfy { ($0.properties["easting"] as? Double ?? 1).remainder(dividingBy: 2) == 0 })
}

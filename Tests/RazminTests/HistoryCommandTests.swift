import Foundation
import Testing

@Suite struct HistoryCommandTests {
  @Test func `the head of every output is the history's last hash`() throws {
    let survey = "sample-surveys/two-returns"
    let lines = try razmin("history", survey, "--json").text.split(separator: "\n")
    let events = try lines.map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
    let head = try #require(events.last?["hash"] as? String)
    #expect(head.count == 64 && events.compactMap { $0["event"] as? Int } == Array(1...12))
    let (period, place) = (["--from", "2021-01-01", "--to", "2021-12-31"], "43.7001N 21.5001E")
    for command in [
      ["remaining"], ["remaining", "--format", "kml"], ["remaining", "--format", "gpx"], ["ledger"],
      ["ledger", "--format", "json"], ["ledger"] + period, ["ledger", "--format", "json"] + period, ["fadeout"],
      ["why", place], ["why", place, "--json"], ["diff", "2020-12-31", "2021-12-31"], ["history", "--json"],
      ["boxes", "--box", "50"], ["lanes", "--hazard", "R-1", "--heading", "0", "--width", "10"], ["strikes"],
      ["check", "sample-surveys/two-returns/hazards.geojson", "--distance", "10"],
    ]
      + ["text", "json", "geojson"].flatMap({ format in
        [
          ["quality", "--width", "1", "--format", format],
          ["sample", "--box", "10", "--fraction", "0.1", "--seed", "1", "--format", format],
        ]
      })
    {
      let run = try razmin(arguments: [command[0], survey] + command.dropFirst())
      #expect(run.text.contains(head), "\(command) \(run.errors)")
    }
    // These have no place for it, and the summary beside them has it.
    for command in [
      ["ledger", "--format", "csv"], ["ledger", "--format", "article7"], ["ledger", "--format", "csv"] + period,
      ["validate"], ["validate", "--json"], ["history"],
    ] + ["csv", "sheet", "geojsonseq"].map({ ["remaining", "--format", $0] }) {
      let run = try razmin(arguments: [command[0], survey] + command.dropFirst())
      #expect(run.lines.contains("razmin: history: 12 events, head \(head)"), "\(command) \(run.errors)")
    }
    let scratch = try Scratch()
    let package = scratch.path + "/remaining.gpkg"
    #expect(try razmin("remaining", survey, "--format", "gpkg", "-o", package).status == 0)
    let written = try #require(FileManager.default.contents(atPath: package))
    #expect(written.range(of: Data(head.utf8)) != nil)
    let cmrs = try razmin("cmrs", "sample-surveys/village-strike")
    #expect(cmrs.text.contains("\"history\":{\"events\":"), "\(cmrs.errors)")
    let store = try razmin("import", survey, "--into", scratch.path + "/s.gpkg")
    #expect(store.lines.contains("razmin: history: 12 events, head \(head)"), "\(store.errors)")
  }

  /// No command that takes a survey is left out above.
  @Test func `every command that takes a survey is among those that say its head`() throws {
    let commands = try String(contentsOfFile: repository + "/docs/commands.md", encoding: .utf8)
      .components(separatedBy: "\n## razmin ").dropFirst()
    let taking = commands.filter { $0.contains("A survey folder") }.compactMap { $0.split(separator: "\n").first }
    #expect(
      taking.map(String.init).sorted() == [
        "boxes", "check", "cmrs", "diff", "fadeout", "history", "lanes", "ledger", "quality", "remaining", "sample",
        "strikes", "validate", "why",
      ])
  }

  @Test func `the history as of a day has what is about that day and before, with the hashes of the whole`() throws {
    let survey = "sample-surveys/two-returns"
    let (all, some) = (
      try razmin("history", survey, "--json"), try razmin("history", survey, "--json", "--as-of", "2020-09-18")
    )
    let lines = all.text.split(separator: "\n")
    // The survey itself has no day; R-103 and what followed it are later.
    #expect(some.text.split(separator: "\n") == Array(lines.prefix(5)) && lines.count == 12)
    #expect(some.errors == all.errors && some.status == 0)
    #expect(try razmin("diff", "--help").text.contains("--as-of") == false)
  }

  @Test func `an earlier head is found, another is not`() throws {
    let survey = "sample-surveys/two-returns"
    let all = try razmin("history", survey, "--json").text.split(separator: "\n")
    let sixth = try #require(try JSONSerialization.jsonObject(with: Data(all[5].utf8)) as? [String: Any])
    let since = try razmin("history", survey, "--json", "--since", try #require(sixth["hash"] as? String))
    #expect(since.status == 0 && since.text.split(separator: "\n") == Array(all[6...]))
    let unknown = try razmin("history", survey, "--since", String(repeating: "a", count: 64))
    #expect(unknown.status == 1 && unknown.text.isEmpty)
  }

  @Test(arguments: [
    ["diff", "sample-surveys/two-returns", "2021-12-31", "2020-12-31"],
    ["diff", "sample-surveys/two-returns", "2020-12-31", "2021-12-31", "--as-of", "2021-12-31"],
    ["ledger", "sample-surveys/two-returns", "--from", "2021-01-01"],
    ["ledger", "sample-surveys/two-returns", "--from", "2021-01-01", "--to", "2020-01-01"],
    ["ledger", "sample-surveys/two-returns", "--from", "2021-01-01", "--to", "2022-01-01", "--as-of", "2022-01-01"],
    ["ledger", "sample-surveys/two-returns", "--from", "2021-01-01", "--to", "2022-01-01", "--format", "article7"],
  ]) func `days that make no sense are a mistake of usage`(command: [String]) throws {
    #expect(try razmin(arguments: command).status == 64)
  }

  @Test func `a return as data adds up in every row`() throws {
    let run = try razmin(
      "ledger", "sample-surveys/two-returns", "--from", "2020-01-01", "--to", "2022-12-31", "--format", "csv")
    let rows = run.text.split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let names = try #require(rows.first).map(String.init)
    var checked = 0
    for row in rows.dropFirst() where row[0] != "organisation" {
      let value = { (name: String) in names.firstIndex(of: name).flatMap { Double(row[$0]) } ?? 0 }
      let released = ["cancelled_m2", "reduced_searched_m2", "reduced_inferred_m2", "cleared_m2"].reduce(0) {
        $0 + value($1)
      }
      let sum =
        value("opening_m2") + value("new_m2") + value("reopened_m2") + value("moved_in_m2") - value("moved_out_m2")
        - released
      #expect(abs(sum - value("closing_m2")) < 0.001, "\(row)")
      checked += 1
    }
    #expect(checked > 10 && run.status == 0)
  }
}

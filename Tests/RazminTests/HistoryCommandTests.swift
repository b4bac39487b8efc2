import Foundation
import Testing

@Suite struct HistoryCommandTests {
  @Test func `the head of every output is the history's last hash`() throws {
    let survey = "sample-surveys/two-returns"
    let lines = try razmin("history", survey, "--json").text.split(separator: "\n")
    let events = try lines.map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
    let head = try #require(events.last?["hash"] as? String)
    #expect(head.count == 64 && events.compactMap { $0["event"] as? Int } == Array(1...12))
    for command in [
      ["remaining", survey], ["ledger", survey], ["ledger", survey, "--format", "json"],
      ["ledger", survey, "--from", "2021-01-01", "--to", "2021-12-31"], ["fadeout", survey],
      ["why", survey, "43.7001N 21.5001E"], ["why", survey, "43.7001N 21.5001E", "--json"],
      ["diff", survey, "2020-12-31", "2021-12-31"],
    ] {
      #expect(try razmin(arguments: command).text.contains(head), "\(command)")
    }
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

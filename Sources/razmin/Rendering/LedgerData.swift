import Formats
import LandRelease
import Survey

extension Ledger {
  /// Rows of the account as JSON members.
  var hazardRecords: [JSONObject] {
    hazards.map { row in
      [
        "hazard_id": .string(row.id), "hazard_class": .string(row.hazardClass.rawValue),
        "recorded": .string("\(row.recorded)"), "gross_m2": .fixed(row.gross, decimals: 4),
        "ceded_m2": .fixed(row.ceded, decimals: 4), "net_m2": .fixed(row.net, decimals: 4),
        "remaining_m2": .fixed(row.nominal.remaining, decimals: 4),
        "cleared_m2": .fixed(row.nominal.cleared, decimals: 4),
        "reduced_searched_m2": .fixed(row.nominal.searched, decimals: 4),
        "reduced_inferred_m2": .fixed(row.nominal.inferred, decimals: 4),
        "cancelled_m2": .fixed(row.nominal.cancelled, decimals: 4),
        "assured_remaining_m2": .fixed(row.assured.remaining, decimals: 4),
        "assured_cleared_m2": .fixed(row.assured.cleared, decimals: 4),
        "assured_reduced_m2": .fixed(row.assured.reduced, decimals: 4),
        "assured_cancelled_m2": .fixed(row.assured.cancelled, decimals: 4),
        "reported_m2": row.reported.map { .number($0) } ?? .null,
        "gross_sigma_m2": row.grossSigma.map { .fixed($0, decimals: 2) } ?? .null,
      ]
    }
  }

  var activityRecords: [JSONObject] { activities.map(\.record) }

  /// The hazards' rows as comma-separated values (RFC 4180), totals last.
  var csv: String {
    guard let names = hazardRecords.first?.members.map(\.name) else { return "" }
    var lines = [names.joined(separator: ",")]
    lines += hazardRecords.map { record in record.members.map { csvCell($0.value) }.joined(separator: ",") }
    let sums = names.enumerated().map { index, name in
      guard name.hasSuffix("_m2"), name != "reported_m2", name != "gross_sigma_m2" else {
        return index == 0 ? "total" : ""
      }
      let sum = hazardRecords.reduce(0.0) { $0 + ($1[name]?.double ?? 0) }
      return csvCell(.fixed(sum, decimals: 4))
    }
    lines.append(sums.joined(separator: ","))
    return lines.map { $0 + "\r\n" }.joined()
  }

}

extension Ledger.ActivityRow {
  var record: JSONObject {
    [
      "activity_id": .string(id), "kind": .string(kind.rawValue), "claims": .string(claims.rawValue),
      "end": .string("\(end)"), "team": team.map { .string($0) } ?? .null,
      "processed_m2": .fixed(processed, decimals: 4), "released_m2": .fixed(released, decimals: 4),
      "reprocessed_m2": .fixed(reprocessed, decimals: 4), "reopened_m2": .fixed(reopened, decimals: 4),
      "ineffective_m2": .fixed(ineffective, decimals: 4), "outside_m2": .fixed(outside, decimals: 4),
      "reported_m2": reported.map { .number($0) } ?? .null,
    ]
  }
}

extension AreaTable {
  /// The columns of the report itself.
  var csv: String {
    let header = [
      "Municipality", "Village", "Number of areas known", "Number of areas suspected", "Total number",
      "Amount known (m²)", "Amount suspected (m²)", "Total amount (m²)",
    ]
    let lines = rows.map { line($0, [$0.municipality ?? "", $0.village ?? ""]) } + [line(total, ["Total", ""])]
    return ([header.map { csvCell(.string($0)) }.joined(separator: ",")] + lines).map { $0 + "\r\n" }.joined()
  }

  private func line(_ row: Row, _ names: [String]) -> String {
    let numbers = [row.known, row.suspected, row.areas, row.knownArea, row.suspectedArea, row.area]
    return (names.map { csvCell(.string($0)) } + numbers.map(String.init)).joined(separator: ",")
  }
}

/// A field of comma-separated values (RFC 4180).
func csvCell(_ value: JSONValue) -> String {
  if case .null = value { return "" }
  if let text = value.text {
    return text.contains { ",\"\r\n".contains($0) }
      ? "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" : text
  }
  return value.written
}

internal import Formats
internal import Ordnance
internal import Survey

/// `[grid]`, with its legend, whose categories are those of the catalogue or of a find.
func loadBoxes(
  _ section: Section, _ files: FeatureFiles, _ catalogue: OrdnanceCatalogue, _ finds: [Find]
) -> BoxGrid? {
  section.check(known: ["box_m", "legend", "searched_percent"])
  section.requireKey("box_m", "give the size of a box in metres")
  let legend = section.table["legend"] == nil ? nil : loadLegend(section, files, catalogue, finds)
  let percent = section.number("searched_percent", positive: true)
  if let percent, percent > 100 {
    section.report.add(
      "survey.value", .error, at: section.place("searched_percent"), "`searched_percent` is \(percent)",
      advice: "give a number over 0 and up to 100")
    return nil
  }
  return section.number("box_m", positive: true).map {
    BoxGrid(box: $0, legend: legend, searchedPercent: percent)
  }
}

private func loadLegend(
  _ section: Section, _ files: FeatureFiles, _ catalogue: OrdnanceCatalogue, _ finds: [Find]
) -> Legend? {
  let columns = ["status", "meaning", "colour", "finds", "min_percent"]
  guard let table = WholeTable(section, "legend", columns: columns, code: "grid.legend", files) else { return nil }
  let before = section.report.errors
  var rows: [Legend.Row] = []
  let known = catalogue.categories + Set(finds.compactMap(\.category)).sorted()
  let keys = Set(known.map(OrdnanceCategory.key))
  for row in table.rows {
    let percent = table.number("min_percent", row, in: 0...100)
    if percent == 0 {
      table.error(row.line, "`min_percent` is 0, which every box has", "give a number over 0, or leave the field empty")
    }
    let needed = row["finds"].map { findsNeeded($0, catalogue) }
    if case .categories(let words)? = needed {
      if words.isEmpty { table.error(row.line, "`finds` names no category", "name one, or leave the field empty") }
      // No find would have it, and its box would come to have the status of a later row.
      for word in words.sorted() where !keys.contains(OrdnanceCategory.key(word)) {
        let near = nearest(to: word, among: known)
        table.error(
          row.line, "\"\(word.prefix(64))\" is no category of the catalogue, and no find has it",
          (near.map { "did you mean \"\($0)\"? " } ?? "")
            + "part categories by \";\"; razmin ordnance lists them, and [survey] ordnance adds to them",
          code: "grid.legend-category")
      }
    }
    guard let status = table.text("status", row), let meaning = table.text("meaning", row),
      let colour = table.text("colour", row)
    else { continue }
    if rows.contains(where: { $0.status == status }) {
      table.error(row.line, "the status \"\(status.prefix(64))\" stands there before", "give each status one row")
    }
    if !isColour(colour) {
      table.error(row.line, "`colour` is \"\(colour.prefix(64))\"", "write it as #RRGGBB, such as #FF0000")
    }
    rows.append(
      Legend.Row(
        status: status, meaning: meaning, colour: colour, finds: needed, leastPercent: percent))
  }
  if rows.isEmpty { table.error(0, "the legend has no row", "give each status a row") }
  return section.report.errors == before ? Legend(rows) : nil
}

private func findsNeeded(_ text: String, _ catalogue: OrdnanceCatalogue) -> Legend.FindsNeeded {
  let words = text.split { $0 == ";" || $0 == "," }
    .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.filter { !$0.isEmpty }
  return words.contains("*") ? .any : .categories(Set(words.map { catalogue.category($0) ?? $0 }))
}

private func isColour(_ text: String) -> Bool {
  text.utf8.count == 7 && text.first == "#" && text.dropFirst().allSatisfy(\.isHexDigit)
}

internal import Survey

/// `[[class_changes]]`: a hazard that became confirmed, or suspected again, on a day. The class in the file of hazards is
/// the one with which it was recorded.
func loadClassChanges(_ sections: [Section], of hazards: inout [Hazard], _ report: Report) {
  for section in sections {
    section.check(known: ["hazard", "date", "class", "organisation", "role", "note"])
    section.requireKey("hazard", "give the id of the hazard")
    section.requireKey("date", "give the day from which the class holds, such as 2019-06-01")
    section.requireKey("class", "say SHA or CHA")
    guard let id = section.string("hazard"), let date = section.date("date"),
      let hazardClass = section.choice("class", HazardClass.allCases.map { ($0.rawValue, $0) })
    else { continue }
    guard let index = hazards.firstIndex(where: { $0.id == id }) else {
      report.add(
        "class.unknown-hazard", .error, at: section.place("hazard"),
        "there is no hazard \(id.prefix(64)) whose class could change", advice: "correct the id, or record the hazard")
      continue
    }
    var change = ClassChange(hazardClass, on: date, place: section.place)
    (change.organisation, change.role) = (section.string("organisation"), section.string("role"))
    change.note = section.string("note")
    guard let fault = fault(of: change, in: hazards[index]) else {
      hazards[index].classChanges.append(change)
      hazards[index].classChanges.sort { $0.date < $1.date }
      continue
    }
    report.add(
      "class.date", .error, at: section.place("date"), "hazard \(id.prefix(64)) \(fault)",
      advice: "the change is left out: correct its date, or take it out")
  }
  for hazard in hazards { checkOrder(hazard, report) }
}

private func fault(of change: ClassChange, in hazard: Hazard) -> String? {
  if change.date < hazard.recorded { return "changed its class on \(change.date), before it was recorded" }
  let same = hazard.classChanges.first { $0.date == change.date }
  return same.map { "changes its class twice on \(change.date), also at \($0.place)" }
}

private func checkOrder(_ hazard: Hazard, _ report: Report) {
  var before = hazard.recordedClass
  for change in hazard.classChanges {
    if change.hazardClass == before {
      report.add(
        "class.same", .warning, at: change.place,
        "hazard \(hazard.id.prefix(64)) was \(before.rawValue) before it became so on \(change.date)",
        advice: "the file of hazards gives the class as it was recorded: see whether it was brought up to date there")
    }
    before = change.hazardClass
  }
}

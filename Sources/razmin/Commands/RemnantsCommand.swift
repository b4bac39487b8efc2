import ArgumentParser
import Formats
import LandRelease
import Survey

struct RemnantsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cmrs",
    abstract: "Survey cluster munition remnants: from evidence outwards over boxes, and the CHA that follows.",
    discussion: """
      Emits the evidence (layer cmrs-evidence), every box that comes within fadeout_m and k sigma of it (cmrs-box: found, \
      searched or next), and for each footprint the confirmed hazardous area that is proposed (cha-proposed). Ends with 1 \
      while the edge of a footprint is not reached. Needs fadeout_m under [survey], box_m and searched_percent under \
      [grid]; none is assumed (docs/grid.md).
      Example: razmin cmrs sample-surveys/village-strike
      """)

  @OptionGroup var survey: SurveyOptions

  @Option(name: .shortAndLong, help: "Write GeoJSON to this file instead of standard output.", completion: .file())
  var output: String?

  func run() async throws {
    try await ending {
      let session = try await survey.load()
      for finding in session.findings where finding.level >= .warning { Console.say(finding) }
      let found: RemnantsSurvey
      do { found = try remnantsSurvey(session.survey, steps: session.steps, asOf: survey.asOf) } catch let error
        as NoRemnantsFigure
      {
        Console.say(error.message)
        return .answerIsNo
      }
      try write(found, session)
      if !found.others.isEmpty {
        let names = Set(found.others.compactMap(\.category)).sorted().joined(separator: ", ")
        Console.say("\(found.others.count) finds of other categories are no evidence here: \(names)")
      }
      if found.footprints.isEmpty { Console.say("no find is evidence of cluster munitions") }
      for (index, footprint) in found.footprints.enumerated() {
        Console.say(summary(footprint, number: index + 1, unread: session.unreadFinds.count))
      }
      let read = session.outcome(unreadIn: "boxes", found.findings)
      // A find that could not be read might ask for more.
      return max(read, found.isEdgeReached && session.unreadFinds.isEmpty ? .done : .answerIsNo)
    }
  }

  private func write(_ found: RemnantsSurvey, _ session: SurveySession) throws {
    let survey = session.survey
    var writer = GeoJSONWriter(try Output.open(output))
    for (index, footprint) in found.footprints.enumerated() {
      for find in footprint.evidence {
        try writer.feature(.points([find.position]), find.evidenceProperties(footprint: index + 1))
      }
    }
    for (index, footprint) in found.footprints.enumerated() {
      for box in footprint.boxes {
        try writer.feature(
          .polygons(box.measure.polygons), box.properties(footprint: index + 1, grid: survey.grid))
      }
    }
    let isWhole = session.unreadFinds.isEmpty
    for (index, footprint) in found.footprints.enumerated() {
      try writer.feature(
        .polygons(footprint.proposed), footprint.properties(number: index + 1, isWhole: isWhole))
    }
    var unread: JSONObject = [:]
    for (name, places) in [("unread_finds", session.unreadFinds), ("unread_strikes", session.unreadStrikes)]
    where !places.isEmpty {
      unread[name] = .array(places.map { .string("\($0)") })
    }
    let account = session.account(
      asOf: self.survey.asOf, operation: found.operation,
      [
        "fadeout_m": survey.fadeout.map { .number($0) } ?? .null,
        "box_m": survey.boxes.map { .number($0.box) } ?? .null,
        "searched_percent": survey.boxes?.searchedPercent.map { .number($0) } ?? .null,
        "edge_reached": .bool(
          found.isEdgeReached && !found.footprints.isEmpty && isWhole),
      ] + unread)
    try writer.finish(["razmin": .object(account)]).finish()
  }

  private func summary(_ footprint: RemnantsSurvey.Footprint, number: Int, unread: Int) -> String {
    let metres = { (area: Double) in "\(Int(area.rounded(.up))) m2" }
    let next = footprint.boxes.count { !$0.isSearched }
    let edge =
      next > 0
      ? "its edge is not reached"
      : unread == 0
        ? "its edge is reached" : "whether its edge is reached is not known, since \(unread) finds could not be read"
    return
      "footprint \(number): \(footprint.evidence.count) evidence, \(footprint.boxes.count) boxes required, \(next) to "
      + "be searched; \(edge); proposed CHA "
      + "\(metres(footprint.area)), \(metres(footprint.outside)) of it outside every recorded hazard"
  }
}

extension NoRemnantsFigure {
  fileprivate var message: String {
    switch self {
    case .distance(let evidence):
      "\(evidence) evidence points, and the survey gives no fade-out distance: set fadeout_m under [survey] to the national "
        + "standard's; none is assumed [find.no-fadeout]"
    case .percent:
      "the survey does not say how much of a box must be searched: set searched_percent under [grid] to the programme's "
        + "figure; none is assumed [grid.no-percent]"
    }
  }
}

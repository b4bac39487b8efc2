import Geometry
import Survey

/// A survey as it was on a day, ready to be divided: hazards on the lattice, ground of work in parts, and the rules.
struct PreparedSurvey: Sendable {
  let rules: DecisionRules
  let parts: [ClaimPart]
  let finds: [Find]
  /// Ids of finds that reopen ground, and nobody says how much.
  let openFinds: [String]
  /// Finds in released ground, with the indices of the work that had released their places.
  let missed: [(find: Find, by: [Int])]
  /// Of hazards, of work, and of finds.
  private(set) var hazardFindings: [Finding] = [], findings: [Finding]
  let survey: FieldSurvey
  let steps: StepStore

  init(_ survey: FieldSurvey, _ steps: StepStore, asOf: CivilDate?) throws {
    let (hazards, hazardFindings) = try prepare(survey.hazards(asOf: asOf))
    let (parts, partFindings) = try claimParts(of: survey.activities, walkedIn: steps, asOf: asOf)
    try self.init(survey, steps, hazards, parts, finds: survey.finds(asOf: asOf), asOf: asOf)
    self.hazardFindings = hazardFindings
    findings = partFindings + findings
  }

  /// Of hazards, parts and finds that are there on the day, the hazards in the order in which they take ground.
  init(
    _ survey: FieldSurvey, _ steps: StepStore, _ hazards: [PreparedHazard], _ parts: [ClaimPart], finds: [Find],
    asOf: CivilDate?
  ) throws {
    (self.survey, self.steps, self.parts, self.finds) = (survey, steps, parts, finds)
    let found = try reopenings(finds, survey, hazards, parts, steps, asOf)
    rules = DecisionRules(
      hazards: hazards, activities: survey.activities, requiredDepth: survey.requiredDepth, asOf: asOf,
      reopenings: found.reopenings)
    (openFinds, missed, findings) = (found.openFinds, found.missed, found.findings)
  }

  var plan: PartitionPlan {
    PartitionPlan(
      rules: rules, parts: parts, store: steps, sigmaFactor: survey.sigmaFactor, grid: nil, showsAssured: false,
      effectOrder: effectOrder(of: survey.activities))
  }

  func jobs() throws -> [Job] {
    LandRelease.plan(try hazardGroups(rules.hazards), rules.hazards, parts, rules.reopenings)
  }
}

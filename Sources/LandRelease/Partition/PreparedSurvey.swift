import Geometry
import Survey

/// A survey as it was on a day, ready to be divided: hazards on the lattice, ground of work in parts, and the rules.
struct PreparedSurvey {
  let rules: DecisionRules
  let parts: [ClaimPart]
  let finds: [Find]
  /// Ids of finds that reopen ground, and nobody says how much.
  let openFinds: [String]
  /// Of hazards, of work, and of finds.
  let hazardFindings, findings: [Finding]
  private let survey: FieldSurvey
  private let steps: StepStore

  init(_ survey: FieldSurvey, _ steps: StepStore, asOf: CivilDate?) throws {
    (self.survey, self.steps) = (survey, steps)
    let (hazards, hazardFindings) = try prepare(survey.hazards(asOf: asOf))
    let (parts, partFindings) = try claimParts(of: survey.activities, walkedIn: steps, asOf: asOf)
    finds = survey.finds(asOf: asOf)
    let found = try reopenings(finds, survey, hazards, parts, steps, asOf)
    rules = DecisionRules(
      hazards: hazards, activities: survey.activities, requiredDepth: survey.requiredDepth, asOf: asOf,
      reopenings: found.reopenings)
    (self.parts, openFinds, self.hazardFindings) = (parts, found.openFinds, hazardFindings)
    findings = partFindings + found.findings
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

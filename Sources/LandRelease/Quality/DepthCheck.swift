public import Survey

/// How deep one clearance went in one hazard, and how deep it had to.
public struct DepthCheck: Sendable {
  public let activity: Activity
  public let hazard: Hazard
  /// Centimetres that the hazard or the survey asks for; `nil` where neither says.
  public let required: Double?
  /// Square metres that meet the requirement, and that do not.
  public let met, shallow: Double
  /// Centimetres; `nil` where the activity does not say.
  public var reached: Double? { activity.depth }
}

/// Every clearance in every hazard where it has ground, in the order of the activities' ids and then of the hazards'.
func depthChecks(_ account: SurveyAccount) -> [DepthCheck] {
  let (rules, sum) = (account.rules, account.sum)
  var shallow: [JobAccount.Worked: Double] = [:]
  for (key, area) in sum.ineffective where key.effect == .shallow {
    shallow[JobAccount.Worked(activity: key.activity, hazard: key.hazard)] = area
  }
  return Set(sum.effective.keys).union(shallow.keys)
    .filter { rules.activities[$0.activity].claims == .cleared }
    .map { key in
      let hazard = rules.hazards[key.hazard].hazard
      return DepthCheck(
        activity: rules.activities[key.activity], hazard: hazard,
        required: hazard.requiredDepth ?? rules.requiredDepth, met: sum.effective[key] ?? 0,
        shallow: shallow[key] ?? 0)
    }
    .sorted { ($0.activity.id, $0.hazard.id) < ($1.activity.id, $1.hazard.id) }
}

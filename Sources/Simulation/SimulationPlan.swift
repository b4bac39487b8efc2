public import Formats

/// What a synthetic survey shall be like. The same plan always gives the same bytes.
public struct SimulationPlan: Hashable, Sendable {
  /// What receivers the teams carried.
  public enum Noise: String, Hashable, Sendable, CaseIterable {
    /// Base and rover: 0.02 m, independent from second to second.
    case rtk
    /// 1.5 m, wandering over half a minute.
    case handheld
    /// One hazard in five is handheld.
    case mixed
  }
  public var hazards: Int
  /// Recorded positions in all logs together; not used by a national survey.
  public var fixes: Int
  public var seed: UInt64
  public var noise: Noise
  /// Polygons only: about three released ones for each hazard, all over the country, and no logs.
  public var national: Bool

  public init(hazards: Int, fixes: Int, seed: UInt64, noise: Noise = .mixed, national: Bool = false) {
    (self.hazards, self.fixes, self.seed, self.noise, self.national) = (hazards, fixes, seed, noise, national)
  }
}

/// Writes a survey folder, `survey.toml` last, so that a folder without one is not whole.
///
/// A campaign has one clearance of one-metre lanes for each hazard, logged at 1 Hz as GPX (which `survey.toml` names)
/// and as twins of the same fixes in NMEA and CSV; grid cells reduced and cancelled in earlier years; and finds.
/// The directory and its `logs` are made where they are missing; files of the same name are replaced. In memory is one
/// hazard at a time.
public func simulate(_ plan: SimulationPlan, into directory: String) throws(OutputFailed) {
  try makeDirectory(directory)
  if plan.national {
    try simulateNational(plan, into: directory)
  } else {
    try simulateCampaign(plan, into: directory)
  }
}

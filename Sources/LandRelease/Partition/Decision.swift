import Survey

/// The state of a piece of recorded hazard.
public enum LandState: String, Hashable, Sendable, CaseIterable {
  case remaining, cleared, reduced, cancelled

  init(_ release: Release) {
    self =
      switch release {
      case .cleared: .cleared
      case .reduced: .reduced
      case .cancelled: .cancelled
      }
  }
}

/// What decides, whatever the piece of ground: the activities, the survey's rules, and the day.
struct DecisionRules: Sendable {
  let hazards: [PreparedHazard]
  let activities: [Activity]
  /// Centimetres, where a hazard says nothing itself.
  let requiredDepth: Double?
  /// Activities and hazards later than this are not seen.
  let asOf: CivilDate?
  let reopenings: [Reopening]

  /// Why a claim over a hazard does or does not release it.
  enum Effect: Hashable, CaseIterable { case releases, shallow, kindMayNot, beforeHazard, later }

  func effect(of activity: Int, on hazard: Int) -> Effect {
    let (a, h) = (activities[activity], hazards[hazard].hazard)
    if let asOf, a.end > asOf { return .later }
    guard a.kind.mayClaim == a.claims else { return .kindMayNot }
    if a.end < h.recorded { return .beforeHazard }
    guard a.claims == .cleared else { return .releases }
    // Nothing is taken for granted: without a depth reached, or a depth required, nobody can say it is deep enough.
    guard let required = h.requiredDepth ?? requiredDepth else { return .shallow }
    if a.kind == .bacSurface { return required == 0 ? .releases : .shallow }
    guard let depth = a.depth, depth >= required else { return .shallow }
    return .releases
  }
}

/// What was found out about one face of the arrangement.
struct FaceCover: Hashable {
  /// Indices of hazards that cover it, in the order in which they take ground.
  var hazards: [Int] = []
  /// Indices of activities that claim it, in the order of their effect.
  var claims: [Int] = []
  /// The same for the part of their claims that is sure.
  var assured: [Int] = []
  /// Indices of reopenings whose disc holds it.
  var discs: [Int] = []
}

/// What a face is: whose, in which state, and why.
struct FaceState: Hashable {
  var owner: Int
  var state: LandState
  /// The activities that put it into that state, in the order of their effect.
  var releasedBy: [Int] = []
  /// Cleared, but not deep enough.
  var isShallow = false
  /// Ids of the finds that put it back.
  var reopenedBy: [String] = []
}

extension DecisionRules {
  /// Decides one face from the hazards that cover it and the activities that claim it.
  ///
  /// A piece of ground is released only where it is released for every hazard that covers it. It belongs to the first of
  /// those for which it is not, else to the first of all: so an old cancellation never erases a newer hazard, nor a
  /// shallow clearance a deeper requirement (`docs/decisions/`).
  func decide(_ cover: FaceCover, claims: [Int]) -> FaceState? {
    guard let first = cover.hazards.first else { return nil }
    let held = cover.hazards.first { hazard in !claims.contains { stands($0, on: hazard, cover.discs) } }
    guard let owner = held else {
      let standing = claims.filter { stands($0, on: first, cover.discs) }
      let best = Release.allCases.first { release in standing.contains { activities[$0].claims == release } }
      guard let best else { return nil }
      return FaceState(
        owner: first, state: LandState(best), releasedBy: standing.filter { activities[$0].claims == best })
    }
    let shallow = claims.contains { effect(of: $0, on: owner) == .shallow }
    let fallen = claims.filter { effect(of: $0, on: owner) == .releases }
    let finds = cover.discs.filter { disc in fallen.contains { reopenings[disc].undone.contains($0) } }
    return FaceState(
      owner: owner, state: .remaining, isShallow: shallow, reopenedBy: finds.map { reopenings[$0].find.id })
  }

  /// Whether a claim releases a hazard's ground here, no later find having put it back.
  func stands(_ activity: Int, on hazard: Int, _ discs: [Int]) -> Bool {
    effect(of: activity, on: hazard) == .releases
      && !discs.contains { reopenings[$0].undone.contains(activity) }
  }
}

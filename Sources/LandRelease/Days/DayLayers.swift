import Survey

/// The ground of single days, drawn under that of the activities which worked on several of them.
///
/// It says what an activity did when, and never how much: what is claimed is the ground of all days, united before it is
/// inset. Its layers are numbered on from the last activity.
struct DayLayers {
  private let activities: Int
  /// Of activities of which all ground here is of one day, or of nobody knows which.
  private var only: [Int: Work] = [:]
  private var layers: [(work: Work, part: Int, isHome: Bool, runs: [Run])] = []
  /// What is to be drawn besides the claims.
  private(set) var claims: [(activity: Int, isHome: Bool, ground: ClaimGround)] = []

  /// Of the parts that reach some ground, by their indices, and whether each is at home there.
  init(of parts: [(part: Int, isHome: Bool)], _ plan: PartitionPlan) {
    activities = plan.rules.activities.count
    let works = parts.map { plan.parts[$0.part].works(plan.rules.activities[plan.parts[$0.part].activity]) }
    for (activity, own) in Dictionary(grouping: works.flatMap(\.keys), by: \.activity) where Set(own).count == 1 {
      only[activity] = own.first
    }
    for ((part, isHome), works) in zip(parts, works) where only[plan.parts[part].activity] == nil {
      for (work, runs) in works.sorted(by: { $0.key < $1.key }) { layers.append((work, part, isHome, runs)) }
    }
  }

  var isEmpty: Bool { layers.isEmpty }

  /// `grounds` has the ground that is known already, by the part.
  mutating func draw(_ plan: PartitionPlan, remembering grounds: inout [Int: [Work: ClaimGround]]) throws {
    for (index, layer) in layers.enumerated() {
      let owner = plan.rules.activities[layer.work.activity]
      let ground =
        try grounds[layer.part]?[layer.work]
        ?? (layer.runs.isEmpty
          ? plan.parts[layer.part].ground(owner, in: plan.store, sigmaFactor: plan.sigmaFactor)
          : dayGround(layer.runs, in: plan.store, radius: (owner.swathWidth ?? 0) / 2))
      grounds[layer.part, default: [:]][layer.work] = ground
      claims.append((activities + index, layer.isHome, ground))
    }
  }

  /// The order of effect, these layers last.
  func effectOrder(_ plan: PartitionPlan) -> [Int] { plan.effectOrder + (activities..<activities + layers.count) }

  /// What covers ground, without these layers, and the works of each activity that claims it.
  func parted(_ cover: FaceCover) -> (cover: FaceCover, works: [[Work]]) {
    var plain = cover
    plain.claims = cover.claims.filter { $0 < activities }
    plain.assured = cover.assured.filter { $0 < activities }
    return (plain, works(of: cover.claims))
  }

  /// Of each activity among some claims the works among them, by their days. There are none on the line between two days,
  /// where the outline of each may be 2 cm smaller than that of both.
  func works(of claims: [Int]) -> [[Work]] {
    let worked = Set(claims.filter { $0 >= activities }.map { layers[$0 - activities].work })
    return claims.filter { $0 < activities }.map { activity in
      only[activity].map { [$0] } ?? worked.filter { $0.activity == activity }.sorted()
    }
  }
}

import Geometry

/// One arrangement: a group of touching hazards with the claims that reach it, or a claim that reaches no hazard.
struct Job: Sendable {
  /// Indices of the hazards whose faces are decided here.
  var hazards: [Int] = []
  var box = Box<LatticePoint>()
  /// Indices of claim parts at home here: all of their ground is in the arrangement, and what lies outside every hazard
  /// is measured here, once.
  var home: [Int] = []
  /// Indices of claim parts that are at home elsewhere: only their edges near the hazards are in the arrangement.
  var visiting: [Int] = []
  /// Hazards of other groups near the parts at home, so that ground inside them is not taken for outside.
  var foreign: [Int] = []
  /// Indices of reopenings whose disc reaches the hazards.
  var discs: [Int] = []
}

/// Plans one job a group, in their order, then one for each part that reaches none.
func plan(_ groups: [HazardGroup], _ hazards: [PreparedHazard], _ parts: [ClaimPart], _ discs: [Reopening]) -> [Job] {
  var jobs = groups.map { Job(hazards: $0.members, box: $0.box.grown(by: 2)) }
  var reached: [[Int]] = Array(repeating: [], count: parts.count)
  overlaps(parts.map(\.box), jobs.map(\.box)) { reached[$0].append($1) }
  for (part, groups) in reached.enumerated() {
    let groups = groups.sorted()
    guard let home = groups.first else {
      jobs.append(Job(box: parts[part].box, home: [part]))
      continue
    }
    jobs[home].home.append(part)
    for other in groups.dropFirst() {
      jobs[other].visiting.append(part)
      jobs[home].foreign += jobs[other].hazards.filter { hazards[$0].ground.box.intersects(parts[part].box) }
    }
  }
  overlaps(discs.map(\.disc.box), jobs.map(\.box)) { jobs[$1].discs.append($0) }
  for index in jobs.indices {
    jobs[index].foreign = Set(jobs[index].foreign).sorted()
    jobs[index].visiting.sort()
    jobs[index].discs.sort()
  }
  return jobs
}

/// Calls `body` with each pair of a box of `a` and a box of `b` that overlap.
func overlaps(_ a: [Box<LatticePoint>], _ b: [Box<LatticePoint>], _ body: (Int, Int) -> Void) {
  joinOverlapping(a + b) { i, j in
    let (low, high) = (min(i, j), max(i, j))
    if low < a.count, high >= a.count { body(low, high - a.count) }
  }
}

import Geometry
import Projection
import Survey

extension Activity {
  /// Whether it searched the ground itself: clearance and battle area clearance do, technical survey where it says so.
  var isSearch: Bool {
    switch kind {
    case .clearance, .bacSurface, .bacSubsurface: true
    case .technicalSurvey: searched == true
    case .nonTechnicalSurvey: false
    }
  }
}

/// What the faces in one cell, a box or a lane, add up to. Areas are square metres on the ellipsoid.
struct CellTally {
  /// Searched ground and the rest of the cell.
  struct Cover {
    private var done = 0.0, open = 0.0
    /// Whether all that is left are lines between boundaries.
    private var isWhole = true

    mutating func add(_ face: LabelledFace, _ area: Double, isDone: Bool) {
      if isDone { done += area } else { open += area }
      if !isDone, isWide(face.polygon) { isWhole = false }
    }

    /// Hundredths, rounded down: nothing is claimed that is not.
    var percent: Double {
      guard done > 0 else { return 0 }
      return isWhole ? 100 : min(99.99, (done / (done + open) * 10_000).rounded(.down) / 100)
    }
  }

  private(set) var nominal = Cover(), assured = Cover()
  private(set) var hazards: Set<Int> = [], activities: Set<Int> = []
  /// The days of these activities on which they worked here.
  private(set) var days: Set<DaySpan> = []
  private(set) var remaining = 0.0, released = 0.0, surelyReleased = 0.0
  private(set) var faces: [Polygon<LatticePoint>] = []

  /// `counts` says whether an activity's search counts here.
  mutating func add(_ cellFace: CellGround.Face, _ rules: DecisionRules, counts: (Int) -> Bool) {
    let face = cellFace.face
    let area = face.polygon.ellipsoidalArea
    faces.append(face.polygon)
    nominal.add(face, area, isDone: face.cover.claims.contains { rules.activities[$0].isSearch && counts($0) })
    assured.add(face, area, isDone: face.cover.assured.contains { rules.activities[$0].isSearch && counts($0) })
    if isWide(face.polygon) {
      activities.formUnion(face.cover.claims)
      hazards.formUnion(face.cover.hazards)
      days.formUnion(cellFace.works.joined().map(\.days))
    }
    guard let state = rules.decide(face.cover, claims: face.cover.claims)?.state else { return }
    if state == .remaining { remaining += area } else { released += area }
    if let sure = rules.decide(face.cover, claims: face.cover.assured)?.state, sure != .remaining {
      surelyReleased += area
    }
  }
}

import Geometry
import Overlay
import Projection
import Survey

/// All ground of a job that the same hazards, claims and discs cover.
struct CoveredGround {
  let cover: FaceCover
  /// Activities of which a part at home here covers it.
  let homeClaims: [Int]
  /// Square metres on the ellipsoid.
  var area = 0.0
}

/// The ground of one job, sorted by what covers it.
///
/// Everything is laid over each other at once, so pieces share their edges exactly, and each is measured once. Where the ground
/// reaches over 180 degrees, GEOS's arrangement is cut along the seam instead (`labelledFaces`).
struct SortedGround {
  private(set) var grounds: [CoveredGround] = []
  private let source: Source

  private enum Source {
    /// For each label the index of its ground, or -1.
    case overlay(Overlay, grounds: [Int])
    /// One piece for each ground.
    case faces([Polygon<LatticePoint>])
  }

  init(_ drawn: JobGrounds, _ rules: DecisionRules, effectOrder: [Int]) throws {
    guard seams(across: drawn.reach).isEmpty else {
      let faces = try labelledFaces(drawn, rules, effectOrder: effectOrder)
      source = .faces(faces.map(\.polygon))
      grounds = faces.map {
        CoveredGround(cover: $0.cover, homeClaims: $0.homeClaims, area: $0.polygon.ellipsoidalArea)
      }
      return
    }
    let layers = DrawnLayers(drawn, rules, effectOrder: effectOrder)
    let overlay: Overlay
    do throws(OverlayError) { overlay = try Overlay(layers.rings) } catch {
      throw LandReleaseError.arrangement("edges that do not fit together at \(error.place)")
    }
    var numbers: [Int] = []
    for label in overlay.labels {
      let ground = layers.ground(label)
      numbers.append(ground == nil ? -1 : grounds.count)
      if let ground { grounds.append(ground) }
    }
    source = .overlay(overlay, grounds: numbers)
    measure(overlay, numbers)
  }

  private mutating func measure(_ overlay: Overlay, _ numbers: [Int]) {
    guard let reference = overlay.vertices.first else { return }
    let strips = MeridianStrips(near: reference)
    let ordinates = overlay.vertices.map { strips.ordinate(of: $0) }
    var areas = [Double](repeating: 0, count: numbers.count)
    overlay.forEachEdge { from, to, left, right in
      let strip = strips.area(
        from: overlay.vertices[from], ordinates[from], to: overlay.vertices[to], ordinates[to])
      areas[left] += strip
      areas[right] -= strip
    }
    for (label, number) in numbers.enumerated() where number >= 0 { grounds[number].area += areas[label] }
  }

  /// The polygons of each kind of ground; `kinds` has one for each of `grounds`, `nil` where it is not wanted.
  func polygons<Kind: Hashable>(by kinds: [Kind?]) throws -> [Kind: [Polygon<LatticePoint>]] {
    var (numbers, found): ([Kind: Int], [Kind]) = ([:], [])
    let groups = kinds.map { kind in
      guard let kind else { return -1 }
      if let known = numbers[kind] { return known }
      numbers[kind] = found.count
      found.append(kind)
      return found.count - 1
    }
    var polygons: [Kind: [Polygon<LatticePoint>]] = [:]
    switch source {
    case .faces(let faces):
      for (face, kind) in zip(faces, kinds) { if let kind { polygons[kind, default: []].append(face) } }
      return try polygons.mapValues { try dissolve($0) }
    case .overlay(let overlay, let numbers):
      let rings = overlay.rings(of: numbers.map { $0 < 0 ? -1 : groups[$0] }, count: found.count)
      for (kind, rings) in zip(found, rings) { polygons[kind] = try assembled(rings) }
      return polygons.filter { !$0.value.isEmpty }
    }
  }
}

/// What a job draws, as layers of an overlay, and what each layer stands for.
private struct DrawnLayers {
  private enum Meaning { case hazard, disc, nominal, inner, edge }
  private struct Layer {
    let meaning: Meaning
    /// Index of the hazard, the disc, or the claim in the job.
    let index: Int
    let rule: RingSet.Rule
  }
  private var layers: [Layer] = []
  private(set) var rings: [[[LatticePoint]]] = []
  private let claims: [(activity: Int, isHome: Bool, ground: ClaimGround)]
  private let effectOrder: [Int]

  init(_ drawn: JobGrounds, _ rules: DecisionRules, effectOrder: [Int]) {
    (claims, self.effectOrder) = (drawn.claims, effectOrder)
    for hazard in drawn.hazards { add(rules.hazards[hazard].ground, .hazard, hazard) }
    for disc in drawn.job.discs { add(rules.reopenings[disc].disc, .disc, disc) }
    for (index, claim) in drawn.claims.enumerated() {
      let limit = claim.isHome ? nil : drawn.limit
      add(claim.ground.nominal, .nominal, index, around: limit)
      if let assured = claim.ground.assured {
        add(assured.inner, .inner, index, around: limit)
        if let edge = assured.edge { add(edge, .edge, index, around: limit) }
      }
    }
  }

  private mutating func add(
    _ set: RingSet, _ meaning: Meaning, _ index: Int, around limit: Box<LatticePoint>? = nil
  ) {
    layers.append(Layer(meaning: meaning, index: index, rule: set.rule))
    rings.append(set.rings(around: limit))
  }

  /// What covers ground of a label; `nil` where no hazard does and no claim that is at home here.
  func ground(_ label: [Overlay.Winding]) -> CoveredGround? {
    var cover = FaceCover()
    var (nominal, inner, edges): ([Int], [Int], [Int]) = ([], [], [])
    for winding in label {
      let layer = layers[winding.layer]
      guard layer.rule == .winding ? winding.count >= 1 : winding.count % 2 != 0 else { continue }
      switch layer.meaning {
      case .hazard: cover.hazards.append(layer.index)
      case .disc: cover.discs.append(layer.index)
      case .nominal: nominal.append(layer.index)
      case .inner: inner.append(layer.index)
      case .edge: edges.append(layer.index)
      }
    }
    cover.claims = byEffect(nominal)
    cover.assured = byEffect(nominal.filter { inner.contains($0) && !edges.contains($0) })
    let home = byEffect(nominal.filter { claims[$0].isHome })
    guard !cover.hazards.isEmpty || !home.isEmpty else { return nil }
    return CoveredGround(cover: cover, homeClaims: home)
  }

  /// The activities of claims, in the order of their effect.
  private func byEffect(_ claims: [Int]) -> [Int] {
    guard claims.count > 1 else { return claims.map { self.claims[$0].activity } }
    return Set(claims.map { self.claims[$0].activity }).sorted { effectOrder[$0] < effectOrder[$1] }
  }
}

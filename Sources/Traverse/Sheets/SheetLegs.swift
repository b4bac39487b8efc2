internal import Geometry
public import Survey

/// Points of a sheet that bearings and distances lead to.
extension SheetWork {
  /// Lays off the legs of one polygon, from its own points that have coordinates, and from the single points that its
  /// legs name and those that these hang on. Points of other polygons are not looked at: ids repeat there.
  mutating func solve(_ id: String, _ points: [SheetPoint]) -> TraverseSolution? {
    let base = chain(to: points)
    guard let legs = legs(of: base + points, in: "polygon \(id.prefix(64))", polygon: points) else { return nil }
    guard !legs.isEmpty else { return nil }
    let line = points.first?.line ?? 0
    var input = TraverseSheet(known: known(points + base), legs: legs, place: Place(sheet.path, line: line))
    input.tolerance = rules.tolerance
    guard let solution = solved(input, line) else { return nil }
    for finding in solution.findings { tell(finding) }
    let places = Dictionary(solution.points.map { ($0.id, $0) }) { first, _ in first }
    for point in base where byLine[point.line] == nil { hung[point.line] = places[point.id] }
    return solution
  }

  private mutating func solved(_ input: TraverseSheet, _ line: Int) -> TraverseSolution? {
    do throws(TraverseError) { return try input.solved(convergence: rules.convergence) } catch {
      tell(error.code, .error, line, error.message, "complete the sheet")
      return nil
    }
  }

  /// Single points that legs of these points begin or end at, and those that these hang on in turn.
  private func chain(to points: [SheetPoint]) -> [SheetPoint] {
    var wanted = points.flatMap { [$0.fromPoint, $0.hasLeg || $0.type == .start ? $0.id : nil].compactMap { $0 } }
    // A polygon's own points come before single ones of the same name.
    var seen = Set(points.filter { byLine[$0.line] != nil }.map(\.id))
    var rows: [SheetPoint] = []
    while let id = wanted.popLast() {
      guard seen.insert(id).inserted, let singles = singlesByID[id] else { continue }
      // Two places of one name are none.
      guard singles.filter({ byLine[$0.line] != nil }).count < 2 else { continue }
      rows += singles
      wanted += singles.compactMap(\.fromPoint)
    }
    return rows.sorted { $0.line < $1.line }
  }

  /// Those that have coordinates, the first of each id.
  private func known(_ points: [SheetPoint]) -> [KnownPoint] {
    var seen: Set<String> = []
    return points.compactMap { point in
      guard !point.id.isEmpty, let place = byLine[point.line], seen.insert(point.id).inserted else { return nil }
      return KnownPoint(
        id: point.id, type: point.type ?? .turning, position: place, sigma: point.sigma ?? rules.sigma,
        place: Place(sheet.path, line: point.line))
    }
  }

  /// `nil`, and told, where nobody says what a bearing is counted from.
  private mutating func legs(of rows: [SheetPoint], in title: String, polygon: [SheetPoint]) -> [Leg]? {
    var legs: [Leg] = []
    let before = Dictionary(zip(polygon.dropFirst().map(\.line), polygon.map(\.id))) { first, _ in first }
    var assumed = 0
    for point in rows where point.hasLeg {
      let from = point.fromPoint ?? before[point.line] ?? ""
      guard let leg = leg(to: point, from: from) else {
        tell(
          "sheet.bearing-undeclared", .error, point.line, "\(title): nobody says what its bearings are counted from",
          "declare it: true, grid or magnetic north, the last with the day; at Nis they are 5.5 degrees apart")
        return nil
      }
      legs.append(leg)
      guard point.fromPoint == nil, !from.isEmpty else { continue }
      assumed += 1
      if assumed == 1 {
        tell(
          "sheet.from-assumed", .warning, point.line,
          "\(title): rows do not say what they are measured from; each is taken from the row before",
          "fill in the column: FrPointID, or from_point")
      }
    }
    return legs
  }

  /// `nil` where there is no distance, or nobody says what the bearing is counted from.
  func leg(to point: SheetPoint, from: String) -> Leg? {
    guard let distance = point.distance, let bearing = bearing(of: point), let reference = reference(of: bearing) else {
      return nil
    }
    return Leg(
      from: from, to: point.id, type: point.type ?? .turning, distance: distance, bearing: bearing.value,
      unit: bearing.unit, reference: reference, place: Place(sheet.path, line: point.line))
  }

  /// The bearing to use: from the north that was declared, or else from true, grid or magnetic north.
  private func bearing(of point: SheetPoint) -> SheetBearing? {
    let order: [SheetBearing.North?] = [rules.north, nil, .trueNorth, .grid, .magnetic]
    for north in order { if let found = point.bearings.first(where: { $0.north == north }) { return found } }
    return nil
  }

  private func reference(of bearing: SheetBearing) -> BearingReference? {
    switch bearing.north ?? rules.north {
    case .trueNorth: .trueNorth
    case .grid: .gridNorth
    case .magnetic: rules.measured.map { .magneticNorth($0) }
    case nil: nil
    }
  }

  /// The points of no polygon: by coordinates, by the legs that a polygon needed, or by legs from any of these.
  mutating func placedSingles() -> [PlacedPoint] {
    let rest = singles.filter { byLine[$0.line] == nil && hung[$0.line] == nil && $0.hasLeg }
    if !rest.isEmpty, let legs = legs(of: rest, in: "single points", polygon: []) {
      let input = TraverseSheet(known: known(singles), legs: legs, place: Place(sheet.path, line: rest[0].line))
      if let solution = solved(input, rest[0].line) {
        // A single point closes nothing, and has no perimeter.
        for finding in solution.findings where finding.level == .error || finding.code == "traverse.misclosure" {
          tell(finding)
        }
        let places = Dictionary(solution.points.map { ($0.id, $0) }) { first, _ in first }
        for point in rest { hung[point.line] = places[point.id] }
      }
    }
    return singles.compactMap { point in
      if let place = byLine[point.line] { return placed(point, place) }
      return hung[point.line].map { PlacedPoint(point: point, position: $0.position, sigma: point.sigma ?? $0.sigma) }
    }
  }
}

extension PointSheet {
  /// Whether a bearing of it is counted from grid north.
  public func needsGridNorth(_ rules: SheetRules) -> Bool {
    points.contains { point in point.bearings.contains { ($0.north ?? rules.north) == .grid } }
  }
}

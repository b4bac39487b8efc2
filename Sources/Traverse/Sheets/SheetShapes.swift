internal import Geometry
public import Positions
public import Projection
public import Survey

extension PointSheet {
  /// The polygons of the sheet, its points placed by coordinates or by bearings and distances.
  ///
  /// `converter` carries coordinates over from `crs`; both are `nil` for longitude and latitude. A polygon that lacks a
  /// corner is never closed over the gap: it has no `polygon`, and there is a finding.
  public func placed(
    in crs: ReferenceSystem?, by converter: GridConverter?, _ rules: SheetRules
  ) -> (shapes: [SheetShape], singles: [PlacedPoint], findings: [Finding]) {
    var places = SheetPlaces(file: path, crs: crs, converter: converter)
    let positions = points.map { places.place($0) }
    var work = SheetWork(sheet: self, rules: rules, positions: positions, findings: places.findings)
    let shapes = work.shapes()
    return (shapes, work.singles(), work.findings)
  }
}

/// The points of one sheet on their way to polygons.
private struct SheetWork {
  let sheet: PointSheet
  let rules: SheetRules
  let positions: [Geographic?]
  private(set) var findings: [Finding]
  private let byLine: [Int: Geographic]
  /// Points that bearings and distances led to, by id; of several polygons the last.
  private var measured: [String: TraversePoint] = [:]

  init(sheet: PointSheet, rules: SheetRules, positions: [Geographic?], findings: [Finding]) {
    (self.sheet, self.rules, self.positions, self.findings) = (sheet, rules, positions, findings)
    byLine = Dictionary(zip(sheet.points.map(\.line), positions).compactMap { line, place in place.map { (line, $0) } })
    {
      first, _ in first
    }
  }

  mutating func shapes() -> [SheetShape] {
    var groups = sheet.shapes
    if let id = rules.shape, !sheet.singles.isEmpty { groups.append((id, sheet.singles)) }
    return groups.map { shape($0.id, $0.points) }
  }

  func singles() -> [PlacedPoint] {
    guard rules.shape == nil else { return [] }
    return sheet.singles.compactMap { point in
      if let place = byLine[point.line] { return placed(point, place) }
      return measured[point.id].map { placed(point, $0.position, sigma: $0.sigma) }
    }
  }

  private func placed(_ point: SheetPoint, _ position: Geographic, sigma: Double? = nil) -> PlacedPoint {
    PlacedPoint(point: point, position: position, sigma: point.sigma ?? sigma ?? rules.sigma)
  }

  private mutating func shape(_ id: String, _ points: [SheetPoint]) -> SheetShape {
    var shape = SheetShape(id: id, points: [], line: points.first?.line ?? 0)
    if points.allSatisfy({ byLine[$0.line] != nil || !$0.isPerimeter }) {
      shape.points = points.compactMap { point in byLine[point.line].map { placed(point, $0) } }
    } else if let solution = traverse(id, points) {
      shape.traverse = solution
      // The legs to benchmarks are those of every polygon.
      findings += solution.findings.filter { !findings.contains($0) }
      for point in solution.points { measured[point.id] = point }
      take(solution, points, into: &shape)
    }
    close(&shape, points)
    return shape
  }

  private mutating func take(_ solution: TraverseSolution, _ points: [SheetPoint], into shape: inout SheetShape) {
    var moved = Dictionary(solution.points.map { ($0.id, $0.position) }) { first, _ in first }
    if rules.adjusts {
      do throws(AdjustmentError) {
        for point in try solution.adjusted() { moved[point.id] = point.position }
        shape.isAdjusted = true
      } catch {
        tell(error.code, .warning, shape.line, error.message, "take the adjustment out, or measure a closing leg")
      }
    }
    var seen: Set<String> = []
    shape.points = points.compactMap { point in
      guard let place = moved[point.id], seen.insert(point.id).inserted else { return nil }
      return placed(point, place, sigma: solution.point(point.id)?.sigma)
    }
  }

  /// Draws the perimeter through the corners; a corner without a place leaves it open.
  private mutating func close(_ shape: inout SheetShape, _ points: [SheetPoint]) {
    let here = Set(shape.points.map(\.point.line))
    let ids = Set(shape.points.map(\.point.id))
    let missing = points.filter { $0.isPerimeter && !here.contains($0.line) && !ids.contains($0.id) }
    guard missing.isEmpty else {
      let names = missing.prefix(5).map { $0.id.isEmpty ? "row \($0.line)" : $0.id }.joined(separator: ", ")
      return tell(
        "sheet.corner-missing", .error, missing[0].line, "polygon \(shape.id.prefix(64)) lacks the place of \(names)",
        "complete the row: a perimeter is not drawn past a corner that is missing")
    }
    var corners = shape.points.filter(\.point.isPerimeter)
    if corners.count > 1, corners[0].position == corners[corners.count - 1].position { corners.removeLast() }
    guard corners.count >= 3, let ring = try? Ring(corners.map(\.position)) else {
      return tell(
        "sheet.too-few", .error, shape.line, "polygon \(shape.id.prefix(64)) has \(corners.count) corners",
        "give at least three")
    }
    shape.polygon = Polygon(ring)
    let sigmas = corners.compactMap(\.sigma)
    if sigmas.count == corners.count { shape.areaSigma = try? areaSigma(of: corners.map(\.position), sigmas: sigmas) }
  }

  /// What can be placed by bearings and distances, from every point of the sheet that has coordinates.
  private mutating func traverse(_ id: String, _ points: [SheetPoint]) -> TraverseSolution? {
    var known: [KnownPoint] = []
    for point in sheet.points where !point.id.isEmpty {
      guard let place = byLine[point.line], !known.contains(where: { $0.id == point.id }),
        point.shape == nil || point.shape == id
      else { continue }
      known.append(
        KnownPoint(
          id: point.id, type: point.type ?? .turning, position: place, sigma: point.sigma ?? rules.sigma,
          place: Place(sheet.path, line: point.line)))
    }
    var legs: [Leg] = []
    let benchmarks = rules.shape == nil ? sheet.singles.filter { $0.hasLeg && byLine[$0.line] == nil } : []
    let points = benchmarks + points
    for (index, point) in points.enumerated() {
      guard let distance = point.distance, let bearing = point.bearing(rules.north) else { continue }
      guard let reference = reference(of: bearing) else {
        tell(
          "sheet.bearing-undeclared", .error, point.line,
          "polygon \(id.prefix(64)): nobody says what its bearings are counted from",
          "declare it: true, grid or magnetic north, the last with the day; at Nis they are 5.5 degrees apart")
        return nil
      }
      legs.append(
        Leg(
          from: point.fromPoint ?? (index > 0 ? points[index - 1].id : ""), to: point.id, type: point.type ?? .turning,
          distance: distance, bearing: bearing.degrees, unit: bearing.north == nil ? rules.unit : .degrees,
          reference: reference, place: Place(sheet.path, line: point.line)))
    }
    guard !legs.isEmpty else { return nil }
    var input = TraverseSheet(known: known, legs: legs, place: Place(sheet.path, line: points.first?.line ?? 0))
    input.tolerance = rules.tolerance
    do throws(TraverseError) { return try input.solved(convergence: rules.convergence) } catch {
      tell(error.code, .error, points.first?.line ?? 0, error.message, "complete the sheet")
      return nil
    }
  }

  private func reference(of bearing: SheetBearing) -> BearingReference? {
    switch bearing.north ?? rules.north {
    case .trueNorth: .trueNorth
    case .grid: .gridNorth
    case .magnetic: rules.measured.map { .magneticNorth($0) }
    case nil: nil
    }
  }

  private mutating func tell(_ code: String, _ level: Finding.Level, _ line: Int, _ message: String, _ advice: String) {
    findings.append(Finding(code, level, at: Place(sheet.path, line: line), message, advice: advice))
  }
}

extension SheetPoint {
  /// Whether the perimeter goes through it; a point whose type nobody gave is a corner.
  var isPerimeter: Bool { type?.isCorner ?? true }

  /// The bearing to use: from the north that was declared, or else from true, grid or magnetic north.
  fileprivate func bearing(_ declared: SheetBearing.North?) -> SheetBearing? {
    let order: [SheetBearing.North?] = [declared, nil, .trueNorth, .grid, .magnetic]
    for north in order { if let found = bearings.first(where: { $0.north == north }) { return found } }
    return nil
  }
}

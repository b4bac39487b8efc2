internal import Geometry
public import Positions
public import Projection
public import Survey

extension PointSheet {
  /// The polygons of the sheet, its points placed by coordinates or by bearings and distances.
  ///
  /// `converter` carries coordinates over from `crs`; both are `nil` for longitude and latitude. A polygon that lacks a
  /// corner, or of which it is not sure what is a corner, is never drawn all the same: it has no `polygon`, and there is
  /// a finding.
  public func placed(
    in crs: ReferenceSystem?, by converter: GridConverter?, _ rules: SheetRules
  ) -> (shapes: [SheetShape], singles: [PlacedPoint], findings: [Finding]) {
    var places = SheetPlaces(file: path, crs: crs, converter: converter)
    let positions = points.map { places.place($0) }
    var work = SheetWork(sheet: self, rules: rules, positions: positions, findings: places.findings)
    let shapes = work.shapes()
    return (shapes, work.placedSingles(), work.findings)
  }
}

/// The points of one sheet on their way to polygons.
struct SheetWork {
  let sheet: PointSheet
  let rules: SheetRules
  private(set) var findings: [Finding]
  private var told: Set<Finding>
  /// Places by coordinates, by the line of the point.
  let byLine: [Int: Geographic]
  /// Points of no polygon; those that have coordinates or a leg, by id.
  private(set) var singles: [SheetPoint]
  private(set) var singlesByID: [String: [SheetPoint]] = [:]
  /// Single points that a polygon's bearings and distances led to, by their line.
  var hung: [Int: TraversePoint] = [:]

  init(sheet: PointSheet, rules: SheetRules, positions: [Geographic?], findings: [Finding]) {
    (self.sheet, self.rules, self.findings) = (sheet, rules, findings)
    told = Set(findings)
    byLine = Dictionary(zip(sheet.points.map(\.line), positions).compactMap { line, place in place.map { (line, $0) } })
    {
      first, _ in first
    }
    singles = sheet.singles
  }

  mutating func tell(_ finding: Finding) { if told.insert(finding).inserted { findings.append(finding) } }

  mutating func tell(_ code: String, _ level: Finding.Level, _ line: Int, _ message: String, _ advice: String) {
    tell(Finding(code, level, at: Place(sheet.path, line: line), message, advice: advice))
  }

  mutating func shapes() -> [SheetShape] {
    var groups = sheet.shapes
    if let id = rules.shape, !singles.isEmpty {
      if let first = groups.first {
        tell(
          "sheet.shape-declared", .error, first.points.first?.line ?? 0,
          "the sheet names its own polygons (\(groups.prefix(5).map { String($0.id.prefix(40)) }.joined(separator: ", "))), "
            + "and \(id.prefix(64)) is declared for rows that name none",
          "take the declaration out, or write the polygon's id into the rows")
      } else {
        groups = [(id, singles.inDrawingOrder)]
        numbering(id)
        singles = []
      }
    }
    for point in singles where !point.id.isEmpty && (byLine[point.line] != nil || point.hasLeg) {
      singlesByID[point.id, default: []].append(point)
    }
    strays()
    return groups.map { shape($0.id, $0.points) }
  }

  /// Turning points that name no polygon were lost by one.
  private mutating func strays() {
    let strays = singles.filter { $0.type?.isCorner ?? false }
    guard let first = strays.first else { return }
    let names = strays.prefix(5).map { $0.id.isEmpty ? "row \($0.line)" : String($0.id.prefix(64)) }
    tell(
      "sheet.stray-corner", .error, first.line,
      "\(names.joined(separator: ", "))\(strays.count > 5 ? " and \(strays.count - 5) more" : "") "
        + "\(strays.count == 1 ? "is a corner" : "are corners") of no polygon",
      "write the polygon's id into the row; where no row has one, declare it")
  }

  /// The reader has looked at the numbers of polygons that the sheet itself names.
  private mutating func numbering(_ id: String) {
    let numbers = singles.compactMap(\.number).sorted()
    guard let pair = zip(numbers, numbers.dropFirst()).first(where: { $1 - $0 > 1 }) else { return }
    tell(
      "sheet.numbering", .error, singles.first?.line ?? 0,
      "polygon \(id.prefix(64)) has no point between numbers \(pair.0) and \(pair.1): a corner may be missing",
      "give the missing row, or number the points anew")
  }

  private mutating func shape(_ id: String, _ points: [SheetPoint]) -> SheetShape {
    var shape = SheetShape(id: id, points: [], line: points.first?.line ?? 0)
    var solution: TraverseSolution?
    if points.allSatisfy({ byLine[$0.line] != nil }) {
      checkLegs(id, points)
    } else if isUnambiguous(id, points) {
      solution = solve(id, points)
    }
    shape.traverse = solution
    take(solution, points, into: &shape)
    close(&shape, points)
    return shape
  }

  private mutating func take(_ solution: TraverseSolution?, _ points: [SheetPoint], into shape: inout SheetShape) {
    var solved = Dictionary((solution?.points ?? []).map { ($0.id, $0) }) { first, _ in first }
    if let solution, rules.adjusts {
      do throws(AdjustmentError) {
        for point in try solution.adjusted() { solved[point.id] = point }
        shape.isAdjusted = true
      } catch {
        tell(error.code, .warning, shape.line, error.message, "take the adjustment out, or measure a closing leg")
      }
    }
    var seen: Set<String> = []
    shape.points = points.compactMap { point in
      if let place = byLine[point.line] {
        seen.insert(point.id)
        return placed(point, place)
      }
      // A row that leads back to a point is no second one.
      guard !point.id.isEmpty, let there = solved[point.id], seen.insert(point.id).inserted else { return nil }
      return PlacedPoint(point: point, position: there.position, sigma: point.sigma ?? there.sigma)
    }
  }

  /// A point by its coordinates, to which a declared sigma belongs.
  func placed(_ point: SheetPoint, _ position: Geographic) -> PlacedPoint {
    PlacedPoint(point: point, position: position, sigma: point.sigma ?? rules.sigma)
  }

  /// Draws the perimeter through the corners; a corner without a place, or a doubt of what is one, leaves it open.
  private mutating func close(_ shape: inout SheetShape, _ points: [SheetPoint]) {
    guard isSureOfCorners(shape, points) else { return }
    var corners = shape.points.filter(\.point.isPerimeter)
    if corners.count > 1, corners[0].position == corners[corners.count - 1].position { corners.removeLast() }
    guard corners.count >= 3, let ring = try? Ring(corners.map(\.position)) else {
      return tell(
        "sheet.too-few", .error, shape.line, "polygon \(shape.id.prefix(64)) has \(corners.count) corners",
        "give at least three")
    }
    (shape.polygon, shape.corners) = (Polygon(ring), corners)
    let sigmas = corners.compactMap(\.sigma)
    if sigmas.count == corners.count { shape.areaSigma = try? areaSigma(of: corners.map(\.position), sigmas: sigmas) }
  }
}

extension SheetPoint {
  /// Whether the perimeter goes through it; a point whose type nobody gave is a corner.
  var isPerimeter: Bool { type?.isCorner ?? true }
}

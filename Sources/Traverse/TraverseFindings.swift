internal import Geomagnetism
internal import Projection
internal import Survey

/// What the planner should know of a sheet, each with its row.
struct TraverseFindings {
  let sheet: TraverseSheet
  private var findings: [Finding] = []

  init(sheet: TraverseSheet) { self.sheet = sheet }

  /// In the order of the rows.
  var sorted: [Finding] {
    findings.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element)
  }

  private mutating func add(_ code: String, _ level: Finding.Level, _ index: Int, _ message: String, _ advice: String) {
    findings.append(Finding(code, level, at: sheet.legs[index].place, message, advice: advice))
  }

  private func name(_ index: Int) -> String {
    "\(sheet.legs[index].to.prefix(64)) from \(sheet.legs[index].from.prefix(64))"
  }

  /// Whether a row reads as a leg at all.
  mutating func isUsable(_ index: Int) -> Bool {
    let leg = sheet.legs[index]
    if leg.to.isEmpty || leg.from.isEmpty {
      add(
        "traverse.unnamed", .error, index, "a point, or the one it is measured from, has no name",
        "give both ids: without them the leg has no place")
    } else if leg.from == leg.to {
      add(
        "traverse.cycle", .error, index, "point \(leg.to.prefix(64)) is measured from itself",
        "name the point where the instrument stood")
    } else if leg.distance == 0 {
      add(
        "traverse.zero-leg", .error, index, "\(name(index)): the distance is 0 m, so the point is not placed",
        "fill in the distance; where the two are one point, give it one name")
    } else if !(leg.distance > 0 && leg.distance <= TraverseSheet.longestLeg) {
      add(
        "traverse.distance", .error, index, "\(name(index)): \(leg.distance) m is no distance that was measured",
        "correct the distance; it is in metres")
    } else if leg.unit.degrees(leg.bearing) == nil {
      add(
        "traverse.bearing-range", .error, index,
        "\(name(index)): a bearing of \(leg.bearing) is not between 0 and \(leg.unit.circle) \(leg.unit.rawValue)",
        "correct the bearing, or the unit of the sheet")
    } else {
      return true
    }
    return false
  }

  mutating func caution(_ index: Int) {
    add(
      "traverse.magnetic-caution", .warning, index,
      "\(name(index)): the horizontal magnetic field is under 6000 nT here, and a compass may be badly off",
      "check the bearing against true or grid north")
  }

  mutating func noDirection(_ index: Int, _ failure: LegFailure) {
    switch failure {
    case .noConvergence:
      add(
        "traverse.no-grid", .error, index, "\(name(index)): grid north is not known, so the point is not placed",
        "name the survey's grid, or give the bearing from true north")
    case .magnetic(let error):
      add("traverse.magnetic", .error, index, "\(name(index)): \(error.message)", error.advice)
    case .geodesic(let error):
      add("traverse.distance", .error, index, "\(name(index)): \(error.message)", "correct the leg")
    case .bearing:
      add("traverse.bearing-range", .error, index, "\(name(index)): the bearing is no direction", "correct the bearing")
    }
  }

  /// Rows that hang on a point without a place.
  mutating func stuck(_ solver: Solver) {
    let given = Set(sheet.legs.map(\.to))
    var lost = Set(solver.waiting.keys.filter { !given.contains($0) })
    for index in solver.unusable where solver.net.index[sheet.legs[index].to] == nil {
      lost.insert(sheet.legs[index].to)
    }
    var queue = Array(lost)
    while let id = queue.popLast() {
      for index in solver.waiting[id] ?? [] where lost.insert(sheet.legs[index].to).inserted {
        queue.append(sheet.legs[index].to)
      }
    }
    for index in solver.waiting.values.joined().sorted() {
      let from = sheet.legs[index].from
      if !given.contains(from) {
        add(
          "traverse.unknown-point", .error, index, "\(name(index)): no row and no known point has the latter name",
          "correct the id of the point it is measured from, or add that point; this one is not placed")
      } else if lost.contains(from) {
        add(
          "traverse.unknown-point", .error, index, "\(name(index)): the latter has no place itself",
          "mend the row of that point; until then this one is not placed")
      } else {
        add(
          "traverse.cycle", .error, index, "\(name(index)): the two hang on each other, and on no known point",
          "measure one point of the loop from the benchmark")
      }
    }
  }

  mutating func closures(of solution: TraverseSolution) {
    for closure in solution.closures where !(closure.ratio >= sheet.tolerance) {
      let metres = (closure.distance * 1000).rounded() / 1000
      add(
        "traverse.misclosure", .warning, closure.leg,
        "\(name(closure.leg)) misses the point by \(metres) m, \(oneTo(closure.ratio)) of its loop; "
          + "\(oneTo(sheet.tolerance)) is asked for",
        "look for a blunder in the legs of the loop before anything is adjusted")
    }
    guard solution.misclosure == nil, !sheet.legs.isEmpty else { return }
    let target = sheet.closesOn.map { " on \($0.prefix(64))" } ?? ""
    findings.append(
      Finding(
        "traverse.no-closing", .warning, at: sheet.place,
        "no leg closes\(target), so no bearing or distance is checked",
        advice: "measure back to the start point, and add that leg as the last row"))
  }

  /// Sides of the perimeter, the closing one too; a millimetre of grace for what the ellipsoid makes of 50 m.
  mutating func longSides(of solution: TraverseSolution) {
    let ids = solution.perimeter
    guard ids.count >= 2 else { return }
    let places = Dictionary(solution.points.map { ($0.id, $0) }) { first, _ in first }
    let ends = ids.count > 2 ? Array(ids.dropFirst()) + [ids[0]] : Array(ids.dropFirst())
    for (a, b) in zip(ids, ends) {
      guard let from = places[a], let to = places[b],
        let length = try? Geodesic(from: from.position, to: to.position).length,
        length > TraverseSheet.longestSide + 1e-3
      else { continue }
      let row = (b == ids[0] ? from.leg : to.leg).map { sheet.legs[$0].place } ?? sheet.place
      findings.append(
        Finding(
          "traverse.leg-long", .info, at: row,
          "from \(a.prefix(64)) to \(b.prefix(64)) the perimeter runs \((length * 10).rounded() / 10) m without a mark",
          advice: "set an intermediate point: turning points more than 50 m apart are not seen from each other"))
    }
  }
}

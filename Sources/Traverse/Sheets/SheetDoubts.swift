internal import Geometry
internal import Projection
internal import Survey

/// What is looked at before a perimeter is drawn.
extension SheetWork {
  /// Whether every corner has a place, and it is known of every row whether it is one.
  mutating func isSureOfCorners(_ shape: SheetShape, _ points: [SheetPoint]) -> Bool {
    let here = Set(shape.points.map(\.point.line))
    let ids = Set(shape.points.map(\.point.id))
    let missing = points.filter { point in
      let leadsBack = point.hasLeg && !point.hasPosition && !point.id.isEmpty && ids.contains(point.id)
      return point.isPerimeter && !here.contains(point.line) && !leadsBack
    }
    guard missing.isEmpty else {
      let names = missing.prefix(5).map { $0.id.isEmpty ? "row \($0.line)" : String($0.id.prefix(64)) }
      tell(
        "sheet.corner-missing", .error, missing[0].line,
        "polygon \(shape.id.prefix(64)) lacks the place of \(names.joined(separator: ", "))",
        "complete the row: a perimeter is not drawn past a corner that is missing")
      return false
    }
    for point in points {
      guard let doubt = doubt(point) else { continue }
      tell(
        "sheet.type", .error, point.line, "polygon \(shape.id.prefix(64)): \(doubt)",
        "give its type as Start, Turning, Intermediate, Reference or Evidence Point or Benchmark, or leave the column of types out"
      )
      return false
    }
    return !standsTwice(shape, points)
  }

  /// Why it cannot be said whether a point is a corner.
  private func doubt(_ point: SheetPoint) -> String? {
    if case .other(let name)? = point.type {
      return "\(point.id.prefix(64)) is a \"\(name.prefix(64))\", which may be a corner or not"
    }
    guard point.type == nil, let named = PointType(point.id) else { return nil }
    switch named {
    case .reference, .benchmark, .evidence:
      return "\(point.id.prefix(64)) has no type, and its name is that of a \(named.name), which is no corner"
    case .start, .turning, .intermediate, .other: return nil
    }
  }

  /// Whether two rows with one id lead to two places: then the second one is a corner that lost its own id. Only the
  /// first corner may be missed by as much as it is: that is the misclosure.
  private mutating func standsTwice(_ shape: SheetShape, _ points: [SheetPoint]) -> Bool {
    guard let solution = shape.traverse else { return false }
    let first = points.first(where: \.isPerimeter)?.id
    let own = Set(points.filter { $0.isPerimeter && $0.id != first && byLine[$0.line] == nil }.map(\.line))
    for closure in solution.closures where closure.ratio < rules.tolerance && closure.distance > 0.01 {
      let row = solution.sheet.legs[closure.leg].place.line
      guard own.contains(row) else { continue }
      tell(
        "sheet.corner-twice", .error, row,
        "polygon \(shape.id.prefix(64)): point \(closure.point.prefix(64)) stands here and before, "
          + "\(metres(closure.distance)) apart", "give each corner an id of its own, or correct the leg")
      return true
    }
    return false
  }

  /// Whether no corner to be placed by a leg has the name of a single point, which would be taken for it.
  mutating func isUnambiguous(_ id: String, _ points: [SheetPoint]) -> Bool {
    for point in points where point.isPerimeter && byLine[point.line] == nil {
      guard let single = singlesByID[point.id]?.first, single.type != .start || point.type != .start else { continue }
      tell(
        "sheet.ambiguous-id", .error, point.line,
        "polygon \(id.prefix(64)) and the single point in row \(single.line) both have a point \(point.id.prefix(64))",
        "give each an id of its own: legs name the point that they are measured from")
      return false
    }
    return true
  }

  /// Where all points have coordinates, legs are a check on them: the worst that fails is told.
  mutating func checkLegs(_ id: String, _ points: [SheetPoint]) {
    guard points.contains(where: { $0.distance != nil }) else { return }
    var places = singlesByID.compactMapValues { rows in rows.count == 1 ? byLine[rows[0].line] : nil }
    var sigmas: [String: Double] = [:]
    for point in points {
      places[point.id] = byLine[point.line]
      sigmas[point.id] = point.sigma ?? rules.sigma
    }
    var failed: [(line: Int, leg: String, miss: Double)] = []
    for (index, point) in points.enumerated() {
      let from = point.fromPoint ?? (index > 0 ? points[index - 1].id : "")
      guard let distance = point.distance, let start = places[from], let end = byLine[point.line],
        let miss = miss(of: point, distance, from: start, to: end)
      else { continue }
      let spread =
        3 * ((sigmas[from] ?? 0) * (sigmas[from] ?? 0) + (point.sigma ?? 0) * (point.sigma ?? 0)).squareRoot()
      // A centimetre for what was rounded.
      if miss > distance / rules.tolerance + spread + 0.01 {
        failed.append((point.line, "to \(point.id.prefix(64)) from \(from.prefix(64))", miss))
      }
    }
    guard let worst = failed.max(by: { $0.miss < $1.miss }) else { return }
    tell(
      "sheet.leg-differs", .warning, worst.line,
      "polygon \(id.prefix(64)): the leg \(worst.leg) ends \(metres(worst.miss)) from the coordinates"
        + (failed.count > 1 ? ", and \(failed.count - 1) more legs do not fit" : ""),
      "the coordinates are used: find out which of the two is right")
  }

  /// Metres; by the distance alone where it is not known what the bearing is counted from.
  private func miss(of point: SheetPoint, _ distance: Double, from start: Geographic, to end: Geographic) -> Double? {
    guard let geodesic = try? Geodesic(from: start, to: end) else { return nil }
    let difference = abs(geodesic.length - distance)
    guard let leg = leg(to: point, from: ""), distance > 0,
      let direction = try? LegAzimuths(convergence: rules.convergence).direction(of: leg, at: start),
      let arrival = try? Geodesic.destination(from: start, azimuth: direction.azimuth, distance: distance)
    else { return difference }
    return arrival.distance(to: end)
  }
}

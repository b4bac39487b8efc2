internal import Geometry
internal import Projection
internal import Survey

extension TraverseSheet {
  /// Lays off every leg from the point it is measured from; what cannot be placed is a finding, and has no place.
  ///
  /// The rows may come in any order; where two of them lead to one point, the one that comes first and whose own
  /// beginning is known places it, and the other one checks it. `convergence` is needed for bearings from grid north.
  public func solved(convergence: GridConvergence? = nil) throws(TraverseError) -> TraverseSolution {
    guard legs.count <= Self.mostLegs else { throw .tooManyLegs(legs.count) }
    guard !known.isEmpty else { throw .noKnownPoint }
    var net = Network(sheet: self)
    for point in known {
      guard point.position.isOnEarth else { throw .position(point.id) }
      guard net.index[point.id] == nil else { throw .twice(point.id) }
      net.add(point)
    }
    var report = TraverseFindings(sheet: self)
    let azimuths = LegAzimuths(convergence: convergence)
    var solver = Solver(sheet: self, net: net)
    for index in legs.indices { solver.take(index, by: azimuths, &report) }
    report.stuck(solver)
    let perimeter = perimeter(solver.net)
    let solution = TraverseSolution(
      sheet: self, points: solver.net.points, legs: solver.solved, closures: solver.closures, perimeter: perimeter,
      findings: [])
    report.closures(of: solution)
    report.longSides(of: solution)
    return solution.with(report.sorted)
  }

  /// Known start point first, then every point of the perimeter at its first row.
  private func perimeter(_ net: Network) -> [String] {
    var ids = known.first { $0.type == .start }.map { [$0.id] } ?? []
    var seen = Set(ids)
    for leg in legs {
      guard let point = net.point(leg.to), point.type.isCorner, seen.insert(leg.to).inserted else { continue }
      ids.append(leg.to)
    }
    return ids
  }
}

extension TraverseSolution {
  fileprivate func with(_ findings: [Finding]) -> TraverseSolution {
    TraverseSolution(
      sheet: sheet, points: points, legs: legs, closures: closures, perimeter: perimeter, findings: findings)
  }
}

/// Takes the legs one after the other; one that hangs on a point still to come waits for it.
struct Solver {
  let sheet: TraverseSheet
  var net: Network
  /// Every leg, without an azimuth until it is used.
  var solved: [SolvedLeg]
  var closures: [Misclosure] = []
  /// By the point that they wait for.
  var waiting: [String: [Int]] = [:]
  /// Legs that cannot be used, whatever they hang on.
  var unusable: Set<Int> = []

  init(sheet: TraverseSheet, net: Network) {
    (self.sheet, self.net) = (sheet, net)
    solved = sheet.legs.map { SolvedLeg(leg: $0, azimuth: nil, correction: nil, model: nil) }
  }

  mutating func take(_ first: Int, by azimuths: LegAzimuths, _ report: inout TraverseFindings) {
    guard report.isUsable(first) else {
      unusable.insert(first)
      return
    }
    var queue = [first]
    var next = 0
    while next < queue.count {
      let index = queue[next]
      next += 1
      let leg = sheet.legs[index]
      guard let from = net.index[leg.from] else {
        waiting[leg.from, default: []].append(index)
        continue
      }
      do throws(LegFailure) {
        let direction = try azimuths.direction(of: leg, at: net.points[from].position)
        if direction.isCaution { report.caution(index) }
        solved[index] = SolvedLeg(
          leg: leg, azimuth: direction.azimuth, correction: direction.correction, model: direction.model)
        let arrival = try destination(from, direction.azimuth, leg)
        if let known = net.index[leg.to] {
          closures.append(try net.misclosure(index, from: from, to: known, arrival: arrival))
        } else {
          net.add(index, from: from, at: arrival, azimuth: direction.azimuth)
          queue += waiting.removeValue(forKey: leg.to) ?? []
        }
      } catch {
        report.noDirection(index, error)
        unusable.insert(index)
      }
    }
  }

  private func destination(_ from: Int, _ azimuth: Double, _ leg: Leg) throws(LegFailure) -> Geographic {
    do {
      return try Geodesic.destination(from: net.points[from].position, azimuth: azimuth, distance: leg.distance)
    } catch { throw .geodesic(error) }
  }
}

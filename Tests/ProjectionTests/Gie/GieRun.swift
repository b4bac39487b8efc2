import Foundation
import Geometry

@testable import Projection

/// What came of a case.
enum GieVerdict: Equatable {
  case passed
  case failed(String)
  /// Not a case for us, and why.
  case notApplicable(String)
}

extension GieGroup {
  /// Every case run through `Transformer`; `expand` replaces what Razmin does not take, such as `+init=`.
  func verdicts(expanding expand: (String) throws -> String) throws -> [GieVerdict] {
    do {
      switch subject {
      case .operation(let text):
        let radius =
          text.contains("proj=pipeline") ? 1 : (parameter("R", text) ?? parameter("a", text) ?? 6_378_137) / 6_378_137
        let transformer = try Transformer.open(pipelines: [expand(text)], name: "line \(line)")
        return cases.map { $0.verdict(by: transformer, radius) }
      case .systems(let source, let target):
        if let requiredGrid, !isInstalled(requiredGrid) {
          return all(.notApplicable("needs a grid that is not installed"))
        }
        let (from, to) = (try ReferenceSystem(source), try ReferenceSystem(target))
        guard let operation = try candidates(from: from, to: to, over: nil).first(where: \.isUsable) else {
          return all(.failed("no operation"))
        }
        let transformer = try Transformer.open(operation)
        return cases.map { $0.eastFirst(from.isNorthFirst, to.isNorthFirst).verdict(by: transformer, 1) }
      }
    } catch let error as ProjectionError {
      if error.code == "crs.kind" { return all(.notApplicable("no CRS for a survey: \(error.reason)")) }
      return cases.map { if case .failure = $0.demand { .passed } else { .failed(error.reason) } }
    }
  }

  private func all(_ verdict: GieVerdict) -> [GieVerdict] { cases.map { _ in verdict } }

  private func parameter(_ name: String, _ text: String) -> Double? {
    let word = text.split(separator: " ").first { $0.drop { $0 == "+" }.hasPrefix(name + "=") }
    return word.flatMap { Double($0.split(separator: "=").last ?? "") }
  }
}

/// Where Debian's PROJ looks, and users put theirs.
private func isInstalled(_ grid: String) -> Bool {
  let environment = ProcessInfo.processInfo.environment
  let own = (environment["XDG_DATA_HOME"] ?? (environment["HOME"] ?? "") + "/.local/share") + "/proj"
  let folders = [own, "/usr/share/proj"] + (environment["PROJ_DATA"] ?? "").split(separator: ":").map(String.init)
  return folders.contains { FileManager.default.fileExists(atPath: $0 + "/" + grid) }
}

extension GieCase {
  /// Razmin takes and gives east before north, whatever the CRS says.
  func eastFirst(_ isSourceSwapped: Bool, _ isTargetSwapped: Bool) -> GieCase {
    func swapped(_ values: [Double], _ isSwapped: Bool) -> [Double] {
      isSwapped && values.count > 1 ? [values[1], values[0]] + values.dropFirst(2) : values
    }
    var demand = demand
    if case .coordinates(let values) = demand { demand = .coordinates(swapped(values, isTargetSwapped)) }
    return GieCase(
      line: line, accepted: swapped(accepted, isSourceSwapped), isBackwards: isBackwards, tolerance: tolerance,
      demand: demand)
  }

  /// `radius` is that of the operation's ellipsoid, over the Earth's.
  func verdict(by transformer: borrowing Transformer, _ radius: Double) -> GieVerdict {
    let (unitIn, unitOut) = (
      transformer.inputUnit(backwards: isBackwards), transformer.outputUnit(backwards: isBackwards)
    )
    let start = quadruple(accepted, unitIn == .radians ? .pi / 180 : 1)
    switch demand {
    case .failure:
      let moved = transformer.transform(start, backwards: isBackwards)
      // The two-dimensional door has to refuse what this one does.
      return moved.x.isFinite && moved.y.isFinite ? .failed("\(moved) and not a failure") : .passed
    case .coordinates(let values):
      var moved = transformer.transform(start, backwards: isBackwards)
      if values.count < 4 { moved.w = 0 }
      if values.count < 3 { moved.z = 0 }
      let wanted = quadruple(values, unitOut == .radians ? .pi / 180 : 1)
      if moved.x.isNaN, wanted.x.isNaN { return .passed }
      let deviation = distance(moved, wanted, unitOut, radius)
      guard deviation <= tolerance, abs(moved.w - wanted.w) <= 1e-4 || values.count < 4 else {
        return .failed("\(moved) and not \(wanted), \(deviation) m")
      }
      return .passed
    case .roundtrip(let times, let tolerance):
      var place = start
      for _ in 0..<times {
        place = transformer.transform(place, backwards: isBackwards)
        place = transformer.transform(place, backwards: !isBackwards)
      }
      if place.x.isNaN, tolerance.isNaN { return .passed }
      let deviation = distance(place, start, unitIn, radius)
      return deviation <= tolerance ? .passed : .failed("\(times) round trips lead \(deviation) m away")
    }
  }

  private func quadruple(_ values: [Double], _ scale: Double) -> SIMD4<Double> {
    let v = values + [Double](repeating: 0, count: max(0, 4 - values.count))
    return SIMD4(v[0] * scale, v[1] * scale, v[2], v[3])
  }

  /// Metres; along a sphere where angles are compared, which is exact to 1 in 100.
  private func distance(
    _ a: SIMD4<Double>, _ b: SIMD4<Double>, _ unit: Transformer.AngularUnit?, _ radius: Double
  ) -> Double {
    var (dx, dy) = (a.x - b.x, a.y - b.y)
    if let unit {
      let scale = unit == .degrees ? Double.pi / 180 : 1
      let (lat1, lat2) = (a.y * scale, b.y * scale)
      let half = sin(dx * scale / 2)
      (dx, dy) = (2 * half * (cos(lat1) * cos(lat2)).magnitude.squareRoot(), 2 * sin(dy * scale / 2))
      (dx, dy) = (dx * 6_378_137 * radius, dy * 6_378_137 * radius)
    }
    let dz = a.z - b.z
    return (dx * dx + dy * dy + dz * dz).squareRoot()
  }
}

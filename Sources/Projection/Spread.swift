import Geometry

/// Where different operations put the same points.
struct Spread {
  private let samples: [Projected]
  /// Some operation, good enough to know roughly where the points are.
  private let rough: CoordinateOperation?

  init(_ samples: [Projected], _ candidates: [CoordinateOperation]) {
    self.samples = samples
    rough = candidates.first { $0.isUsable } ?? candidates.first { !$0.pipelines.isEmpty && $0.missingGrids.isEmpty }
  }

  /// The samples' surroundings in degrees, to ask PROJ for what is valid there; `nil` where nothing is known. Some 100 m
  /// larger than they are: PROJ finds nothing for a box without extent.
  func box(_ source: ReferenceSystem, _ target: ReferenceSystem) -> Box<Geographic>? {
    if source.isGeographic {
      return samples.isEmpty ? nil : Box(samples.map { Geographic($0.easting, $0.northing) }).grown(by: 0.001)
    }
    guard target.isGeographic, let rough, !samples.isEmpty else { return nil }
    let places = positions(rough)
    return places.isEmpty ? nil : Box(places.map { Geographic($0.x, $0.y) }).grown(by: 0.001)
  }

  /// Every other operation that can be run, with the metres between its points and those of `chosen`.
  func alternatives(_ operations: [CoordinateOperation], to chosen: CoordinateOperation) -> [Alternative] {
    let here = positions(chosen)
    return operations.filter { $0.isUsable && $0.code != chosen.code }.map { operation in
      let there = positions(operation)
      let distances = zip(here, there).map { distance($0, $1, isGeographic: chosen.target.isGeographic) }
      // A candidate that cannot carry a point over has nothing to compare.
      let isWhole = there.count == here.count && !here.isEmpty
      return Alternative(operation: operation, distance: isWhole ? distances.max() ?? 0 : .infinity)
    }
  }

  /// Whether every point is carried over: a grid may be installed and broken, or end before them.
  func isCarried(by operation: CoordinateOperation) -> Bool { positions(operation).count == samples.count }

  private func positions(_ operation: CoordinateOperation) -> [(x: Double, y: Double)] {
    guard let transformer = try? Transformer.open(pipelines: operation.pipelines, name: operation.name) else {
      return []
    }
    return samples.compactMap { transformer.transform($0.easting, $0.northing) }
  }

  private func distance(_ p: (x: Double, y: Double), _ q: (x: Double, y: Double), isGeographic: Bool) -> Double {
    if isGeographic { return Geographic(p.x, p.y).distance(to: Geographic(q.x, q.y)) }
    let (dx, dy) = (p.x - q.x, p.y - q.y)
    return (dx * dx + dy * dy).squareRoot()
  }
}

/// A length for people: `9.3 m`, `446 m`, `1.6 km`; centimetres below 1 m.
public func metres(_ length: Double) -> String {
  guard length.isFinite else { return "an unknown distance" }
  func rounded(_ value: Double, _ unit: String) -> String {
    let tenths = (value * 10).rounded() / 10
    return (tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)") + " " + unit
  }
  switch abs(length) {
  case ..<1: return "\((length * 100).rounded() / 100) m"
  case ..<100: return rounded(length, "m")
  case ..<1000: return "\(Int(length.rounded())) m"
  case ..<100_000_000: return rounded(length / 1000, "km")
  default: return "\(length) m"
  }
}

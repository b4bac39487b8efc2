import Formats
import Geometry
import LandRelease

/// How near one shape comes.
struct CheckedAnswer {
  var distance = Double.infinity
  var nearest: RemainingGround.Source?
  var sources: Set<RemainingGround.Source> = []
  /// By the part of the shape.
  var stretches: [(part: Int, stretch: RemainingGround.Stretch)] = []
  var isNear: Bool { !sources.isEmpty }
}

extension CheckedShape {
  func asked(_ ground: RemainingGround, within reach: Double) throws -> CheckedAnswer {
    var answer = CheckedAnswer()
    let boundaries = polygons.flatMap { $0.rings.map { $0.corners + $0.corners.prefix(1) } }
    for (part, line) in (lines + boundaries + points.map { [$0] }).enumerated() {
      let near = ground.nearness(of: line, reach: reach)
      if near.distance < answer.distance { (answer.distance, answer.nearest) = (near.distance, near.source) }
      answer.sources.formUnion(near.sources)
      if line.count > 1 { answer.stretches += near.stretches.map { (part, $0) } }
    }
    for polygon in polygons {
      let inside = try ground.sources(inside: polygon)
      answer.sources.formUnion(inside)
      if let first = inside.first { (answer.distance, answer.nearest) = (0, first) }
    }
    return answer
  }

  /// Of a stretch that comes near.
  func properties(_ stretch: RemainingGround.Stretch, part: Int, in file: String) -> JSONObject {
    [
      "layer": "near", "name": name.map { .string($0) } ?? .null, "source": .string(file), "line": .int(line),
      "part": .int(part + 1), "from_m": .fixed(stretch.from, decimals: 2), "to_m": .fixed(stretch.to, decimals: 2),
      "length_m": .fixed(stretch.to - stretch.from, decimals: 2), "stroke": "#FF0000", "stroke-width": 4,
    ]
  }
}

extension CheckedAnswer {
  /// `hasSpotTasks` says whether the survey has any.
  func properties(of shape: CheckedShape, in file: String, hasSpotTasks: Bool) -> JSONObject {
    let near = sources.sorted()
    var properties: JSONObject = [
      "layer": "checked", "name": shape.name.map { .string($0) } ?? .null, "source": .string(file),
      "line": .int(shape.line), "near": .bool(isNear),
      "distance_m": distance.isFinite ? .fixed(distance, decimals: 2) : .null,
      "nearest": nearest.map { .string($0.name) } ?? .null,
      "hazards": .array(near.compactMap { if case .hazard(let id) = $0 { .string(id) } else { nil } }),
      "finds": .array(near.compactMap { if case .find(let id) = $0 { .string(id) } else { nil } }),
    ]
    if hasSpotTasks {
      properties["spot_tasks"] = .array(near.compactMap { if case .spotTask(let id) = $0 { .string(id) } else { nil } })
    }
    let length = stretches.reduce(0) { $0 + $1.stretch.to - $1.stretch.from }
    properties["near_length_m"] = .fixed(length, decimals: 2)
    properties["stroke"] = .string(isNear ? "#FF0000" : "#4361EE")
    return properties
  }
}

extension RemainingGround.Source {
  fileprivate var name: String {
    switch self {
    case .hazard(let id): "hazard \(id)"
    case .find(let id): "find \(id)"
    case .spotTask(let id): "spot task \(id)"
    }
  }
}

import Geometry
import Survey

/// Boxes that come within reach of evidence, and whose search must have found nothing.
struct RequiredBoxes {
  /// Metres to the nearest evidence.
  private(set) var distances: [GridBox: Double] = [:]
  /// Indices of the evidence whose fade-out reaches a box.
  private(set) var evidence: [GridBox: [Int]] = [:]

  /// Every box that comes within the fade-out distance and k sigma of a find, 3 mm and the doubt of the distance aside.
  init(round finds: [Find], fadeout: Double, _ survey: FieldSurvey, _ lattice: borrowing BoxLattice) throws {
    let places = try lattice.places(finds.map(\.position))
    for (index, find) in finds.enumerated() {
      let radius = fadeout + survey.sigmaFactor * find.usedSigma
      // A hundredth more: a metre of a grid is no metre on the ground, and in no survey's grid off by as much.
      let near = try lattice.boxes(within: radius * 1.01 + 1, of: places[index])
      let plane = Plane(at: find.position)
      let home = Set(try lattice.boxes(within: TouchedBoxes.reach, of: places[index]))
      for (box, ring) in zip(near, try lattice.rings(of: near)) {
        let away = home.contains(box) ? 0 : plane.distance(to: ring)
        guard away - plane.doubt(at: away) - TouchedBoxes.reach <= radius else { continue }
        distances[box] = min(distances[box] ?? .infinity, away)
        evidence[box, default: []].append(index)
      }
      guard distances.count <= BoxLattice.most else { throw BoxLattice.tooMany }
    }
  }

  /// Boxes that touch, be it at a corner, each group in the order of its boxes.
  func footprints() -> [[GridBox]] {
    let boxes = distances.keys.sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(boxes, boxes.indices))
    var sets = DisjointSets(count: boxes.count)
    for (index, box) in boxes.enumerated() {
      // Each pair is seen once, from its north-eastern, northern, north-western or eastern box.
      for (column, row) in [(-1, 0), (-1, -1), (0, -1), (1, -1)] {
        if let other = numbers[GridBox(column: box.column + column, row: box.row + row)] { sets.join(index, other) }
      }
    }
    var groups: [Int: [GridBox]] = [:]
    for (index, box) in boxes.enumerated() { groups[sets.find(index), default: []].append(box) }
    return groups.values.sorted { ($0.first ?? boxes[0]) < ($1.first ?? boxes[0]) }
  }
}

extension Plane {
  /// Metres from the middle of the plane to the nearest edge of a ring.
  fileprivate func distance(to ring: [LatticePoint]) -> Double {
    let places = ring.map { place($0.position) }
    return zip(places, places.dropFirst() + places.prefix(1)).reduce(.infinity) {
      min($0, LandRelease.distance(Projected(0, 0), $1.0, $1.1))
    }
  }
}

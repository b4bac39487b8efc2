import Geometry
import Projection

/// One step on the Earth with the half-width that it searches, in metres.
struct GroundStep {
  var from, to: Geographic
  var radius: Double
}

/// The budget of a claim's boundary in metres (`docs/decisions/`): a claim may be 2 cm smaller than the truth. The
/// lattice takes up to 1.4 mm of it, twice: once when corners are put on it and once when the arrangement is noded.
let claimTolerance = 0.016

/// The ground within its radius of any step, on the lattice.
///
/// Found in local frames of about 2 km, each centred on its steps, so that a metre is a metre whatever the extent.
func swathGround(_ steps: [GroundStep], tolerance: Double = claimTolerance) throws -> RingSet {
  var rings: [[LatticePoint]] = []
  for tile in tiles(of: steps.filter { $0.radius > 0 }) {
    // Where a step begins in the end of the one before, that place is projected once.
    var (ends, begins): ([Geographic], [Int]) = ([], [])
    for step in tile {
      if ends.last != step.from { ends.append(step.from) }
      begins.append(ends.count - 1)
      ends.append(step.to)
    }
    let frame = try LocalFrame.open(at: Box(ends).center)
    let places = try frame.project(ends)
    let flat = zip(tile, begins).map { step, begin in
      SwathStep(from: places[begin], to: places[begin + 1], radius: step.radius)
    }
    let found = try swathRings(flat, tolerance: tolerance).map(withShortEdges)
    var corners = try frame.lattice(found.flatMap { $0 })[...]
    for ring in found {
      rings.append(withoutRepeats(corners.prefix(ring.count)))
      corners = corners.dropFirst(ring.count)
    }
  }
  return RingSet(rings, .winding)
}

private func withoutRepeats(_ corners: ArraySlice<LatticePoint>) -> [LatticePoint] {
  var ring: [LatticePoint] = []
  ring.reserveCapacity(corners.count)
  for corner in corners where ring.last != corner { ring.append(corner) }
  while ring.count > 1, ring.first == ring.last { ring.removeLast() }
  return ring
}

/// Steps sorted into tiles of about 2 km by where they begin; one tile where they do not reach farther than twice that.
private func tiles(of steps: [GroundStep]) -> [[GroundStep]] {
  guard !steps.isEmpty else { return [] }
  let box = Box(steps.flatMap { [$0.from, $0.to] })
  let scale = LocalScale(latitude: box.center.latitude)
  guard max(box.width * scale.metresPerLongitude, box.height * scale.metresPerLatitude) > 4_000 else { return [steps] }
  struct Tile: Hashable { var column, row: Int }
  var numbers: [Tile: Int] = [:]
  var tiles: [[GroundStep]] = []
  for step in steps {
    let tile = Tile(
      column: Int((step.from.longitude - box.minX) * scale.metresPerLongitude / 2_000),
      row: Int((step.from.latitude - box.minY) * scale.metresPerLatitude / 2_000))
    if let number = numbers[tile] {
      tiles[number].append(step)
    } else {
      numbers[tile] = tiles.count
      tiles.append([step])
    }
  }
  return tiles
}

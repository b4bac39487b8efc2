import Geometry
import Projection

/// The budget of a claim's boundary in metres (`docs/decisions/`): a claim may be 2 cm smaller than the truth. The
/// lattice takes up to 1.4 mm of it, twice: once when corners are put on it and once when the arrangement is noded.
let claimTolerance = 0.016

/// The ground within its radius of any step, on the lattice.
///
/// Found in local frames of about 2 km, each centred on its steps, so that a metre is a metre whatever the extent.
func swathGround(_ steps: GroundSteps, tolerance: Double = claimTolerance) throws -> RingSet {
  var rings: [[LatticePoint]] = []
  for tile in steps.tiles {
    let frame = try LocalFrame.open(at: Box(tile.places).center)
    let places = try frame.project(tile.places)
    let flat = tile.radii.indices.lazy.map { index in
      let begin = Int(tile.begins[index])
      return SwathStep(from: places[begin], to: places[begin + 1], radius: tile.radii[index])
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

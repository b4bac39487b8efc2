import Geometry
import Topology

/// One step of a track with the half-width that it searches, in metres of a local frame.
struct SwathStep: Hashable, Sendable {
  var from, to: Projected
  /// Metres; a step whose radius is not positive searches nothing.
  var radius: Double
}

/// The ground within its radius of any step, as rings with the ground on the left, in metres of the same frame.
///
/// The rings bound the ground in the sense of winding number one or more. They never take in ground outside the true
/// swath by more than 10 µm, and leave out none that lies deeper than `tolerance` inside it: arcs take two elevenths of
/// the tolerance, simplification the rest. `tolerance` is in metres.
func swathRings(
  _ steps: some Collection<SwathStep>, tolerance: Double
) throws(TopologyError) -> [[Projected]] {
  let steps = steps.lazy.filter { $0.radius > 0 }
  guard !steps.isEmpty else { return [] }
  // Two chords joined lie four sagittas deep: a little under a fifth lets simplification join any two of an arc.
  let sagitta = tolerance / 5.5
  for salt in 0..<4 {
    do throws(DegenerateSwath) {
      let outline = try SwathOutline(steps, salt: salt)
      return try outline.rings(sagitta: sagitta).map { simplifiedInwards($0, tolerance: tolerance - sagitta) }
    } catch { continue }
  }
  return try referenceSwath(steps, sagitta: sagitta).flatMap { polygon in
    polygon.rings.enumerated().map { index, ring in
      (ring.twiceSignedArea > 0) == (index == 0) ? ring.corners : ring.corners.reversed()
    }
  }
}

/// The same ground by GEOS: the union of one inscribed polygon a step.
///
/// Several times slower than the exact outline. It is the oracle of the tests, and the fallback where four choices of
/// the radii's small differences still leave boundaries that coincide.
func referenceSwath(
  _ steps: some Collection<SwathStep>, sagitta: Double
) throws(TopologyError) -> [Polygon<Projected>] {
  var parts: [Polygon<Projected>] = []
  for step in steps where step.radius > 0 {
    let alone = try? SwathOutline(CollectionOfOne(step)).rings(sagitta: sagitta)
    for corners in alone ?? [] {
      if let ring = try? Ring(corners) { parts.append(Polygon(ring)) }
    }
  }
  return try union(parts)
}

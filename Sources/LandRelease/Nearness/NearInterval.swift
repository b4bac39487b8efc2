import Geometry

/// The part of a segment from `a` to `b`, by its parameter in 0...1, that lies within `radius` of the segment from `p` to
/// `q`; `nil` where none does.
///
/// What lies within a distance of a segment is convex, so the part is one interval: from the first to the last parameter
/// at which the disc round either end, or the strip between them, is met.
func nearInterval(
  _ a: Projected, _ b: Projected, to p: Projected, _ q: Projected, within radius: Double
) -> ClosedRange<Double>? {
  let parts = [disc(a, b, p, radius), disc(a, b, q, radius), strip(a, b, p, q, radius)].compactMap { $0 }
  guard let low = parts.map(\.lowerBound).min(), let high = parts.map(\.upperBound).max() else { return nil }
  return low...high
}

/// The least distance between two segments.
func distance(_ a: Projected, _ b: Projected, to p: Projected, _ q: Projected) -> Double {
  if cross(a, b, p, q) { return 0 }
  return min(distance(a, p, q), distance(b, p, q), distance(p, a, b), distance(q, a, b))
}

/// From a place to a segment.
func distance(_ x: Projected, _ a: Projected, _ b: Projected) -> Double {
  let (dx, dy) = (b.easting - a.easting, b.northing - a.northing)
  let (px, py) = (x.easting - a.easting, x.northing - a.northing)
  let squared = dx * dx + dy * dy
  let along = squared > 0 ? min(max((px * dx + py * dy) / squared, 0), 1) : 0
  let (ex, ey) = (px - along * dx, py - along * dy)
  return (ex * ex + ey * ey).squareRoot()
}

private func side(_ a: Projected, _ b: Projected, _ p: Projected) -> Double {
  (b.easting - a.easting) * (p.northing - a.northing) - (p.easting - a.easting) * (b.northing - a.northing)
}

private func cross(_ a: Projected, _ b: Projected, _ p: Projected, _ q: Projected) -> Bool {
  side(a, b, p) * side(a, b, q) < 0 && side(p, q, a) * side(p, q, b) < 0
}

private func clipped(_ low: Double, _ high: Double) -> ClosedRange<Double>? {
  let (low, high) = (max(0, low), min(1, high))
  return low <= high ? low...high : nil
}

private func disc(_ a: Projected, _ b: Projected, _ centre: Projected, _ radius: Double) -> ClosedRange<Double>? {
  let (dx, dy) = (b.easting - a.easting, b.northing - a.northing)
  let (px, py) = (a.easting - centre.easting, a.northing - centre.northing)
  let squared = dx * dx + dy * dy
  let off = px * px + py * py - radius * radius
  guard squared > 0 else { return off <= 0 ? 0...1 : nil }
  let half = (px * dx + py * dy) / squared
  let discriminant = half * half - off / squared
  guard discriminant >= 0 else { return nil }
  return clipped(-half - discriminant.squareRoot(), -half + discriminant.squareRoot())
}

/// Where the segment is between the perpendiculars at both ends, and within the radius of the line through them.
private func strip(
  _ a: Projected, _ b: Projected, _ p: Projected, _ q: Projected, _ radius: Double
) -> ClosedRange<Double>? {
  let (ux, uy) = (q.easting - p.easting, q.northing - p.northing)
  let length = (ux * ux + uy * uy).squareRoot()
  guard length > 0 else { return nil }
  let along = { (x: Projected) in ((x.easting - p.easting) * ux + (x.northing - p.northing) * uy) / length }
  let aside = { (x: Projected) in ((x.northing - p.northing) * ux - (x.easting - p.easting) * uy) / length }
  guard let lengthwise = between(along(a), along(b), 0, length),
    let across = between(aside(a), aside(b), -radius, radius)
  else { return nil }
  return clipped(
    max(lengthwise.lowerBound, across.lowerBound), min(lengthwise.upperBound, across.upperBound))
}

/// The parameters at which a value that goes evenly from `start` to `end` is between two bounds.
private func between(_ start: Double, _ end: Double, _ low: Double, _ high: Double) -> ClosedRange<Double>? {
  guard start != end else { return start >= low && start <= high ? 0...1 : nil }
  let (x, y) = ((low - start) / (end - start), (high - start) / (end - start))
  return clipped(min(x, y), max(x, y))
}

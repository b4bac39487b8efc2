public import Geometry

extension CoordinateOperation {
  /// EPSG:9143 is Kosovo's own operation; it lies 1.6 km from all others, in Kosovo too (`docs/presets.md`), and its area of
  /// use in PROJ is a box that reaches into Serbia. It is taken only where it is named.
  static let onlyByName = "EPSG:9143"

  /// The operation by which planar areas are printed in a grid, from WGS 84.
  ///
  /// Nothing else depends on it, so it demands no choice: of the operations whose area of use holds the whole box the most
  /// accurate is taken, and of equals the one of smaller code; never a guess, nor one whose grid is missing. Of `named`,
  /// such as `EPSG:9495`, the first that leads there goes before, and one has to; then of `preferred`, if any does.
  public static func forAreas(
    in grid: String, over box: Box<Geographic>, named: [String] = [], preferred: [String] = []
  ) throws(ProjectionError) -> CoordinateOperation {
    let (wgs84, target) = (try ReferenceSystem(ReferenceSystem.wgs84), try ReferenceSystem(grid))
    guard !target.isGeographic else {
      throw ProjectionError("crs.kind", operation: grid, reason: "not a projected CRS, so it has no planar areas")
    }
    // On one datum, and only there, is an operation without a code, wherever the ground lies. Elsewhere what covers the ground
    // is not asked for where it does not matter: that is another search.
    let wanted = named.isEmpty ? preferred : named
    if !wanted.isEmpty, try !candidates(from: wgs84, to: target, over: nil).contains(where: { $0.code == "none" }) {
      for code in wanted {
        if let match = try operation(code, from: wgs84, to: target), match.isUsable { return match }
      }
    }
    let found = try candidates(from: wgs84, to: target, over: box).filter(\.isUsable)
    let best = found.filter { !$0.contains(onlyByName) }
      .min { a, b in (a.accuracy ?? .infinity, a.code) < (b.accuracy ?? .infinity, b.code) }
    if let best, best.code == "none" { return best }
    for code in named {
      if let match = try operation(code, from: wgs84, to: target), match.isUsable { return match }
    }
    guard named.isEmpty else {
      let known = found.map(\.code).joined(separator: ", ")
      throw ProjectionError(
        operation: named.joined(separator: ", "), reason: "no such operation to \(grid) here; candidates: \(known)")
    }
    for code in preferred {
      if let match = try operation(code, from: wgs84, to: target), match.isUsable { return match }
    }
    guard let best else {
      throw ProjectionError(
        operation: "WGS 84 to \(grid)", reason: "no operation with a stated datum shift covers the survey")
    }
    return best
  }
}

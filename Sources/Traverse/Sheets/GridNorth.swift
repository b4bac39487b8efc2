internal import Geometry
public import Projection

extension ReferenceSystem {
  /// Degrees from true north to the north of this grid, by place; `nil` for degrees. One thread.
  ///
  /// `preferred` are the operations chosen for the survey; convergence hardly depends on which is taken.
  public func convergence(preferred: [String]) throws(ProjectionError) -> GridConvergence? {
    guard !isGeographic else { return nil }
    let wgs84 = try ReferenceSystem(Self.wgs84)
    var found: CoordinateOperation?
    for code in preferred where found == nil { found = try operation(code, from: wgs84, to: self) }
    if found == nil { found = try candidates(from: wgs84, to: self, over: nil).first { $0.isUsable } }
    guard let operation = found else {
      throw ProjectionError(operation: name, reason: "PROJ knows no way to it")
    }
    let transformer = try Transformer.open(operation)
    let grid = name
    return { place in
      let angle = try? gridConvergence(at: place) { position throws(ProjectionError) in
        guard let moved = transformer.transform(position.longitude, position.latitude) else {
          throw ProjectionError("crs.outside", operation: grid, reason: "a point lies outside of it")
        }
        return Projected(moved.x, moved.y)
      }
      return angle ?? nil
    }
  }
}

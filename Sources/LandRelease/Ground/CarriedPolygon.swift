import Geometry

extension Polygon {
  /// A polygon whose rings were carried over from elsewhere, the outer one first.
  ///
  /// A ring that has fewer than three corners left encloses no ground: it is left out, and where it is the outer one there
  /// is no polygon.
  init?(bounding rings: [[C]]) throws(GeometryError) {
    var whole: [Ring<C>] = []
    for (index, corners) in rings.enumerated() {
      do { whole.append(try Ring(corners)) } catch {
        guard case .ringNeedsThreeCorners = error else { throw error }
        if index == 0 { return nil }
      }
    }
    guard let outer = whole.first else { return nil }
    self.init(outer, holes: Array(whole.dropFirst()))
  }
}

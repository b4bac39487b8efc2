/// A pair of numbers as a file has it, east (or longitude) first, in whatever CRS the file is.
public struct RawPosition: Hashable, Sendable, BitwiseCopyable {
  public var x, y: Double

  public init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
}

/// A geometry of simple features (OGC 06-103r4) as a file has it; heights and measures are dropped.
///
/// Rings are as they were stored, normally with the first position again at the end. Whether they are sound is not
/// looked at here; every number is finite.
public indirect enum RawGeometry: Hashable, Sendable {
  case point(RawPosition)
  case multiPoint([RawPosition])
  case line([RawPosition])
  case multiLine([[RawPosition]])
  /// The outer ring, then the holes.
  case polygon([[RawPosition]])
  case multiPolygon([[[RawPosition]]])
  case collection([RawGeometry])
}

extension RawGeometry {
  /// Hands on every position.
  func each(_ body: (RawPosition) -> Void) {
    switch self {
    case .point(let position): body(position)
    case .multiPoint(let positions), .line(let positions): positions.forEach(body)
    case .multiLine(let lists), .polygon(let lists): for list in lists { list.forEach(body) }
    case .multiPolygon(let polygons): for rings in polygons { for ring in rings { ring.forEach(body) } }
    case .collection(let members): for member in members { member.each(body) }
    }
  }
}

/// An upright rectangle around coordinates; empty until it has taken one in.
public struct Box<C: Coordinate>: Hashable, Sendable, BitwiseCopyable {
  public var minX = Double.infinity, minY = Double.infinity
  public var maxX = -Double.infinity, maxY = -Double.infinity

  @inlinable public init() {}
  @inlinable public init(_ coordinates: some Sequence<C>) { for c in coordinates { include(c) } }

  @inlinable public var isEmpty: Bool { minX > maxX }
  @inlinable public var width: Double { isEmpty ? 0 : maxX - minX }
  @inlinable public var height: Double { isEmpty ? 0 : maxY - minY }
  @inlinable public var center: C { C((minX + maxX) / 2, (minY + maxY) / 2) }

  @inlinable public mutating func include(_ c: C) {
    (minX, minY) = (min(minX, c.first), min(minY, c.second))
    (maxX, maxY) = (max(maxX, c.first), max(maxY, c.second))
  }
  @inlinable public mutating func include(_ b: Box) {
    (minX, minY) = (min(minX, b.minX), min(minY, b.minY))
    (maxX, maxY) = (max(maxX, b.maxX), max(maxY, b.maxY))
  }
  @inlinable public func grown(by margin: Double) -> Box { grown(byX: margin, y: margin) }

  /// The box with its sides moved outwards; an empty box stays empty.
  @inlinable public func grown(byX dx: Double, y dy: Double) -> Box {
    guard !isEmpty else { return self }
    var box = self
    (box.minX, box.minY, box.maxX, box.maxY) = (minX - dx, minY - dy, maxX + dx, maxY + dy)
    return box
  }
  @inlinable public func intersects(_ b: Box) -> Bool {
    minX <= b.maxX && b.minX <= maxX && minY <= b.maxY && b.minY <= maxY
  }
  @inlinable public func contains(_ c: C) -> Bool {
    minX <= c.first && c.first <= maxX && minY <= c.second && c.second <= maxY
  }
}

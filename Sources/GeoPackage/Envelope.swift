/// The smallest upright rectangle around positions, in their own units.
package struct Envelope: Hashable {
  package var minX = Double.infinity, maxX = -Double.infinity, minY = Double.infinity, maxY = -Double.infinity

  package var isEmpty: Bool { minX > maxX }

  package init() {}

  package init(_ geometry: RawGeometry) {
    var envelope = Envelope()
    geometry.each { envelope.include($0) }
    self = envelope
  }

  package mutating func include(_ position: RawPosition) {
    (minX, maxX) = (min(minX, position.x), max(maxX, position.x))
    (minY, maxY) = (min(minY, position.y), max(maxY, position.y))
  }

  package mutating func include(_ other: Envelope) {
    (minX, maxX) = (min(minX, other.minX), max(maxX, other.maxX))
    (minY, maxY) = (min(minY, other.minY), max(maxY, other.maxY))
  }
}

/// The smallest upright rectangle around positions, in their own units.
struct Envelope: Hashable {
  var minX = Double.infinity, maxX = -Double.infinity, minY = Double.infinity, maxY = -Double.infinity

  var isEmpty: Bool { minX > maxX }

  init() {}

  init(_ geometry: RawGeometry) {
    var envelope = Envelope()
    geometry.each { envelope.include($0) }
    self = envelope
  }

  mutating func include(_ position: RawPosition) {
    (minX, maxX) = (min(minX, position.x), max(maxX, position.x))
    (minY, maxY) = (min(minY, position.y), max(maxY, position.y))
  }

  mutating func include(_ other: Envelope) {
    (minX, maxX) = (min(minX, other.minX), max(maxX, other.maxX))
    (minY, maxY) = (min(minY, other.minY), max(maxY, other.maxY))
  }
}

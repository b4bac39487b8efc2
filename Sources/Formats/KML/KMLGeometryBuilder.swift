import Geometry
import Survey

/// The geometry at hand; none is inside another but a ring in a polygon.
struct KMLGeometryBuilder {
  private enum Shape { case point, line, polygon, track }

  /// A position of it could not be read.
  var isIncomplete = false
  private var shape: Shape?
  private var line = 0
  private var positions: [KMLPosition] = []
  private var outer: [KMLPosition]?
  private var holes: [[KMLPosition]] = []
  private var isHole = false
  private var openRings: [Int] = []
  private var hasManyOuters = false
  private var track = KMLTrack()
  private var isTooLarge = false
  private var kept = 0
  private var emptySlots = 0

  var isTrack: Bool { shape == .track }

  mutating func begin(_ element: KMLElement, line: Int) {
    switch element {
    case .outer: isHole = false
    case .inner: isHole = true
    case .linearRing where shape == .polygon: positions = []
    default:
      let isNew = shape == nil
      // One geometry inside another is no KML: the inner one's positions go to the outer one.
      guard isNew else { return }
      let shapes: [KMLElement: Shape] = [.point: .point, .lineString: .line, .linearRing: .line, .polygon: .polygon]
      let new = shapes[element] ?? .track
      self = KMLGeometryBuilder()
      (shape, self.line) = (new, line)
    }
  }

  /// False where it belongs to nothing, or is one too many.
  mutating func take(_ position: KMLPosition) -> Bool {
    guard shape != nil, shape != .track, hasRoom() else { return false }
    positions.append(position)
    return true
  }

  mutating func take(slot position: KMLPosition?) -> Bool {
    guard shape == .track, hasRoom() else { return false }
    track.positions.append(position)
    return true
  }

  /// An element without a position in it, which keeps its place in the track.
  mutating func takeEmptySlot() -> Bool {
    guard take(slot: nil) else { return false }
    emptySlots += 1
    return true
  }

  mutating func take(time: Timestamp?) -> Bool {
    guard shape == .track, track.times.count < KMLReader.mostPositions else { return false }
    track.times.append(time)
    return true
  }

  mutating func take(accuracy: Double?) {
    guard track.accuracies.count < KMLReader.mostPositions else { return }
    track.accuracies.append(accuracy)
  }

  /// Ends the geometry in which the file breaks off: its times come before its positions, or one ahead of them.
  mutating func cut(into feature: inout KMLFeature) -> [Problem] {
    let closing: [Shape: KMLElement] = [.point: .point, .line: .lineString, .polygon: .polygon, .track: .track]
    guard let shape, let element = closing[shape] else { return [] }
    track.times = Array(track.times.prefix(track.positions.count))
    track.accuracies = Array(track.accuracies.prefix(track.positions.count))
    isIncomplete = true
    return end(element, into: &feature)
  }

  private mutating func hasRoom() -> Bool {
    guard kept < KMLReader.mostPositions else {
      isTooLarge = true
      return false
    }
    kept += 1
    return true
  }

  /// Adds what is complete to the feature; returns what is wrong with it.
  mutating func end(_ element: KMLElement, into feature: inout KMLFeature) -> [Problem] {
    switch (element, shape) {
    case (.linearRing, .polygon):
      endRing()
      return []
    case (.point, .point), (.lineString, .line), (.linearRing, .line), (.polygon, .polygon), (.track, .track): break
    default: return []
    }
    var troubles: [Problem] = []
    feature.positionCount += kept
    if isTooLarge || feature.positionCount > KMLReader.mostPositions {
      isIncomplete = true
      troubles.append(
        Problem(
          "kml.too-large", line: line,
          "more than \(KMLReader.mostPositions) positions in a placemark: the rest is not used"))
    }
    switch shape {
    case .point: endPoint(&feature, &troubles)
    case .line: if !positions.isEmpty { feature.pieces.append(.line(positions)) }
    case .polygon:
      feature.cornerCount += kept
      endPolygon(&feature, &troubles)
    case .track: endTrack(&feature, &troubles)
    case nil: break
    }
    if isIncomplete { feature.isIncomplete = true }
    self = KMLGeometryBuilder()
    return troubles
  }

  private mutating func endRing() {
    let ring = positions
    positions = []
    if let first = ring.first, let last = ring.last, first.position != last.position { openRings.append(first.line) }
    if isHole {
      if !ring.isEmpty { holes.append(ring) }
    } else if outer == nil {
      outer = ring
    } else {
      hasManyOuters = true
    }
  }

  private func endPoint(_ feature: inout KMLFeature, _ troubles: inout [Problem]) {
    guard let first = positions.first else { return }
    feature.pieces.append(.point(first))
    guard positions.count > 1 else { return }
    feature.pieces += positions.dropFirst().map { .point($0) }
    troubles.append(
      Problem("kml.geometry", line: line, "a Point with \(positions.count) positions: each is taken as a point"))
  }

  private mutating func endPolygon(_ feature: inout KMLFeature, _ troubles: inout [Problem]) {
    let isEmpty = (outer ?? []).isEmpty && holes.isEmpty && positions.isEmpty
    guard !isEmpty || isIncomplete else { return }
    if hasManyOuters || !positions.isEmpty || outer == nil {
      isIncomplete = true
      troubles.append(
        Problem("kml.geometry", line: line, "a Polygon needs one outer ring, and its rings are no LinearRing"))
    }
    troubles += openRings.map {
      Problem("kml.ring-open", line: $0, "a ring does not end where it begins: it was closed")
    }
    guard !isIncomplete, let outer else { return }
    feature.pieces.append(.polygon(outer: outer, holes: holes))
  }

  private func endTrack(_ feature: inout KMLFeature, _ troubles: inout [Problem]) {
    var track = track
    if emptySlots > 0 {
      troubles.append(
        Problem(
          "kml.no-position", line: line, "\(emptySlots) points of the track have no position: there is no fix for them")
      )
    }
    if !track.times.isEmpty, track.times.count != track.positions.count {
      troubles.append(
        Problem(
          "kml.track", line: line,
          "\(track.times.count) times for \(track.positions.count) positions: the track is kept without times"))
      track.times = []
    }
    if !track.accuracies.isEmpty, track.accuracies.count != track.positions.count {
      troubles.append(
        Problem(
          "kml.track", line: line,
          "\(track.accuracies.count) accuracies for \(track.positions.count) positions: they were left out"))
      track.accuracies = []
    }
    if track.positions.contains(where: { $0 != nil }) { feature.pieces.append(.track(track)) }
  }
}

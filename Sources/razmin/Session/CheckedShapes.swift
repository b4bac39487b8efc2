import Formats
import Geometry
import LandRelease
import Positions
import Survey

/// A route, a place or a site that is to be checked.
struct CheckedShape {
  var name: String?
  /// Where it begins in its file.
  var line: Int
  var lines: [[Geographic]] = []
  var points: [Geographic] = []
  var polygons: [Polygon<Geographic>] = []

  /// As it is drawn in the output.
  var shape: GeoJSONShape? {
    if !polygons.isEmpty {
      // Its boundary: a site is drawn as it came, not put on the lattice as ground is.
      return .lines(polygons.flatMap { $0.rings.map { $0.corners + $0.corners.prefix(1) } })
    }
    return lines.isEmpty ? .points(points) : .lines(lines)
  }

  /// A line of one position is a place: GeoJSON knows no such line (RFC 7946, 3.1.4).
  fileprivate mutating func makePlaces() {
    points += lines.filter { $0.count == 1 }.flatMap { $0 }
    lines.removeAll { $0.count < 2 }
  }
}

enum CheckedShapes {
  /// Every shape of a file: features of a GeoJSON or KML, tracks and waypoints of a log.
  static func read(
    _ path: String, crs declared: String?, _ georeference: inout Georeference, _ reading: Reading
  ) throws -> [CheckedShape] {
    var shapes: [CheckedShape] = []
    try reading.each(path) { file in
      var problems: [Problem] = []
      // Of this file: what came before a refusal is not used.
      var found: [CheckedShape] = []
      var options = ReadOptions()
      let crs = try reading.attempt { try georeference.crs(of: file, declared: declared) }
      guard let crs else { return }
      options.crs = crs
      do throws(FileUnreadable) {
        var input = try file.open()
        let head = try input.head()
        if GeoJSON.recognizes(head) || FeatureFile.formats.contains(where: { $0.recognizes(head) }) {
          let features = try FeatureFile.open(file)
          var count = 0
          for layer in features.layers {
            _ = try features.readFeatures(of: layer, in: options.crs) {
              count += 1
              if let shape = CheckedShape($0, number: $0.ordinal ?? count) {
                found.append(shape)
              } else {
                problems.append(
                  Problem("check.no-geometry", line: $0.line, "a feature without any position: it is not checked"))
              }
            } problem: {
              problems.append($0)
            }
          }
        } else {
          var sink = ShapeSink()
          _ = try LogReader.read(file, options: options, into: &sink)
          found = sink.shapes
          problems += sink.problems
        }
      } catch { return reading.refuse(error) }
      Console.say(problems, in: file.path)
      reading.use(problems: problems)
      for index in found.indices { found[index].makePlaces() }
      shapes += found
    }
    return shapes
  }
}

extension CheckedShape {
  /// `number` tells features apart that have neither name nor id.
  fileprivate init?(_ feature: GeoFeature, number: Int) {
    guard let geometry = feature.geometry else { return nil }
    (name, line) = (feature.written("name") ?? feature.written("id") ?? feature.id ?? "feature \(number)", feature.line)
    take(geometry)
    if points.isEmpty, lines.isEmpty, polygons.isEmpty { return nil }
  }

  /// Every position of it.
  var positions: [Geographic] { points + lines.flatMap { $0 } + polygons.flatMap { $0.outer.corners } }

  private mutating func take(_ geometry: GeoGeometry) {
    switch geometry {
    case .point(let position): points.append(position)
    case .multiPoint(let positions): points += positions
    case .line(let line): lines.append(line)
    case .multiLine(let all): lines += all
    case .polygon(let polygon): polygons.append(polygon)
    case .multiPolygon(let all): polygons += all
    case .collection(let members): for member in members { take(member) }
    }
  }
}

extension GeoFeature {
  /// A property as text, a number as it is written; `nil` where it is absent, blank, or neither.
  fileprivate func written(_ name: String) -> String? {
    switch value(name) {
    case .string(let text)?: text.contains { !$0.isWhitespace } ? text : nil
    case .int(let number)?: String(number)
    case .number(let number)?: plain(number)
    default: nil
    }
  }
}

/// Takes the tracks of a log as routes, a segment each, and its waypoints as places.
private struct ShapeSink: LogSink {
  var shapes: [CheckedShape] = []
  var problems: [Problem] = []
  private var name: String?
  private var isOpen = false

  mutating func begin(track: TrackHeader) { (name, isOpen) = (track.name, false) }
  mutating func beginSegment() { isOpen = false }
  mutating func add(_ fix: Fix) {
    // Its receiver says itself that it did not know where it was.
    guard fix.quality != .invalid else { return }
    if !isOpen { shapes.append(CheckedShape(name: name, line: fix.line, lines: [[]])) }
    isOpen = true
    shapes[shapes.count - 1].lines[0].append(fix.position)
  }
  mutating func add(_ waypoint: Waypoint) {
    // A waypoint does not end the track that it stands in.
    let place = CheckedShape(name: waypoint.name, line: waypoint.fix.line, points: [waypoint.fix.position])
    shapes.insert(place, at: isOpen ? shapes.count - 1 : shapes.count)
  }
  mutating func add(_ problem: Problem) { problems.append(problem) }
}

import Foundation
import Geometry
import Projection
import Testing

/// A way between two CRSs, as we go it and as PROJ's own programs do.
private struct Way: CustomTestStringConvertible, Sendable {
  let source, target: String
  /// Of the datum operation, and the geographic CRSs that it leads between; `nil` on one datum.
  var operation: (code: String, from: String, to: String)?

  init(_ source: String, _ target: String, by operation: (code: String, from: String, to: String)? = nil) {
    (self.source, self.target, self.operation) = (source, target, operation)
  }

  var testDescription: String { "\(source) to \(target)" + (operation.map { " by \($0.code)" } ?? "") }
}

private let count = 5000

/// Random points through us and through cs2cs and cct, which find their operation, its axes and its units by themselves.
@Suite struct DifferentialTests {
  private static let ways = [
    Way("EPSG:32633", "EPSG:4326"), Way("EPSG:4326", "EPSG:32634"), Way("EPSG:32638", "EPSG:4326"),
    Way("EPSG:4326", "EPSG:32644"), Way("EPSG:32634", "EPSG:32635"), Way("EPSG:4326", "EPSG:3857"),
    Way("EPSG:8677", "EPSG:8678"), Way("EPSG:3906", "EPSG:6316"), Way("EPSG:8679", "EPSG:3906"),
    Way("EPSG:9141", "EPSG:9140"), Way("EPSG:4761", "EPSG:3765"), Way("EPSG:3794", "EPSG:4765"),
    Way("EPSG:3844", "EPSG:4179"), Way("EPSG:4237", "EPSG:23700"), Way("EPSG:7801", "EPSG:7798"),
    Way("EPSG:4258", "EPSG:6870"), Way("EPSG:28408", "EPSG:4284"), Way("EPSG:7686", "EPSG:7693"),
    Way("EPSG:6316", "EPSG:4326", by: ("EPSG:9495", "EPSG:3906", "EPSG:8685")),
    Way("EPSG:8678", "EPSG:32634", by: ("EPSG:3962", "EPSG:3906", "EPSG:4326")),
    Way("EPSG:28408", "EPSG:32638", by: ("EPSG:1808", "EPSG:4284", "EPSG:4326")),
    Way("EPSG:23700", "EPSG:4258", by: ("EPSG:1449", "EPSG:4237", "EPSG:4258")),
    Way("EPSG:3844", "EPSG:32635", by: ("EPSG:15995", "EPSG:4179", "EPSG:4326")),
  ]

  @Test(arguments: ways) fileprivate func `5 000 points agree within a micrometre`(way: Way) throws {
    let (source, target) = (try ReferenceSystem(way.source), try ReferenceSystem(way.target))
    let points = try randomPoints(in: source)
    let found: CoordinateOperation?
    if let code = way.operation?.code {
      found = try operation(code, from: source, to: target)
    } else {
      found = try OperationChoice.choose(from: source, to: target, at: [points[0]], OperationWishes()).operation
    }
    let operation = try #require(found)
    #expect((operation.code == "none") == (way.operation == nil))
    let transformer = try Transformer.open(operation)
    var (x, y) = (points.map(\.easting), points.map(\.northing))
    try transformer.transform(&x, &y)
    let theirs = try programs(way, points, source.isNorthFirst, target.isNorthFirst)
    var worst = 0.0
    for index in points.indices {
      let (dx, dy) = (x[index] - theirs[index].0, y[index] - theirs[index].1)
      let scale = LocalScale(latitude: target.isGeographic ? y[index] : 0)
      let east = target.isGeographic ? dx * scale.metresPerLongitude : dx
      let north = target.isGeographic ? dy * scale.metresPerLatitude : dy
      worst = max(worst, (east * east + north * north).squareRoot())
      // One at a time is the other door of the same transformer.
      if index % 100 == 0 {
        let single = transformer.transform(points[index].easting, points[index].northing)
        #expect(single?.x == x[index] && single?.y == y[index])
      }
    }
    #expect(worst < 1e-6, "\(worst) m")
  }

  /// Multiples of 1e-7, which print without an exponent, from where the CRS is used.
  private func randomPoints(in crs: ReferenceSystem) throws -> [Projected] {
    var random = SplitMix(state: UInt64(crs.definition.utf8.reduce(0) { $0 * 31 + Int($1) }))
    // UTM zones and the world's CRSs reach to the poles and the equator: only where Razmin is used.
    let area = try #require(crs.areaOfUse)
    var (x, y) = (area.minX...area.maxX, max(area.minY, 35)...min(area.maxY, 50))
    if area.maxX - area.minX > 90 { x = 13...81 }
    if !crs.isGeographic {
      let base = try ReferenceSystem(try #require(crs.base))
      let projection = try #require(try candidates(from: base, to: crs, over: nil).first)
      let transformer = try Transformer.open(projection)
      var (east, north) = ([x.lowerBound, x.upperBound], [y.lowerBound, y.upperBound])
      try transformer.transform(&east, &north)
      (x, y) = (min(east[0], east[1])...max(east[0], east[1]), min(north[0], north[1])...max(north[0], north[1]))
    }
    return (0..<count).map { _ in
      Projected(
        (Double.random(in: x, using: &random) * 1e7).rounded() / 1e7,
        (Double.random(in: y, using: &random) * 1e7).rounded() / 1e7)
    }
  }

  /// East first, by cs2cs where the datum stays; or by cs2cs, cct with the operation's code alone, and cs2cs.
  private func programs(
    _ way: Way, _ points: [Projected], _ isSourceSwapped: Bool, _ isTargetSwapped: Bool
  ) throws -> [(Double, Double)] {
    var pairs = points.map { isSourceSwapped ? ($0.northing, $0.easting) : ($0.easting, $0.northing) }
    if let operation = way.operation {
      pairs = try cs2cs(pairs, way.source, operation.from)
      let digits = operation.code.split(separator: ":")[1]
      pairs = try answers(
        "cct", ["-d", "12", "-z", "0", "-t", "2020", "urn:ogc:def:coordinateOperation:EPSG::\(digits)"], to: pairs
      ).map { ($0[0], $0[1]) }
      // The frame at its end taken for the target's.
      let base = try #require(try ReferenceSystem(way.target).base)
      pairs = try cs2cs(pairs, base, way.target)
    } else {
      pairs = try cs2cs(pairs, way.source, way.target)
    }
    return pairs.map { isTargetSwapped ? ($0.1, $0.0) : $0 }
  }

  private func cs2cs(_ pairs: [(Double, Double)], _ source: String, _ target: String) throws -> [(Double, Double)] {
    if source == target { return pairs }
    return try answers("cs2cs", ["-f", "%.12f", source, target], to: pairs).map { ($0[0], $0[1]) }
  }

  /// GeographicLib's transverse Mercator owes nothing to PROJ's.
  @Test(arguments: 33...44) func `UTM agrees with GeographicLib within a micrometre`(zone: Int) throws {
    var random = SplitMix(state: UInt64(zone))
    let middle = Double(zone * 6 - 183)
    let places = (0..<500).map { _ in
      (
        (Double.random(in: 35...50, using: &random) * 1e7).rounded() / 1e7,
        (Double.random(in: middle - 3.5...middle + 3.5, using: &random) * 1e7).rounded() / 1e7
      )
    }
    let (source, target) = (try ReferenceSystem("EPSG:4326"), try ReferenceSystem("EPSG:326\(zone)"))
    let operation = try #require(try candidates(from: source, to: target, over: nil).first)
    let transformer = try Transformer.open(operation)
    // Zone, easting, northing, with 9 digits behind the metre's.
    let theirs = try answers("GeoConvert", ["-u", "-z", "\(zone)", "-p", "9"], to: places)
    for (place, answer) in zip(places, theirs) {
      let moved = transformer.transform(place.1, place.0)
      let (x, y) = try #require(moved)
      #expect(abs(x - answer[0]) < 1e-6 && abs(y - answer[1]) < 1e-6, "\(place): \(x), \(y); \(answer)")
    }
  }
}

public import Geometry
internal import Positions
internal import Projection
public import Survey

/// Where the hazards of a survey are, to see whether what a team brings home lies near them.
///
/// Wrong datums, stripped prefixes and swapped axes give numbers that are sound by themselves: what they miss is the ground
/// that they should be about.
public struct HazardPlaces: Sendable {
  /// One for each hazard; west to east.
  private let boxes: [Box<Geographic>]
  public let all: Box<Geographic>

  /// Work may well lie beside a hazard, and hardly 200 m from all of them: the smallest mistake of a datum that is looked
  /// for here is 446 m.
  public static let near = 200.0
  /// No team goes so far in a survey's name.
  public static let far = 50_000.0

  init(_ hazards: [Hazard]) { self.init(hazards, others: []) }

  /// Where hazards are, and other ground that may lie near one.
  public init(_ hazards: [Hazard], others: [Box<Geographic>]) {
    boxes = Self.boxes(hazards) + others
    var all = Box<Geographic>()
    for box in boxes { all.include(box) }
    self.all = all
  }

  /// Those that are not boxes of `hazards`, each of which takes one away.
  public func others(than hazards: [Hazard]) -> [Box<Geographic>] {
    var counts = Dictionary(Self.boxes(hazards).map { ($0, 1) }, uniquingKeysWith: +)
    return boxes.filter { box in
      guard let count = counts[box], count > 0 else { return true }
      counts[box] = count - 1
      return false
    }
  }

  private static func boxes(_ hazards: [Hazard]) -> [Box<Geographic>] {
    hazards.map { hazard in Box(hazard.polygons.flatMap { $0.outer.corners }) }.filter { !$0.isEmpty }
  }

  var centers: [Geographic] { boxes.map(\.center) }
  public var isEmpty: Bool { boxes.isEmpty }

  /// Metres to the nearest hazard's box: no more than to the hazard itself.
  public func distance(to position: Geographic) -> Double {
    var least = Double.infinity
    for box in boxes {
      least = min(least, metres(from: box, to: position))
      if least == 0 { break }
    }
    return least
  }

  /// The corner of some polygons that is nearest to a hazard; `nil` where one of them may lie on a hazard.
  func nearestCorner(of polygons: [Polygon<Geographic>]) -> Geographic? {
    // Nearly always one of the first does, so that no corner is measured.
    for polygon in polygons {
      let box = Box(polygon.outer.corners)
      if boxes.contains(where: { $0.intersects(box) }) { return nil }
    }
    var nearest: (corner: Geographic, distance: Double)?
    for polygon in polygons {
      for corner in polygon.outer.corners {
        let distance = distance(to: corner)
        if distance < nearest?.distance ?? .infinity { nearest = (corner, distance) }
      }
    }
    return nearest?.corner
  }

  /// What is to be said of a source that lies wholly aside; `nil` where it does not.
  ///
  /// `nearest` is its place nearest to a hazard, or its only one where it is no `isWhole`. `numbers` are a pair as the source has it, in degrees or not: to see
  /// whether it would fall on the hazards if it were read in another way.
  public func finding(
    _ what: String, isWhole: Bool = true, at place: Place, nearest: Geographic,
    numbers: [(pair: Projected, isGeographic: Bool)]
  ) -> Finding? {
    let distance = distance(to: nearest)
    guard !isEmpty, distance > Self.near else { return nil }
    let isFar = distance > Self.far
    let other = numbers.lazy.compactMap { reading(of: $0.pair, isGeographic: $0.isGeographic) }.first
    return Finding(
      "coordinate.far", isFar ? .error : .warning, at: place,
      "\(what) lies \(isWhole ? "wholly " : "")\(metres(distance)) or more \(compass(from: all.center, to: nearest)) of the hazards"
        + (other.map { "; its numbers would fall on the hazards as \($0)" } ?? ""),
      advice: isFar
        ? "it is not used: correct its coordinates, or the CRS that is declared for it"
        : "check its CRS and datum; if the place is right, is a hazard missing?")
  }

  /// Another way of reading a pair that puts it on the hazards.
  private func reading(of pair: Projected, isGeographic: Bool) -> String? {
    guard isGeographic else {
      return gateCandidates(pair.easting, pair.northing, near: all, limit: 1000)
        .first { distance(to: $0.position) <= Self.near }?.label
    }
    let swapped = Geographic(pair.northing, pair.easting)
    return swapped.isOnEarth && distance(to: swapped) <= Self.near ? "latitude, longitude: the two are swapped" : nil
  }
}

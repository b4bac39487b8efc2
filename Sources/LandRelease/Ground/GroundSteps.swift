import Geometry

/// Steps on the Earth, each with the half-width that it searches, in metres.
///
/// A place where one step ends and the next begins is held once: a walked hazard has hundreds of thousands.
struct GroundSteps {
  private(set) var places: [Geographic] = []
  /// Step i goes from `places[begins[i]]` to the place after it.
  private(set) var begins: [Int32] = []
  /// Metres, all above 0.
  private(set) var radii: [Double] = []

  /// A step whose radius is not positive searches nothing, and is not kept.
  mutating func append(from a: Geographic, to b: Geographic, radius: Double) {
    guard radius > 0 else { return }
    if places.last != a { places.append(a) }
    begins.append(Int32(places.count - 1))
    places.append(b)
    radii.append(radius)
  }

  /// Sorted into tiles of about 2 km by where they begin; one tile where they do not reach farther than twice that.
  var tiles: [GroundSteps] {
    guard !places.isEmpty else { return [] }
    let box = Box(places)
    let scale = LocalScale(latitude: box.center.latitude)
    guard max(box.width * scale.metresPerLongitude, box.height * scale.metresPerLatitude) > 4_000 else { return [self] }
    struct Tile: Hashable { var column, row: Int }
    var numbers: [Tile: Int] = [:]
    var tiles: [GroundSteps] = []
    for (begin, radius) in zip(begins, radii) {
      let (from, to) = (places[Int(begin)], places[Int(begin) + 1])
      let tile = Tile(
        column: Int((from.longitude - box.minX) * scale.metresPerLongitude / 2_000),
        row: Int((from.latitude - box.minY) * scale.metresPerLatitude / 2_000))
      let number = numbers[tile] ?? tiles.count
      if number == tiles.count { (numbers[tile], tiles) = (number, tiles + [GroundSteps()]) }
      tiles[number].append(from: from, to: to, radius: radius)
    }
    return tiles
  }
}

extension GroundSteps {
  /// The steps along a path.
  init(_ path: some Sequence<Geographic>, radius: Double) {
    for (a, b) in zip(path, path.dropFirst()) { append(from: a, to: b, radius: radius) }
  }
}

import Geometry
import Glibc
import Projection
import Testing

/// GeographicLib's own programs over random cases, in one process each, and laws.
@Suite struct GeodesicTests {
  private static let count = 12_000

  /// Near and far, along the axes, near the poles, over the antimeridian.
  private func position(_ random: inout GeographicLib.Random) throws -> (
    longitude: GeographicLib.Written, latitude: GeographicLib.Written
  ) {
    var longitude = Double.random(in: -180...180, using: &random)
    var latitude = Double.random(in: -90...90, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: latitude = Double([90, -90, 0].randomElement(using: &random) ?? 0)
    case 1: longitude = Double([180, -180, 0, 90].randomElement(using: &random) ?? 0)
    case 2: (longitude, latitude) = (21.9 + longitude / 30_000, 43.3 + latitude / 10_000)
    default: break
    }
    return (try GeographicLib.Written(longitude), try GeographicLib.Written(latitude))
  }

  private func metres(_ from: Geographic, _ to: Geographic) -> Double {
    let turn = (to.longitude - from.longitude).remainder(dividingBy: 360)
    let east = turn * 111_320 * cos(from.latitude * .pi / 180)
    return ((to.latitude - from.latitude) * 111_320).magnitude + east.magnitude
  }

  @Test func `the direct problem agrees with GeodSolve`() throws {
    var random = GeographicLib.Random(state: 1)
    var (input, ours) = ("", [Geographic]())
    for _ in 0..<Self.count {
      let start = try position(&random)
      let azimuth = try GeographicLib.Written(.random(in: -360...360, using: &random))
      let distance = try GeographicLib.Written(
        [50, 5_000, 20_000_000].map { Double.random(in: 0...$0, using: &random) }.randomElement(using: &random) ?? 0)
      input += "\(start.latitude.text) \(start.longitude.text) \(azimuth.text) \(distance.text)\n"
      ours.append(
        try Geodesic.destination(
          from: Geographic(start.longitude.value, start.latitude.value), azimuth: azimuth.value,
          distance: distance.value))
    }
    let theirs = try GeographicLib.run("GeodSolve -p 9", input)
    #expect(theirs.count == Self.count)
    var worst = 0.0
    for (row, end) in zip(theirs, ours) {
      #expect(end.isOnEarth)
      worst = max(worst, metres(Geographic(row[1], row[0]), end))
    }
    #expect(worst < 1e-7, "\(worst) m")
  }

  @Test func `the inverse problem agrees with GeodSolve, and comes back`() throws {
    var random = GeographicLib.Random(state: 2)
    var (input, ours, ends) = ("", [Geodesic](), [(Geographic, Geographic)]())
    for _ in 0..<Self.count {
      let (start, end) = (try position(&random), try position(&random))
      input += "\(start.latitude.text) \(start.longitude.text) \(end.latitude.text) \(end.longitude.text)\n"
      let pair = (
        Geographic(start.longitude.value, start.latitude.value), Geographic(end.longitude.value, end.latitude.value)
      )
      ends.append(pair)
      ours.append(try Geodesic(from: pair.0, to: pair.1))
    }
    let theirs = try GeographicLib.run("GeodSolve -i -p 9", input)
    #expect(theirs.count == Self.count)
    for (row, (line, pair)) in zip(theirs, zip(ours, ends)) {
      #expect(abs(line.length - row[2]) < 1e-7, "\(pair)")
      // Near the antipode and near the start the azimuth is badly determined; the law below holds all the same.
      if line.length > 1_000, line.length < 19_000_000 {
        #expect((line.azimuth - row[0]).remainder(dividingBy: 360).magnitude < 1e-9, "\(pair)")
        #expect((line.arrivalAzimuth - row[1]).remainder(dividingBy: 360).magnitude < 1e-9, "\(pair)")
      }
      let back = try Geodesic.destination(from: pair.0, azimuth: line.azimuth, distance: line.length)
      #expect(metres(pair.1, back) < 1e-7, "\(pair)")
    }
  }

  @Test func `there and back is as long, and turns round`() throws {
    var random = GeographicLib.Random(state: 3)
    for _ in 0..<1_000 {
      let (a, b) = (try position(&random), try position(&random))
      let (p, q) = (Geographic(a.longitude.value, a.latitude.value), Geographic(b.longitude.value, b.latitude.value))
      let (there, back) = (try Geodesic(from: p, to: q), try Geodesic(from: q, to: p))
      #expect(abs(there.length - back.length) < 1e-7)
      if there.length > 1_000, there.length < 19_000_000 {
        let turned = (there.azimuth - back.arrivalAzimuth - 180).remainder(dividingBy: 360)
        #expect(abs(turned) < 1e-9)
      }
    }
  }

  @Test func `areas agree with Planimeter, however long the sides`() throws {
    var random = GeographicLib.Random(state: 4)
    var (input, ours) = ("", [GeodesicArea]())
    for _ in 0..<Self.count {
      let center = (Double.random(in: -180...180, using: &random), Double.random(in: -80...80, using: &random))
      // Degrees: from a hectare to a hemisphere.
      let size: Double = [0.001, 0.1, 5, 80].randomElement(using: &random) ?? 1
      var corners: [Geographic] = []
      for _ in 0..<Int.random(in: 3...12, using: &random) {
        let (east, north) = (
          Double.random(in: -size...size, using: &random), Double.random(in: -size...size, using: &random)
        )
        let longitude = try GeographicLib.Written((center.0 + east).remainder(dividingBy: 360))
        let latitude = try GeographicLib.Written(min(90, max(-90, center.1 + north)))
        corners.append(Geographic(longitude.value, latitude.value))
        input += "\(latitude.text) \(longitude.text)\n"
      }
      input += "\n"
      ours.append(try GeodesicArea(of: corners))
    }
    let theirs = try GeographicLib.run("Planimeter -p 9", input)
    #expect(theirs.count == Self.count)
    var worst = 0.0
    for (row, ring) in zip(theirs, ours) {
      #expect(abs(ring.perimeter - row[1]) < 1e-6)
      worst = max(worst, abs(ring.signedArea - row[2]) / (0.001 + 1e-12 * abs(row[2])))
    }
    #expect(worst < 1, "\(worst)")
  }

  @Test func `an area does not care where it begins, or which way it runs`() throws {
    let corners = [(21.9, 43.3), (22.4, 43.3), (22.4, 43.9), (22.1, 43.5), (21.9, 43.9)].map { Geographic($0.0, $0.1) }
    let area = try GeodesicArea(of: corners)
    #expect(area.signedArea > 0)
    #expect(abs(try GeodesicArea(of: corners.reversed()).signedArea + area.signedArea) < 1e-3)
    let turned = try GeodesicArea(of: Array(corners[2...] + corners[..<2] + [corners[2]]))
    #expect(abs(turned.signedArea - area.signedArea) < 1e-3)
    #expect(abs(turned.perimeter - area.perimeter) < 1e-6)
    #expect(try geodesicArea(of: corners.reversed()) == abs(GeodesicArea(of: corners.reversed()).signedArea))
    // An octant: the ellipsoid has 510065621724088.44 m² (Karney 2013, section 6).
    let octant = [Geographic(0, 0), Geographic(90, 0), Geographic(0, 90)]
    #expect(abs(try geodesicArea(of: octant) * 8 - 510_065_621_724_088.44) < 1)
    #expect(try geodesicArea(of: []) == 0 && geodesicArea(of: Array(corners[..<2])) == 0)
  }

  @Test func `what is no place, direction or length is refused`() throws {
    let here = Geographic(21.9, 43.3)
    for bad in [Geographic(181, 0), Geographic(0, 90.001), Geographic(.nan, 0), Geographic(0, -.infinity)] {
      for make in [
        { _ = try Geodesic(from: bad, to: here) }, { _ = try Geodesic(from: here, to: bad) },
        { _ = try Geodesic.destination(from: bad, azimuth: 0, distance: 1) },
        { _ = try geodesicArea(of: [here, bad]) },
      ] {
        let error = #expect(throws: GeodesicError.self) { try make() }
        #expect(error?.code == "geodesic.position")
      }
    }
    for (azimuth, distance) in [(Double.nan, 1.0), (.infinity, 1), (0, .nan), (0, -.infinity)] {
      let error = #expect(throws: GeodesicError.self) {
        _ = try Geodesic.destination(from: here, azimuth: azimuth, distance: distance)
      }
      #expect(error?.code == "geodesic.not-finite")
    }
    #expect(try Geodesic.destination(from: here, azimuth: 1e300, distance: 1e300).isOnEarth)
    #expect(try Geodesic(from: here, to: here).length == 0)
  }
}

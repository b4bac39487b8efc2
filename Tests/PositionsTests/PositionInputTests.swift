import Geometry
import Notation
import Projection
import Testing

@testable import Positions

private func code(_ text: String, crs: String? = nil, language: Language? = nil) throws -> String? {
  var input = PositionInput(crs: try crs.map { try ReferenceSystem($0) })
  input.language = language
  do { _ = try input.read(text) } catch let fault as CoordinateFault { return fault.code }
  return nil
}

/// All over the Earth, the same in every run.
private let places: [Geographic] = (0..<200).map { index in
  // Golden angles leave no gap and repeat nothing.
  let z = 1 - (2 * Double(index) + 1) / 200
  return Geographic((Double(index) * 137.50776405).remainder(dividingBy: 360), (z * 90))
}

@Suite struct PositionInputTests {
  @Test(arguments: [
    ("21.9033 43.3247", nil, "crs.undeclared"), ("7573696.217 4798205.043", nil, "crs.undeclared"),
    ("21.9033 43.3247", "EPSG:6316", "coordinate.degrees"), ("43.3247N 21.9033E", "EPSG:6316", "position.crs"),
    ("34TEN7323797269", "EPSG:6316", "position.crs"), ("34N 573237 4797269", "EPSG:32634", "position.crs"),
    ("34TEN7323797269", nil, nil), ("43.3247N 21.9033E", nil, nil), ("43.3247N 21.9033E", "EPSG:3906", nil),
    ("7573696.217 4798205.043", "EPSG:6316", nil), ("0 0", "EPSG:4326", "position.null-island"),
    ("", "EPSG:6316", "position.syntax"), ("18.24S 21E", nil, "position.ambiguous"),
  ])
  func `what is not certain is refused`(_ text: String, _ crs: String?, _ expected: String?) throws {
    #expect(try code(text, crs: crs) == expected)
  }

  @Test func `bare numbers are turned where the CRS is northing first and this was asked for`() throws {
    var input = PositionInput(crs: try ReferenceSystem("EPSG:4326"))
    #expect(try input.pair(1, 2).first == 1)
    input.isAuthorityOrder = true
    #expect(try input.pair(1, 2).first == 2 && input.pair(1, 2).isBare)
    var eastFirst = PositionInput(crs: try ReferenceSystem("EPSG:6316"))
    eastFirst.isAuthorityOrder = true
    #expect(try eastFirst.pair(1, 2).first == 1)
  }

  @Test func `how exactly it was written is known`() throws {
    let input = PositionInput()
    #expect(try abs(#require(input.read("43.3247N 21.9033E").precision) - 11.1) < 0.1)
    #expect(try input.read("34TEN7323797269").precision == 0.5)
    #expect(try input.read("34TEN79").precision == 5000)
    #expect(try input.read("43.3247N 21.9033E").isBare == false)
  }

  @Test func `every notation reads back to its own precision, everywhere`() throws {
    let input = PositionInput()
    // Metres along each axis: half of what the last digit is worth, and the diagonal.
    let outputs: [(PositionOutput, Int, Double)] = [
      (.angles(AnglePrecision(.degrees, decimals: 8), .english), 8, 0.001),
      (.angles(AnglePrecision(.minutes, decimals: 4), .english), 4, 0.14),
      (.angles(AnglePrecision(.seconds, decimals: 2), .english), 2, 0.22),
      (.utm, 3, 0.001), (.ups, 3, 0.001), (.mgrs(digits: 5), 5, 0.75), (.mgrs(digits: 2), 2, 750),
      (.mgrs(digits: 8), 8, 0.00075),
    ]
    for (output, decimals, tolerance) in outputs {
      var written = 0
      for place in places {
        let digits: Int? = if case .mgrs = output { nil } else { decimals }
        guard let text = output.write(place.longitude, place.latitude, decimals: digits)?.first else {
          // UTM ends at 84 and -80 degrees, UPS begins there.
          #expect(place.latitude > 83.5 || place.latitude < -79.5 || output == .ups, "\(place)")
          continue
        }
        written += 1
        let read = try input.read(text)
        let distance = Geographic(read.first, read.second).distance(to: place)
        #expect(distance <= tolerance * 1.02, "\(text): \(distance) m")
      }
      #expect(written >= (output == .ups ? 10 : 180), "\(output)")
    }
  }

  @Test(arguments: [90.0, 89.999, 84.5, -80.5, -89.999, -90])
  func `at the poles MGRS is read and written by UPS`(_ latitude: Double) throws {
    for longitude in [-180.0, -120, -45, 0, 45, 179.9] {
      let place = Geographic(longitude, latitude)
      let text = try #require(PositionOutput.mgrs(digits: 5).write(longitude, latitude, decimals: nil)?.first)
      #expect(["A", "B", "Y", "Z"].contains(text.prefix(1)), "\(text)")
      let read = try PositionInput().read(text)
      let back = try #require(MGRSReference(Geographic(read.first, read.second), digits: 5))
      #expect(back.text == text)
      if abs(latitude) < 89.9 { #expect(Geographic(read.first, read.second).distance(to: place) < 0.75) }
    }
  }
}

@Suite struct PairConversionTests {
  @Test func `a pair outside of where the operation is used is refused, whatever it was chosen for`() throws {
    var georeference = Georeference()
    georeference.settle(positions: [nisPosition], pairs: [])
    var conversion = try PairConversion.open(
      from: ReferenceSystem("EPSG:6316"), to: ReferenceSystem("EPSG:4326"), at: [nis], &georeference)
    let (x, y) = try conversion.convert(nis.easting, nis.northing)
    #expect(Geographic(x, y).distance(to: nisPosition) < 0.02)
    for (pair, code) in [
      // Bosnia, in zone 7's area and not in Serbia's.
      (Projected(7_300_000, 4_865_000), "crs.area"), (Projected(573_696, 4_798_205), "coordinate.prefix"),
      (Projected(0, 0), "coordinate.null-island"),
    ] {
      var found: String?
      do throws(CoordinateFault) { _ = try conversion.convert(pair.easting, pair.northing) } catch {
        found = error.code
      }
      #expect(found == code, "\(pair)")
    }
  }

  @Test func `grid to grid is the same as over degrees`() throws {
    var georeference = Georeference(named: ["EPSG:9495"])
    var direct = try PairConversion.open(
      from: ReferenceSystem("EPSG:6316"), to: ReferenceSystem("EPSG:32634"), at: [nis], &georeference)
    let (e, n) = try direct.convert(nis.easting, nis.northing)
    #expect(abs(e - 573_237.798) < 0.02 && abs(n - 4_797_269.339) < 0.02, "\(e) \(n)")
  }

  @Test(arguments: [
    ("EPSG:4326", "EPSG:32634"), ("EPSG:4326", "EPSG:6316"), ("EPSG:6316", "EPSG:32634"), ("EPSG:32634", "EPSG:4326"),
  ])
  func `a polynomial that stands in for PROJ is within a micrometre of it`(source: String, target: String) throws {
    let (from, to) = (try ReferenceSystem(source), try ReferenceSystem(target))
    let middle =
      from.isGeographic ? Projected(21.9, 43.32) : source == "EPSG:6316" ? nis : Projected(573_237, 4_797_269)
    let size = from.isGeographic ? 0.03 : 3000.0
    var georeference = Georeference(named: ["EPSG:9495"])
    var many = try PairConversion.open(from: from, to: to, at: [middle], &georeference)
    let tolerance = to.isGeographic ? 1e-11 : 1.1e-6
    var (differing, worst) = (0, 0.0)
    for index in 0..<4000 {
      // Multiples of the roots of x³ = x + 1 are everywhere in a square, and nowhere twice: here over four squares.
      let x = middle.easting + size * (Double(index) * 0.7548776662466927).truncatingRemainder(dividingBy: 1)
      let y = middle.northing + size * (Double(index) * 0.5698402909980532).truncatingRemainder(dividingBy: 1)
      let found = try many.convert(x, y)
      guard index % 160 == 0 else { continue }
      // The first pair of a square is PROJ's own.
      var one = try PairConversion.open(from: from, to: to, at: [middle], &georeference)
      let exact = try one.convert(x, y)
      worst = max(worst, abs(found.0 - exact.0), abs(found.1 - exact.1))
      if found != exact { differing += 1 }
    }
    #expect(worst <= tolerance)
    // Or no polynomial was ever asked.
    #expect(differing > 5)
  }

  @Test func `what is refused is refused in a square with a polynomial too`() throws {
    var georeference = Georeference(named: ["EPSG:9495"])
    var conversion = try PairConversion.open(
      from: ReferenceSystem("EPSG:6316"), to: ReferenceSystem("EPSG:32634"), at: [nis], &georeference)
    for index in 0..<500 { _ = try conversion.convert(nis.easting + Double(index), nis.northing) }
    for pair in [Projected(0, 0), Projected(573_696, 4_798_205), Projected(7_300_000, 4_865_000)] {
      for _ in 0..<300 {
        #expect(throws: CoordinateFault.self) { _ = try conversion.convert(pair.easting, pair.northing) }
      }
    }
  }
}

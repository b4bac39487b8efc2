import Geometry
import Presets
import Testing

@Suite struct PlaceTests {
  /// Longitude and latitude of a place in the town's middle, to a hundredth of a degree, from common maps.
  static let capitals: [(id: String, town: String, x: Double, y: Double)] = [
    ("serbia", "Belgrade", 20.46, 44.81), ("kosovo", "Pristina", 21.17, 42.66),
    ("bosnia-and-herzegovina", "Sarajevo", 18.41, 43.86), ("croatia", "Zagreb", 15.98, 45.81),
    ("montenegro", "Podgorica", 19.26, 42.44), ("north-macedonia", "Skopje", 21.43, 42.00),
    ("slovenia", "Ljubljana", 14.51, 46.05), ("bulgaria", "Sofia", 23.32, 42.70),
    ("romania", "Bucharest", 26.10, 44.43),
    ("hungary", "Budapest", 19.04, 47.50), ("albania", "Tirana", 19.82, 41.33), ("azerbaijan", "Baku", 49.85, 40.40),
    ("armenia", "Yerevan", 44.51, 40.18), ("kazakhstan", "Astana", 71.43, 51.13),
    ("kyrgyzstan", "Bishkek", 74.59, 42.87),
    ("tajikistan", "Dushanbe", 68.78, 38.56),
  ]

  static let elsewhere: [(town: String, x: Double, y: Double, ids: [String])] = [
    ("Mitrovica", 20.87, 42.89, ["kosovo"]), ("Prizren", 20.74, 42.21, ["kosovo"]), ("Nis", 21.90, 43.32, ["serbia"]),
    ("Presevo", 21.65, 42.31, ["serbia"]), ("Bujanovac", 21.77, 42.46, ["serbia"]),
    ("Novi Pazar", 20.51, 43.14, ["serbia"]),
    ("Kukes", 20.42, 42.08, ["albania"]), ("Khankendi", 46.75, 39.82, ["azerbaijan"]),
    ("Susa", 46.75, 39.76, ["azerbaijan"]),
    ("Nakhchivan", 45.41, 39.21, ["azerbaijan"]), ("Goris", 46.34, 39.51, ["armenia"]),
    ("Split", 16.44, 43.51, ["croatia"]),
    ("Osijek", 18.69, 45.55, ["croatia"]), ("Almaty", 76.90, 43.25, ["kazakhstan"]),
    ("Osh", 72.80, 40.53, ["kyrgyzstan"]),
    ("Khorog", 71.55, 37.49, ["tajikistan"]), ("Baikonur", 63.31, 45.62, ["kazakhstan"]), ("Vienna", 16.37, 48.21, []),
    ("Istanbul", 28.98, 41.01, []), ("Tbilisi", 44.80, 41.72, []), ("Adriatic Sea", 17.5, 42.6, []),
    ("Sydney", 151.2, -33.9, []),
  ]

  /// The presets that a place is not outside of.
  private func reached(_ x: Double, _ y: Double) throws -> [String] {
    try Presets.all.filter { $0.place(of: Geographic(x, y)) != .outside }.map(\.id)
  }

  @Test(arguments: capitals) func `a capital lies in its own country alone`(
    id: String, town: String, x: Double, y: Double
  ) throws {
    #expect(try reached(x, y).contains(id))
    let containment = try Presets.containing([Geographic(x, y)])
    // Bishkek is closer to the border, and Baku to the sea, than the boundary is known.
    if town == "Bishkek" || town == "Baku" {
      #expect(try Presets.named(id).place(of: Geographic(x, y)) == .near)
    } else {
      #expect(containment == .wholly(try Presets.named(id)), "\(town)")
    }
  }

  @Test(arguments: elsewhere) func `towns beside borders, and exclaves`(
    town: String, x: Double, y: Double, ids: [String]
  ) throws {
    for preset in try Presets.all {
      let place = preset.place(of: Geographic(x, y))
      if ids.contains(preset.id) { #expect(place != .outside, "\(town)") } else { #expect(place != .inside, "\(town)") }
    }
    if ids.isEmpty { #expect(try reached(x, y) == []) }
  }

  @Test func `Kosovo is a boundary, not the rectangle of an area of use`() throws {
    let kosovo = try Presets.named("kosovo")
    for (x, y) in [(21.17, 42.66), (20.87, 42.89), (20.74, 42.21), (20.29, 42.66), (21.47, 42.46)] {
      #expect(kosovo.place(of: Geographic(x, y)) == .inside, "\(x) \(y)")
    }
    // EPSG's rectangle of EPSG:9143 is 41.85 to 43.25 N and 19.97 to 21.80 E; these are in it, and in Serbia, North
    // Macedonia, Albania and Montenegro.
    for (x, y) in [
      (21.65, 42.31), (21.77, 42.46), (20.51, 43.14), (21.43, 42.00), (20.42, 42.08), (20.17, 42.84), (21.6, 43.1),
      (20.0, 41.9), (21.75, 41.9), (20.0, 43.2),
    ] {
      #expect((19.97...21.80).contains(x) && (41.85...43.25).contains(y))
      #expect(kosovo.place(of: Geographic(x, y)) != .inside, "\(x) \(y)")
    }
    for (x, y) in [(20.42, 42.08), (21.43, 42.00), (20.51, 43.14), (21.6, 43.1)] {
      #expect(kosovo.place(of: Geographic(x, y)) == .outside, "\(x) \(y)")
    }
  }

  @Test func `what is no place on the Earth is outside`() throws {
    let serbia = try Presets.named("serbia")
    for (x, y) in [(Double.nan, 44), (20, .nan), (.infinity, 44), (20, 1e300), (200, 44), (20, 90), (20, -90)] {
      #expect(serbia.place(of: Geographic(x, y)) == .outside)
      #expect(try Presets.containing([Geographic(x, y)]) == .none)
    }
  }
}

import Geometry
import Projection
import Testing

/// Points of the countries that Razmin serves, by pyproj 3.7.2 with its own PROJ 9.5.1: another version of the library and of
/// EPSG's dataset than the one that runs here.
@Suite struct KnownPointsTests {
  /// Longitude and latitude on the CRS's own datum, easting and northing.
  @Test(arguments: [
    ("EPSG:32633", 15.5, 44.1, 540019.681051, 4883101.239105),
    ("EPSG:32634", 21.9033, 43.3247, 573237.797618, 4797269.338712),
    ("EPSG:32639", 46.75, 39.8, 136104.317827, 4414207.353280),
    ("EPSG:32642", 69.5, 38.4, 543659.277282, 4250315.696258),
    ("EPSG:32644", 80.2, 42.5, 434266.903895, 4705603.121138),
    ("EPSG:3857", 21.9033, 43.3247, 2438264.202692, 5361525.816529),
    ("EPSG:8677", 16.2, 44.8, 5594923.864881, 4962420.029742),
    ("EPSG:8678", 18.43, 43.86, 6534562.037196, 4857379.833666),
    ("EPSG:6316", 21.9, 43.32, 7572988.953719, 4797699.598340),
    ("EPSG:8679", 22.9, 43.0, 8410324.332281, 4762350.196265),
    ("EPSG:9141", 21.16, 42.66, 7513116.948830, 4724489.395353),
    ("EPSG:3765", 16.4, 45.2, 492143.580839, 5006675.271911),
    ("EPSG:3794", 14.5, 46.05, 461307.139404, 101254.901892),
    ("EPSG:3844", 26.1, 44.43, 587581.703122, 326143.042512),
    ("EPSG:23700", 19.04, 47.5, 649354.202125, 239532.944946),
    ("EPSG:7801", 23.32, 42.7, 321410.142001, 4731695.480215),
    ("EPSG:6870", 19.82, 41.33, 484931.449119, 4577237.765116),
    ("EPSG:28408", 45.9, 39.9, 8576968.319863, 4418891.587260),
    ("EPSG:28412", 69.3, 41.3, 12525126.198659, 4574014.581998),
    ("EPSG:7693", 71.5, 41.5, 2298608.397186, 4610846.297373),
  ])
  func `every grid, there and back`(
    _ code: String, _ longitude: Double, _ latitude: Double, _ easting: Double, _ northing: Double
  ) throws {
    let grid = try ReferenceSystem(code)
    let base = try ReferenceSystem(try #require(grid.base))
    let choice = try OperationChoice.choose(
      from: base, to: grid, at: [Projected(longitude, latitude)], OperationWishes())
    #expect(choice.reason == .sameDatum)
    let transformer = try Transformer.open(choice.operation)
    let there = transformer.transform(longitude, latitude)
    let (x, y) = try #require(there)
    #expect(abs(x - easting) < 1e-5 && abs(y - northing) < 1e-5, "\(x), \(y)")
    let back = transformer.transform(easting, northing, backwards: true)
    let (east, north) = try #require(back)
    #expect(abs(east - longitude) < 1e-10 && abs(north - latitude) < 1e-10, "\(east), \(north)")
  }

  /// Easting and northing, longitude and latitude on the other datum. Five ways at Nis, up to 1.6 km apart.
  @Test(arguments: [
    ("EPSG:6316", "EPSG:3962", 7573696.217, 4798205.043, 21.90332836444126, 43.32478127902923),
    ("EPSG:6316", "EPSG:9486", 7573696.217, 4798205.043, 21.903299971495187, 43.324699909108894),
    ("EPSG:6316", "EPSG:9143", 7573696.217, 4798205.043, 21.922950809201758, 43.32308020078117),
    ("EPSG:6316", "EPSG:6206", 7573696.217, 4798205.043, 21.90329337039288, 43.3246918087578),
    ("EPSG:6316", "EPSG:9495", 7573696.217, 4798205.043, 21.903299971495187, 43.3246999100506),
    ("EPSG:8678", "EPSG:3962", 6_535_000, 4_858_000, 18.4304107586, 43.8656395333),
    ("EPSG:28408", "EPSG:1808", 8_580_000, 4_400_000, 45.9319540459, 39.7295354279),
    ("EPSG:23700", "EPSG:1449", 650_000, 240_000, 19.0474459841, 47.5039325806),
    ("EPSG:3844", "EPSG:15995", 587_000, 328_000, 26.0915135871, 44.4464879486),
  ])
  func `every datum operation by its code`(
    _ source: String, _ code: String, _ easting: Double, _ northing: Double, _ longitude: Double, _ latitude: Double
  ) throws {
    let found = try operation(code, from: ReferenceSystem(source), to: ReferenceSystem("EPSG:4326"))
    let operation = try #require(found)
    let transformer = try Transformer.open(operation)
    let moved = transformer.transform(easting, northing)
    let (x, y) = try #require(moved)
    #expect(Geographic(x, y).distance(to: Geographic(longitude, latitude)) < 1e-4, "\(x), \(y)")
  }

  /// Between grids of two datums by a code that ends at a third frame: stages that must run in order, and back in reverse.
  @Test(arguments: [("EPSG:32634", "EPSG:6316", "EPSG:9495"), ("EPSG:6316", "EPSG:32634", "EPSG:9495")])
  func `two pipelines, there and back`(_ source: String, _ target: String, _ code: String) throws {
    // Nis in both.
    let nis = ["EPSG:32634": (573237.797618, 4797269.338712), "EPSG:6316": (7573696.217, 4798205.043)]
    let (start, end) = (try #require(nis[source]), try #require(nis[target]))
    let found = try operation(code, from: ReferenceSystem(source), to: ReferenceSystem(target))
    let operation = try #require(found)
    #expect(operation.pipelines.count == 2)
    let transformer = try Transformer.open(operation)
    let there = transformer.transform(start.0, start.1)
    let (x, y) = try #require(there)
    // A datum shift in two dimensions is its own inverse to a centimetre.
    #expect(abs(x - end.0) < 0.02 && abs(y - end.1) < 0.02, "\(x), \(y)")
    let back = transformer.transform(x, y, backwards: true)
    let (east, north) = try #require(back)
    #expect(abs(east - start.0) < 0.02 && abs(north - start.1) < 0.02, "\(east), \(north)")
    var (easts, norths) = ([x], [y])
    try transformer.transform(&easts, &norths, backwards: true)
    #expect(easts == [east] && norths == [north])
  }

  /// PROJ's own choice there is EPSG:9143, whose box reaches into Serbia and North Macedonia.
  @Test(arguments: [
    ("Presevo", 7_554_000.0, 4_684_000.0), ("Pristina", 7_513_000, 4_724_000), ("Skopje", 7_535_000, 4_651_000),
  ])
  func `EPSG:9143 is not taken without a word`(_ place: String, _ easting: Double, _ northing: Double) throws {
    let (source, target) = (try ReferenceSystem("EPSG:6316"), try ReferenceSystem("EPSG:4326"))
    do {
      let choice = try OperationChoice.choose(
        from: source, to: target, at: [Projected(easting, northing)], OperationWishes())
      #expect(!choice.operation.contains("EPSG:9143"))
    } catch {
      #expect(error.code == "crs.choice")
      // Nor is it what the user is told to name first.
      #expect(!error.reason.contains("name one: EPSG:9143"), "\(error.reason)")
    }
  }
}

import Foundation
import Geometry
import Projection
import Testing

@Suite struct PlanarGridTests {
  static let nis = (21.9033, 43.3247), bujanovac = (21.77, 42.46)

  /// A square of 0.001 degree north-east of a place.
  private func square(_ place: (x: Double, y: Double)) throws -> Polygon<LatticePoint> {
    let corners = [(0.0, 0.0), (0.001, 0), (0.001, 0.001), (0, 0.001)]
    return try Polygon(Ring(corners.map { LatticePoint(nearest: Geographic(place.x + $0.0, place.y + $0.1)) }))
  }

  private func choose(_ grid: String, at place: (x: Double, y: Double), pinned: String? = nil) throws
    -> CoordinateOperation
  {
    let corners = try square(place).outer.corners.map(\.position)
    return try CoordinateOperation.forAreas(in: grid, over: Box(corners), named: pinned.map { [$0] } ?? [])
  }

  private func area(_ operation: CoordinateOperation, at place: (x: Double, y: Double)) throws -> Double {
    let projector = GridProjectors(operation)
    return try projector.area(of: [try square(place)])
  }

  @Test func `planar areas agree with pyproj, by the operation's own parameters`() throws {
    // Helmert parameters of EPSG:9495 and EPSG:9143 and EPSG:6316's projection, through a pyproj 3.7.2 pipeline.
    for pinned in [nil, "EPSG:9495", "9495"] {
      let operation = try choose("EPSG:6316", at: Self.nis, pinned: pinned)
      #expect(abs(try area(operation, at: Self.nis) - 9010.5911210204) < 1e-4, "\(pinned ?? "chosen")")
    }
    let kosovo = try choose("EPSG:6316", at: Self.bujanovac, pinned: "EPSG:9143")
    #expect(abs(try area(kosovo, at: Self.bujanovac) - 9135.951797581942) < 1e-4)
    let utm = try choose("EPSG:32634", at: Self.nis)
    #expect(abs(try area(utm, at: Self.nis) - 9005.18628041291) < 1e-4)
  }

  @Test func `the chosen operation has a name, a code and an accuracy`() throws {
    let operation = try choose("EPSG:6316", at: Self.nis)
    #expect(operation.target.code == "EPSG:6316")
    #expect(operation.target.name.contains("Balkans zone 7"))
    #expect(operation.accuracy == 1)
    #expect(operation.code.contains("EPSG"))
    #expect(!operation.name.contains("allpark"))
    #expect(try choose("EPSG:32634", at: Self.nis).code == "none")
  }

  @Test func `Kosovo's own operation is taken only by its code`() throws {
    let chosen = try choose("EPSG:6316", at: Self.bujanovac)
    #expect(!chosen.code.contains("9143"))
    // 1.6 km apart, the two have areas that differ by 31 parts in a million here.
    #expect(abs(try area(chosen, at: Self.bujanovac) - 9135.669428258134) < 1e-4)
    #expect(try choose("EPSG:6316", at: Self.bujanovac, pinned: "EPSG:9143").code.contains("9143"))
  }

  @Test func `what PROJ cannot do is refused with a reason`() {
    for (grid, place) in [
      ("EPSG:999999", Self.nis), ("nonsense", Self.nis), ("", Self.nis), ("EPSG:4326", Self.nis),
      // No operation with a stated datum shift covers Nis for a grid of New Zealand's old datum.
      ("EPSG:27200", Self.nis),
    ] {
      #expect(throws: ProjectionError.self, "\(grid)") { _ = try choose(grid, at: place) }
    }
  }

  @Test func `a pinned operation that is no candidate is refused, and the candidates named`() throws {
    let error = try #require(throws: ProjectionError.self) {
      _ = try choose("EPSG:6316", at: Self.nis, pinned: "EPSG:1234")
    }
    #expect(error.operation == "EPSG:1234")
    #expect(error.reason.contains("candidates"))
  }

  @Test func `a square with a hole, whichever way its rings run`() throws {
    let projector = GridProjectors(try choose("EPSG:32634", at: Self.nis))
    let outer = try square(Self.nis)
    let hole = try Ring(
      [(0.0004, 0.0004), (0.0006, 0.0004), (0.0006, 0.0006), (0.0004, 0.0006)].map {
        LatticePoint(nearest: Geographic(Self.nis.0 + $0.0, Self.nis.1 + $0.1))
      })
    let whole = try projector.area(of: [outer])
    let less = try projector.area(of: [Polygon(outer.outer, holes: [hole])])
    #expect(abs(whole - less - whole / 25) < 0.01)
    #expect(try projector.area(of: [Polygon(outer.outer, holes: [try Ring(hole.corners.reversed())])]) == less)
    #expect(try projector.area(of: []) == 0)
  }

  @Test(arguments: [0.0001, 0.001, 0.004, 0.01, 2], [60, 1_000])
  func `very many corners have the area that PROJ gives them one by one`(radius: Double, count: Int) throws {
    for grid in ["EPSG:6316", "EPSG:32634"] {
      let operation = try choose(grid, at: Self.nis)
      let corners = (0..<count).map { index in
        let angle = 2 * Double.pi * Double(index) / Double(count)
        let reach = radius * (1 + 0.2 * Double(index % 7) / 7)
        return LatticePoint(nearest: Geographic(Self.nis.0 + reach * cos(angle), Self.nis.1 + reach * sin(angle)))
      }
      let found = try GridProjectors(operation).area(of: [Polygon(Ring(corners))])
      var (x, y) = (corners.map(\.position.longitude), corners.map(\.position.latitude))
      try Transformer.open(operation).transform(&x, &y)
      let expected = try Ring(zip(x, y).map { Projected($0, $1) }).twiceSignedArea / 2
      // Corners off by 1 µm each change it by less than their circumference times that.
      #expect(abs(found - expected) < 1e-6 * radius * 1e6, "\(grid)")
      // Beside each other, some apart, they have what they have by themselves.
      let small = try square(Self.nis)
      let areas = try GridProjectors(operation).areas(of: [[Polygon(Ring(corners))], [], [small, small]])
      #expect(abs(areas[0] - expected) < 1e-6 * radius * 1e6, "\(grid)")
      #expect(areas[1] == 0)
      #expect(try abs(areas[2] - 2 * GridProjectors(operation).area(of: [small])) < 1e-3, "\(grid)")
    }
  }
}

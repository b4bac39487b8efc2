import Geometry
import Testing

@testable import LandRelease

@Suite struct CarriedPolygonTests {
  @Test func `a ring that collapses when it is carried over is left out`() throws {
    let (square, line) = (Rect(0, 0, 4, 4).corners, [Projected(1, 1), Projected(2, 1), Projected(1, 1)])
    #expect(try Polygon(bounding: [square, line])?.area == 16)
    #expect(try Polygon(bounding: [line, square]) == nil)
    #expect(throws: GeometryError.notFinite(index: 0)) {
      try Polygon(bounding: [square, [Projected(.nan, 0)] + square])
    }
  }
}

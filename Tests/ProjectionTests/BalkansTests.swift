import Foundation
import Geometry
import Projection
import Testing

/// Points of MGI 1901 through each operation that EPSG has for them, computed by PROJ 9.5.1 through pyproj.
@Suite(.enabled(if: corpus != nil, "RAZMIN_CORPUS names no folder")) struct BalkansTests {
  private struct Row {
    let place, crs, operation: String
    let pair: Projected
    let accuracy: Double?
    let position: Geographic
  }

  private static func rows() throws -> [Row] {
    let text = try String(contentsOfFile: (corpus ?? "") + "/coords-balkans/balkans_pairs.tsv", encoding: .utf8)
    return try text.split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(cells.count == 9)
      return Row(
        place: cells[0], crs: cells[1], operation: cells[4],
        pair: Projected(try #require(Double(cells[2])), try #require(Double(cells[3]))), accuracy: Double(cells[5]),
        position: Geographic(try #require(Double(cells[7])), try #require(Double(cells[6]))))
    }
  }

  /// EPSG's variants of "MGI 1901 to WGS 84" by number; that a code has this name is asserted below.
  private static let variants = [
    "1": "EPSG:3962", "4": "EPSG:3964", "6": "EPSG:3965", "10": "EPSG:6206", "13": "EPSG:8823", "14": "EPSG:9143",
    "15": "EPSG:9486", "16": "EPSG:8688",
  ]

  @Test func `every operation by its code, within a millimetre`() throws {
    var count = 0
    var worst = 0.0
    for row in try Self.rows() where !row.operation.hasPrefix("DEFAULT") {
      let number = try #require(row.operation.firstMatch(of: /MGI 1901 to WGS 84 \((\d+)\)/)?.1)
      let code = try #require(Self.variants[String(number)], "\(row.operation)")
      let found = try operation(code, from: ReferenceSystem(row.crs), to: ReferenceSystem("EPSG:4326"))
      let operation = try #require(found)
      #expect(operation.name.contains("MGI 1901 to WGS 84 (\(number))"))
      #expect(operation.accuracy == row.accuracy)
      let transformer = try Transformer.open(operation)
      let moved = transformer.transform(row.pair.easting, row.pair.northing)
      let (x, y) = try #require(moved)
      let distance = Geographic(x, y).distance(to: row.position)
      #expect(distance < 0.001, "\(row.place) by \(code): \(distance) m")
      (count, worst) = (count + 1, max(worst, distance))
    }
    #expect(count == 48)
    print("balkans_pairs.tsv: \(count) rows by operation, at most \(worst) m off")
  }

  /// What PROJ takes by itself is 1.6 km off where Kosovo's box reaches: we must not.
  @Test func `nothing is taken without a word where PROJ takes EPSG:9143`() throws {
    var taken = 0
    for row in try Self.rows() where row.operation.hasPrefix("DEFAULT") {
      let (source, target) = (try ReferenceSystem(row.crs), try ReferenceSystem("EPSG:4326"))
      // Zone 6 and Kosovo do not meet.
      if let kosovo = try operation("EPSG:9143", from: source, to: target) {
        let transformer = try Transformer.open(kosovo)
        let moved = transformer.transform(row.pair.easting, row.pair.northing)
        let (x, y) = try #require(moved)
        if Geographic(x, y).distance(to: row.position) < 0.001 { taken += 1 }
      }
      do {
        let choice = try OperationChoice.choose(from: source, to: target, at: [row.pair], OperationWishes())
        #expect(!choice.operation.contains("EPSG:9143"), "\(row.place)")
      } catch {
        #expect(error.code == "crs.choice", "\(row.place): \(error)")
      }
    }
    // Presevo, Pristina and Skopje.
    #expect(taken == 3)
  }
}

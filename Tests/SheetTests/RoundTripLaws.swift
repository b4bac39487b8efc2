import Formats
import Geometry
import Survey
import Testing

/// What is written is read again, in every container, encoding and style.
@Suite struct RoundTripLaws {
  private static let words = [
    "A", "plain text", "a;b", "a,b", "tab\there", "\"quoted\"", "two\nlines", "=SUM(A1)", "-", "+1", "@x",
  ]
  private static let marked = ["šuma", "ugao kuće", "čačak"]
  private static let cyrillic = ["шума", "угао куће", "чачак", "Ђорђе"]

  private func rows(_ random: inout Seeded, _ words: [String]) -> [TurningPointRow] {
    var rows: [TurningPointRow] = []
    for shape in 1...Int.random(in: 1...3, using: &random) {
      for number in 1...Int.random(in: 3...6, using: &random) {
        let word = words.randomElement(using: &random) ?? ""
        // Rounded as they are written, so that they can be compared.
        let metres = { (range: ClosedRange<Double>, random: inout Seeded) in
          (Double.random(in: range, using: &random) * 1000).rounded() / 1000
        }
        rows.append(
          TurningPointRow(
            shape: "P\(shape)", number: number, id: "T\(number)", type: number == 1 ? .start : .turning,
            grid: Projected(metres(7_300_000...7_700_000, &random), metres(4_600_000...5_100_000, &random)),
            gridName: "EPSG:6316",
            position: Geographic(
              (Double.random(in: -180...180, using: &random) * 1e8).rounded() / 1e8,
              (Double.random(in: -90...90, using: &random) * 1e8).rounded() / 1e8),
            sigma: metres(0.001...5, &random), fromPoint: number == 1 ? nil : "T\(number - 1)",
            distance: number == 1 ? nil : metres(0...500, &random),
            trueBearing: number == 1 ? nil : (Double.random(in: 0...360, using: &random) * 1e4).rounded() / 1e4,
            magneticBearing: number == 1 ? nil : 12.3457, description: word))
      }
    }
    return rows
  }

  private func check(_ found: PointSheet, _ rows: [TurningPointRow], _ note: String) {
    #expect(found.layout == .razmin && found.crsName == "EPSG:6316", "\(note)")
    #expect(found.problems.isEmpty && found.points.count == rows.count, "\(note) \(found.problems)")
    for (point, row) in zip(found.points, rows) {
      #expect(point.shape == row.shape && point.number == row.number && point.id == row.id, "\(note)")
      #expect(point.type == row.type && point.fromPoint == row.fromPoint, "\(note)")
      #expect(
        point.grid?.first.number == row.grid?.easting && point.grid?.second.number == row.grid?.northing, "\(note)")
      #expect(point.grid?.unit == .metre && point.grid?.axes == .eastingNorthing, "\(note)")
      #expect(point.geographic?.first.number == row.position?.longitude, "\(note)")
      #expect(point.geographic?.second.number == row.position?.latitude, "\(note)")
      #expect(point.sigma == row.sigma && point.distance == row.distance, "\(note)")
      #expect(point.bearings.map(\.value) == [row.trueBearing, row.magneticBearing].compactMap { $0 }, "\(note)")
      #expect(point.description == row.description, "\(note)")
    }
  }

  @Test(arguments: 0..<6 as Range<UInt64>) func `CSV`(seed: UInt64) throws {
    var random = Seeded(state: seed)
    for encoding in SheetEncoding.allCases {
      let letters =
        encoding == .windows1250 ? Self.marked : encoding == .windows1251 ? Self.cyrillic : Self.marked + Self.cyrillic
      let rows = rows(&random, Self.words + letters + letters)
      for style in [
        SheetTable.CSVStyle(), .init(delimiter: ";", decimal: .comma), .init(delimiter: "\t", decimal: .comma),
        .init(delimiter: ";"), .init(delimiter: ",", decimal: .comma),
      ] {
        for mark in [true, false] {
          let text = String(decoding: RazminSheet.table(rows).csv(style), as: UTF8.self)
          let bytes = try #require(encoded(text, encoding, mark: mark))
          // Where no letter tells, the encoding has to be declared.
          let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
          let found = try sheet(bytes, options { $0.encoding = isPlain && !mark ? encoding : nil })
          check(found, rows, "\(seed) \(encoding) \(style)")
        }
      }
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>) func `XLSX`(seed: UInt64) throws {
    var random = Seeded(state: seed)
    let rows = rows(&random, Self.words + Self.marked + Self.cyrillic)
    check(try sheet(try RazminSheet.table(rows).xlsx()), rows, "\(seed)")
  }

  @Test(arguments: 0..<40 as Range<UInt64>) func `IMSMA NG`(seed: UInt64) throws {
    var random = Seeded(state: seed)
    let rows = rows(&random, Self.words)
    let table = IMSMASheet.table(rows, project: "MGI 7", coordinates: .grid)
    for bytes in [table.csv(), table.csv(.init(delimiter: ";", decimal: .comma)), try table.xlsx()] {
      let found = try sheet(bytes)
      #expect(found.layout == .imsma && found.problems.isEmpty)
      #expect(found.places == rows.map { [$0.grid?.easting, $0.grid?.northing] })
      #expect(found.points.map(\.distance) == rows.map(\.distance) && found.points.map(\.type) == rows.map(\.type))
      #expect(found.shapes.map(\.points.count).reduce(0, +) == rows.count)
    }
  }
}

import Testing

@testable import Geomagnetism

@Suite struct EpochFileTests {
  /// A sound file of one model; every case below breaks one thing in it.
  private static let rows = (1...12).flatMap { n in (0...n).map { m in "\(n) \(m) -1.5 2.5 0.1 -0.2" } }
  private static func file(_ heading: String = "model A 2000.0 2000.0 2005.0 - -", _ rows: [String] = rows) -> String {
    (["# a comment", "", heading] + rows).joined(separator: "\n") + "\n"
  }

  @Test func `a sound file`() throws {
    let second = Self.file("model B 2005.0 2005.0 2010.0 0.26 5417")
    let epochs = try EpochFile.epochs(of: (Self.file() + second).utf8)
    #expect(epochs.map(\.name) == ["A", "B"])
    #expect(epochs.map(\.field.count) == [Epoch.terms, Epoch.terms])
    #expect(epochs[0].error == nil && epochs[1].error == DeclinationError(constant: 0.26, slope: 5417))
    #expect(epochs[0].field(in: 2002)[0] == GaussPair(g: -1.5 + 2 * 0.1, h: 2.5 - 2 * 0.2))
  }

  static let broken: [(name: String, text: String, line: Int, says: String)] = [
    ("nothing", "", 1, "no model"),
    ("comments only", "# x\n", 2, "no model"),
    ("a row before its model", "1 0 1 0 0 0\n", 1, "before its model"),
    ("a heading too short", file("model A 2000.0 2000.0 2005.0"), 3, "6 fields"),
    ("a heading with a word", file("model A 2000.0 then 2005.0 - -"), 3, "then"),
    ("half an error", file("model A 2000.0 2000.0 2005.0 0.26 -"), 3, "- is no number"),
    ("ends before it begins", file("model A 2000.0 2005.0 2000.0 - -"), 3, "ends before"),
    ("a gap", file() + file("model B 2006.0 2006.0 2010.0 - -"), 96, "does not begin"),
    ("a row lost", file("model A 2000.0 2000.0 2005.0 - -", rows.dropLast()), 93, "89 of 90"),
    ("a row lost inside", file("model A 2000.0 2000.0 2005.0 - -", Array(rows.dropFirst())), 4, "out of turn"),
    ("a row too many", file() + "13 0 1 0 0 0\n", 94, "out of turn"),
    ("a row twice", file("model A 2000.0 2000.0 2005.0 - -", [rows[0]] + rows), 5, "out of turn"),
    ("a column lost", file("model A 2000.0 2000.0 2005.0 - -", ["1 0 1 0 0"]), 4, "6 fields"),
    ("not finite", file("model A 2000.0 2000.0 2005.0 - -", ["1 0 nan 0 0 0"]), 4, "nan"),
    ("a decimal comma", file("model A 2000.0 2000.0 2005.0 - -", ["1 0 1,5 0 0 0"]), 4, "1,5"),
  ]

  @Test(arguments: broken.indices) func `a damaged file is refused with its line`(index: Int) throws {
    let (name, text, line, says) = Self.broken[index]
    let error = try #require(throws: GeomagnetismError.self, "\(name)") { _ = try EpochFile.epochs(of: text.utf8) }
    guard case .dataFile(let found, let reason) = error else { return #expect(Bool(false), "\(error)") }
    #expect(found == line && reason.contains(says), "\(name): \(error.message)")
    #expect(error.code == "magnetic.data-file")
  }

  @Test func `the file that comes with the program`() throws {
    let model = try WorldMagneticModel.load()
    #expect(model.epochs.map(\.name) == ["WMM2000", "WMM2005", "WMM2010", "WMM2015v2", "WMM2020", "WMM2025"])
    #expect(model.span == DecimalYear(2000)...DecimalYear(2030))
  }
}

import Formats
import Survey
import Testing

/// XLSX, made by openpyxl, and by hand where openpyxl would not make it.
@Suite struct WorkbookTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func made(_ kind: String, _ options: SheetOptions = SheetOptions()) throws -> PointSheet {
    let path = scratch.path + "/\(kind).xlsx"
    _ = try oracle("make", kind, path, in: scratch)
    return try PointSheetReader.read(path: path, options: options)
  }

  @Test func `what openpyxl writes is read with its numbers, texts and rows`() throws {
    let found = try made("sound")
    #expect(found.layout == .imsma && found.codes == ["xlsx.not-read"])
    #expect(found.reading == SheetReading(container: .xlsx(worksheet: "Tačke")))
    #expect(found.reading.description == "XLSX, worksheet \"Tačke\"")
    #expect(
      found.places == [
        [7573696.217, 4798205.043], [7573796.25, 4798205.5], [7_573_796, 4_798_305], [7573600.1, 4798200.2],
      ])
    #expect(found.ids == ["TP1", "TP2", "3", "BM"] && found.points.map(\.line) == [2, 3, 4, 5])
    #expect(found.shapes.map(\.id) == ["A1"] && found.singles.map(\.type) == [.benchmark])
    #expect(found.points.map(\.description) == ["Ćošak, јужни", nil, "TRUE", nil])
    #expect(found.points[1].bearings == [SheetBearing(89.75)] && found.points[1].distance == 100.034)
  }

  @Test func `a worksheet by its name`() throws {
    let found = try made("sound", options { $0.worksheet = "Other" })
    #expect(found.problems.isEmpty)
    #expect(found.points[0].geographic?.first == .text("21°54'12\"E"))
    do throws(FileUnreadable) {
      _ = try PointSheetReader.read(path: scratch.path + "/sound.xlsx", options: options { $0.worksheet = "Third" })
      Issue.record("read a worksheet that is not there")
    } catch { #expect(error.code == "xlsx.worksheet" && error.message.contains("Other")) }
  }

  @Test func `prefixes, missing references and inline strings, with a decimal comma`() throws {
    let found = try made("prefixed")
    #expect(found.places == [[7573696.217, 4798205.043]] && found.points[0].line == 3)
    #expect(found.reading.decimal == .comma)
  }

  @Test func `runs of text, escapes, hidden rows`() throws {
    let found = try made("runs")
    #expect(found.ids == ["TA_ 1"] && found.codes == ["xlsx.hidden"] && found.places == [[1.5, 2]])
  }

  @Test func `numbers that are none are problems, and a formula without its result too`() throws {
    let found = try made("numbers")
    #expect(found.places.map { $0[0] } == [nil, nil, nil, 7573696.217, nil, nil])
    #expect(found.codes.filter { $0 == "sheet.coordinate" }.count == 10)
    #expect(try made("formula").codes.prefix(3) == ["xlsx.not-read", "xlsx.formula", "sheet.coordinate"])
  }

  @Test func `hostile and broken workbooks are refused with a reason`() throws {
    let cases: [(String, String)] = [
      ("bomb", "sheet.too-large"), ("strings-bomb", "sheet.too-large"), ("many", "sheet.too-large"),
      ("wide", "sheet.too-large"), ("entities", "xlsx.xml"), ("doctype", "xlsx.xml"), ("not-xml", "xlsx.xml"),
      ("truncated", "xlsx.zip"),
      ("damaged", "xlsx.zip"), ("twice", "xlsx.zip"), ("beyond", "xlsx.cell"), ("backwards", "xlsx.cell"),
      ("far-row", "xlsx.cell"), ("no-string", "xlsx.cell"), ("no-sheet", "xlsx.worksheet"),
      ("empty-book", "xlsx.worksheet"), ("not-a-workbook", "sheet.format"),
    ]
    for (kind, code) in cases {
      do throws(any Error) {
        _ = try made(kind)
        Issue.record("\(kind) was read")
      } catch let error as FileUnreadable {
        #expect(error.code == code && error.kind == .refused && !error.message.isEmpty, "\(kind): \(error)")
      }
    }
  }

  @Test func `a workbook cut or changed anywhere is read as it was or refused`() throws {
    let path = scratch.path + "/sound.xlsx"
    _ = try oracle("make", "sound", path, in: scratch)
    let whole = try bytes(of: path)
    let truth = try sheet(whole).points
    var random = Seeded(state: 7)
    for _ in 0..<300 {
      var changed = whole
      if Bool.random(using: &random) {
        changed = Array(whole.prefix(.random(in: 0..<whole.count, using: &random)))
      } else {
        changed[.random(in: 0..<whole.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
      }
      // The checksums of the zip stand guard over what is in it.
      if let found = try? sheet(changed) { #expect(found.points == truth) }
    }
  }
}

import Formats
import Glibc
import Survey
import Testing

/// Files that are none, or far too large.
@Suite struct FileTests {
  private func code(_ path: String) -> String? {
    do throws(FileUnreadable) {
      _ = try PointSheetReader.read(path: path)
      return nil
    } catch { return error.code }
  }

  @Test func `what is no file is refused without waiting`() throws {
    let scratch = try Scratch()
    try #require(mkfifo(scratch.path + "/pipe", 0o600) == 0)
    #expect(code(scratch.path) == "file.not-regular" && code(scratch.path + "/pipe") == "file.not-regular")
    #expect(code(scratch.path + "/none.csv") == "file.not-found")
    try write(Array("id,e,n\nA,1.5,2\n".utf8), to: scratch.path + "/a.csv")
    #expect(code(scratch.path + "/a.csv") == nil)
  }

  @Test func `limits end the reading with a reason`() {
    let columns = "id,e,n" + String(repeating: ",", count: 100_000) + "\nA,1.5,2\n"
    #expect(refusal(columns) == "sheet.columns" || refusal(columns) == "sheet.too-large")
    #expect(refusal("id,e,n\nA,1.5,2\n" + String(repeating: ",", count: 100_000) + "x\n") == "sheet.too-large")
    #expect(refusal("id,e,n\n" + String(repeating: "A,1,2\n", count: 250_001)) == "sheet.too-large")
    #expect(refusal([UInt8](repeating: 0x41, count: (64 << 20) + 1)) == "sheet.too-large")
    for cell in [String(repeating: "1.", count: 1 << 17), String(repeating: "a ", count: 1 << 17)] {
      #expect((try? sheet("id,type,e,n\n\(cell),\(cell),\(cell),2\n"))?.points[0].grid?.first.number == nil)
      #expect(refusal("id,e,\(cell)\n") == "sheet.columns")
    }
    let long = "id,e,n,d\nA,1.5,2," + String(repeating: "x", count: 2 << 20) + "\n"
    #expect((try? sheet(long))?.points[0].description?.count == 2 << 20)
  }

  @Test func `any bytes are read or refused, never the end of the process`() {
    var random = Seeded(state: 42)
    let pieces = [
      "id", "e", "n", ",", ";", "\t", "\n", "\r\n", "\"", "1.5", "2,5", "1,234", "°", "A ", "sep=;", "PolyID", "Xcoord",
      "Ycoord", "lat", "lon", "\u{feff}", "7 573 696", "NaN", "(ft)", "š", "ш", "\0", "=1", "1e999", "#",
    ]
    for _ in 0..<2000 {
      var text = Bool.random(using: &random) ? "id;e;n\n" : ""
      for _ in 0..<Int.random(in: 0...30, using: &random) { text += pieces.randomElement(using: &random) ?? "" }
      var bytes = Array(text.utf8)
      if Bool.random(using: &random), !bytes.isEmpty {
        bytes[.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      if let found = try? sheet(bytes) {
        // Who has no position has a problem.
        for point in found.points where !point.hasPosition {
          #expect(found.problems.contains { $0.line == point.line }, "\(bytes)")
        }
      }
    }
  }
}

import Survey
import Testing

@testable import Formats

@Suite struct TextTests {
  private func decimal(_ text: String, point: Unicode.Scalar = ".") -> Double? {
    let bytes = Array(text.utf8)
    return bytes.span.decimal(0..<bytes.count, point: UInt8(ascii: point))
  }

  @Test func `decimal numbers are read to the last bit, as the standard library reads them`() {
    var random = Seeded(state: 1)
    for _ in 0..<20_000 {
      var text = Bool.random(using: &random) ? "-" : ""
      text += String(
        (0..<Int.random(in: 1...22, using: &random)).map { _ in "0123456789".randomElement(using: &random)! })
      if Bool.random(using: &random) {
        text +=
          "." + String(UInt64.random(in: 0...UInt64.max >> UInt64.random(in: 0...63, using: &random), using: &random))
      }
      if Int.random(in: 0..<4, using: &random) == 0 { text += "e\(Int.random(in: -330...290, using: &random))" }
      let expected = Double(text).flatMap { $0.isFinite ? $0.bitPattern : nil }
      #expect(decimal(text)?.bitPattern == expected, "\(text)")
    }
  }

  @Test func `what is no decimal number is none`() {
    for text in [
      "", "-", "+", ".", "1.2.3", "1,5", "0x10", "inf", "nan", "1e", "1e+", "1e400", "1 ", " 1", "1e999999999", "--1",
    ] {
      #expect(decimal(text) == nil, "\(text)")
    }
    #expect(decimal("1,5", point: ",") == 1.5)
    #expect(decimal("-0.0")?.sign == .minus)
    #expect(decimal("123456789012345678901234567890e-10") == 12_345_678_901_234_567_890.0)
  }

  @Test func `times by ISO 8601`() {
    let cases: [(String, String?)] = [
      ("2026-05-03T10:20:30Z", "2026-05-03T10:20:30Z"),
      ("2026-05-03T10:20:30", "2026-05-03T10:20:30Z"),
      ("2026-05-03 10:20", "2026-05-03T10:20:00Z"),
      ("2026-05-03T10:20:30.5z", "2026-05-03T10:20:30.500Z"),
      ("2026-05-03T10:20:30,1239Z", "2026-05-03T10:20:30.124Z"),
      ("2026-05-03T10:20:30.9996Z", "2026-05-03T10:20:31Z"),
      ("2026-05-03T01:20:30+02:00", "2026-05-02T23:20:30Z"),
      ("2026-05-03T23:20:30-0130", "2026-05-04T00:50:30Z"),
      ("2026-05-03T10:20:30+02", "2026-05-03T08:20:30Z"),
      ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
      ("2026-05-03T24:00:00Z", "2026-05-04T00:00:00Z"),
      ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
      ("2026-02-29T00:00:00Z", nil), ("2026-13-01T00:00:00Z", nil), ("2026-05-03T24:00:01Z", nil),
      ("2026-05-03T10:60:00Z", nil), ("2026-05-03T10:20:61Z", nil), ("2026-05-03", nil), ("", nil),
      ("2026-05-03T10:20:30.Z", nil), ("2026-05-03T10:20:30+2", nil), ("2026-05-03T10:20:30Zulu", nil),
      ("2026-05-03X10:20:30Z", nil), ("26-05-03T10:20:30Z", nil), ("2026-05-03T10:20:30+02:0", nil),
    ]
    for (text, expected) in cases {
      let bytes = Array(text.utf8)
      #expect(bytes.span.isoTime(0..<bytes.count)?.description == expected, "\(text)")
    }
  }

  @Test func `lines are the same however the text is cut into blocks`() throws {
    let text = "a\nbb\r\nccc\rd\n\n\r\n\rlong long long\nlast"
    let expected = ["1 a", "2 bb", "3 ccc", "4 d", "5 ", "6 ", "7 ", "8 too long", "9 last"]
    for blockSize in 1...40 {
      var input = ByteSource(bytes: Array(text.utf8), blockSize: blockSize)
      var lines = LineSource(longest: 8)
      var found: [String] = []
      while let line = try lines.next(&input) {
        let words = line.isTooLong ? "too long" : lines.bytes.span.string(line.range)
        found.append("\(line.number) \(words)")
      }
      #expect(found == expected, "blocks of \(blockSize)")
    }
  }
}

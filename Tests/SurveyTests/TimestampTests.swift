import Survey
import Testing

@Test(
  arguments: [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999Z"), (1_772_431_215_000, "2026-03-02T06:00:15Z"),
    (1_772_431_215_020, "2026-03-02T06:00:15.020Z"), (951_825_600_000, "2000-02-29T12:00:00Z"),
    (-62_167_219_200_000, "0000-01-01T00:00:00Z"), (-62_167_219_200_001, "-1-12-31T23:59:59.999Z"),
    (253_402_300_800_000, "10000-01-01T00:00:00Z"), (8_640_000_000_000_000, "275760-09-13T00:00:00Z"),
  ] as [(Int64, String)])
func `a time is written in UTC`(milliseconds: Int64, text: String) {
  let time = Timestamp(milliseconds: milliseconds)
  #expect(time.description == text)
  #expect(time.date().description == text.prefix { $0 != "T" })
  var bytes = [UInt8](repeating: 0x2A, count: Timestamp.longestText + 3)
  var end = 3
  do {
    var span = bytes.mutableSpan
    time.put(into: &span, at: &end)
  }
  #expect(String(decoding: bytes[..<end], as: UTF8.self) == "***" + text)
}

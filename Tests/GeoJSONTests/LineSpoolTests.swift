import Formats
import Geometry
import Testing

@Suite struct LineSpoolTests {
  /// Lines of these lengths, as the writer writes them whole, and as it writes them from a spool.
  @Test(arguments: [
    [1], [2], [1, 1], [2, 1], [1, 2], [2, 2], [1, 1, 3, 1], [40_000], [4_096], [4_097, 4_095, 1], [1, 70_000, 2, 1],
    Array(repeating: 1, count: 70_000), Array(repeating: 2, count: 40_000), [32_768, 32_768, 1, 32_767, 2],
  ])
  func `spooled lines give the bytes of lines in memory`(lengths: [Int]) throws {
    let spool = LineSpool()
    var (lines, number): ([[Geographic]], Int) = ([], 0)
    for length in lengths {
      lines.append([])
      for index in 0..<length {
        number += 1
        let position = Geographic(21 + Double(number) * 1e-6, 43 + Double(number % 977) * 1e-7)
        lines[lines.count - 1].append(position)
        try spool.add(position, beginsLine: index == 0)
      }
    }
    let walked = lines.filter { $0.count > 1 }
    let alone = lines.filter { $0.count == 1 }.flatMap { $0 }
    #expect(spool.lines == walked.count && spool.isolated == alone.count)
    var whole = GeoJSONWriter([UInt8]())
    var spooled = GeoJSONWriter([UInt8]())
    if !walked.isEmpty { try whole.feature(.lines(walked), ["a": 1]) }
    if !alone.isEmpty { try whole.feature(.points(alone), ["b": 2]) }
    try spooled.lines(of: spool, ["a": 1])
    try spooled.isolated(of: spool, ["b": 2])
    #expect(spooled.count == whole.count)
    let (expected, bytes) = (try whole.finish(), try spooled.finish())
    #expect(bytes == expected, "\(lengths.prefix(8))")
    let all = try spool.whole()
    #expect(all.lines.map(\.count) == walked.map(\.count) && all.isolated.count == alone.count)
  }
}

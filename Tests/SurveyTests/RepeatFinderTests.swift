import Geometry
import Survey
import Testing

@Suite struct RepeatFinderTests {
  private func found(_ fixes: [Fix]) -> [RepeatFinder.Repeat] {
    var finder = RepeatFinder()
    for fix in fixes { finder.add(fix) }
    finder.finish()
    return finder.found
  }

  private func fix(_ second: Int64, _ longitude: Double = 21.5) -> Fix {
    Fix(Geographic(longitude, 43), time: Timestamp(milliseconds: second * 1000), line: Int(second) + 1)
  }

  @Test func `the same position for two minutes is found, with its time`() {
    let walked = (0..<50).map { fix($0, 21 + Double($0) / 1000) }
    let frozen = (50...170).map { fix($0) }
    let again = (171..<300).map { fix($0, 22 + Double($0) / 1000) }
    let all = found(walked + frozen + again)
    #expect(all.map(\.position) == [Geographic(21.5, 43)] && all.map(\.fixes) == [121] && all.map(\.line) == [51])
    #expect(all.map { $0.to.seconds(since: $0.from) } == [120])
  }

  @Test func `less than two minutes, a clock that stands still, or two ends of a gap are none`() {
    #expect(found((0..<120).map { fix($0) }).isEmpty)
    #expect(found((0...120).map { fix($0) }).count == 1)
    #expect(found((0..<500).map { _ in fix(7) }).isEmpty)
    #expect(found([fix(0), fix(1000), fix(2000)]).isEmpty)
    #expect(found((0..<500).map { fix(500 - $0) }).isEmpty)
    #expect(found((0..<500).map { Fix(Geographic(21, 43), line: $0) }).isEmpty)
  }

  @Test func `a last digit that scatters is no repeat`() {
    #expect(found((0..<500).map { fix($0, 21.5 + Double($0 % 2) * 1e-8) }).isEmpty)
  }
}

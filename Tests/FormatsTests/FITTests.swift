import Formats
import Geometry
import Survey
import Testing

@Suite struct FITTests {
  /// 2026-05-03T07:12:00Z.
  private let noon = 1_777_792_320 - 631_065_600
  private let degree = 2_147_483_648.0 / 180
  private func semicircles(_ degrees: Double) -> Int { Int((degrees * degree).rounded()) }

  /// A watch's file with `count` records a second apart, one message of each kind before and behind.
  private func watch(_ count: Int = 3, type: Int = 4, isBigEndian: Bool = false) -> FITBuilder {
    var fit = FITBuilder()
    fit.isBigEndian = isBigEndian
    fit.define(0, 0, [(0, 1, 0), (1, 2, 0x84), (2, 2, 0x84)])
    fit.data(0, (type, 1), (1, 2), (3, 2))
    fit.define(1, 20, [(253, 4, 0x86), (0, 4, 0x85), (1, 4, 0x85), (2, 2, 0x84), (31, 1, 2)], developer: [(0, 3, 0)])
    for index in 0..<count { point(&fit, index) }
    return fit
  }

  private func point(_ fit: inout FITBuilder, _ index: Int, accuracy: Int = 0xff) {
    fit.data(
      1, (noon + index, 4), (semicircles(43.25), 4), (semicircles(-21.5) + index, 4), ((200 + 500) * 5, 2),
      (accuracy, 1),
      (0xabcdef, 3))
  }

  @Test(arguments: [false, true]) func `records are fixes in either byte order`(isBigEndian: Bool) throws {
    for header in [UInt8(12), 14] {
      let log = try read(FIT.self, watch(isBigEndian: isBigEndian).file(headerLength: header))
      #expect(log.problems.isEmpty)
      #expect(log.tracks.map(\.header.kind) == [.track])
      let fix = try #require(log.fixes.first)
      #expect(log.fixes.count == 3)
      #expect(abs(fix.position.latitude - 43.25) < 1e-7 && abs(fix.position.longitude + 21.5) < 1e-7)
      #expect(fix.time?.description == "2026-05-03T07:12:00Z")
      #expect(fix.elevation == 200 && fix.quality == .unknown && fix.sigma == nil && fix.line == 2)
      #expect(log.counts?.seen == 4 && log.counts?.addsUp == true)
    }
  }

  @Test func `an accuracy makes a fix worse, never better`() throws {
    var fit = watch(0)
    for (index, accuracy) in [1, 3, 4, 30].enumerated() { point(&fit, index, accuracy: accuracy) }
    #expect(try read(FIT.self, fit.file()).fixes.map(\.sigma) == [nil, nil, 4, 30])
  }

  @Test func `a compressed time counts on from the last one`() throws {
    var fit = watch(1)
    fit.define(2, 20, [(0, 4, 0x85), (1, 4, 0x85)])
    // Local type 2 in bits 5 and 6, the low five bits of the time below.
    for later in [1, 20, 40, 71] {
      fit.data(0x80 | 2 << 5 | UInt8((noon + later) & 0x1f), (semicircles(43), 4), (semicircles(21), 4))
    }
    let times = try read(FIT.self, fit.file()).fixes.compactMap { $0.time?.milliseconds }
    #expect(times.map { $0 / 1000 - 1_777_792_320 } == [0, 1, 20, 40, 71])
  }

  @Test func `no position is no fix, also not at the invalid value, and is counted`() throws {
    var fit = watch(1)
    let (invalid, y) = (0x7fff_ffff, semicircles(43))
    for (latitude, longitude) in [(invalid, invalid), (y, invalid), (invalid, y)] {
      fit.data(1, (noon, 4), (latitude, 4), (longitude, 4), (0, 2), (5, 1), (0, 3))
    }
    fit.data(1, (noon, 4), (semicircles(91), 4), (y, 4), (0, 2), (5, 1), (0, 3))
    let log = try read(FIT.self, fit.file())
    #expect(log.fixes.count == 1)
    #expect(log.codes.sorted() == ["fit.coordinate", "fit.no-position"])
    #expect(log.counts?.aside == ["fit.no-position": 3, "fit.coordinate": 1] && log.counts?.addsUp == true)
  }

  @Test func `a course is a route, since nobody has walked it`() throws {
    var fit = watch(2, type: 6)
    fit.define(3, 32, [(1, 4, 0x86), (2, 4, 0x85), (3, 4, 0x85), (6, 6, 7)])
    fit.data(3, (noon, 4), (semicircles(43), 4), (semicircles(21), 4))
    fit.raw(Array("TP 1".utf8) + [0, 0])
    let log = try read(FIT.self, fit.file())
    #expect(log.tracks.map(\.header.kind) == [.route])
    #expect(log.waypoints.map(\.name) == ["TP 1"])
    #expect(log.problems.isEmpty)
  }

  @Test func `a lap's end is a waypoint, a stop of the timer ends a segment`() throws {
    var fit = watch(2)
    fit.define(4, 21, [(0, 1, 0), (1, 1, 0)])
    fit.data(4, (0, 1), (4, 1))
    point(&fit, 60)
    fit.define(5, 19, [(253, 4, 0x86), (5, 4, 0x85), (6, 4, 0x85)])
    fit.data(5, (noon + 60, 4), (semicircles(43), 4), (semicircles(21), 4))
    let log = try read(FIT.self, fit.file())
    #expect(log.tracks.map { $0.segments.map(\.count) } == [[2, 1]])
    #expect(log.waypoints.map(\.name) == ["lap 1"])
    #expect(log.waypoints.first?.fix.time?.description == "2026-05-03T07:13:00Z")
  }

  @Test func `chained files are read one after the other`() throws {
    let log = try read(FIT.self, watch().file() + watch(2, isBigEndian: true).file(headerLength: 12))
    #expect(log.tracks.map { $0.segments.map(\.count) } == [[3], [2]])
    #expect(log.problems.isEmpty)
  }

  @Test func `a file is used up to where it is cut, at every byte`() throws {
    let whole = watch(5).file() + watch(2).file()
    let fixes = try read(FIT.self, whole).fixes
    #expect(fixes.count == 7)
    for end in 14..<whole.count {
      let cut = try read(FIT.self, Array(whole[..<end]))
      #expect(fixes.starts(with: cut.fixes) && cut.counts?.addsUp == true)
      // Only where the first file ends the rest could be missed.
      #expect(!cut.problems.isEmpty || end == watch(5).file().count, "\(end)")
      #expect(try read(FIT.self, Array(whole[..<end]), blockSize: 1) == cut)
    }
  }

  @Test func `damage is told, and what can be read is used`() throws {
    var changed = watch().file()
    changed[changed.count - 5] ^= 1
    #expect(try read(FIT.self, changed).codes == ["fit.crc"])
    #expect(try read(FIT.self, changed).fixes.count == 3)
    // A device that was switched off writes no length.
    let open = try read(FIT.self, watch().file(dataLength: 0))
    #expect(open.codes == ["fit.unfinished"] && open.fixes.count == 3)
    let both = try read(FIT.self, watch().file(dataLength: 0) + watch(2).file())
    #expect(both.codes == ["fit.unfinished"] && both.fixes.count == 5)
    let long = try read(FIT.self, watch().file(dataLength: 1 << 31))
    #expect(long.fixes.count == 3 && long.codes.contains { $0 == "fit.truncated" || $0 == "fit.undefined" })
    let rest = try read(FIT.self, watch().file() + [1, 2, 3])
    #expect(rest.codes == ["fit.trailing"] && rest.fixes.count == 3)
    var undefined = watch()
    undefined.data(9, (0, 4))
    point(&undefined, 4)
    let stopped = try read(FIT.self, undefined.file())
    #expect(stopped.fixes.count == 3 && stopped.codes == ["fit.undefined", "fit.trailing"])
  }

  @Test func `a clock that was never set gives no time`() throws {
    var fit = watch(0)
    fit.data(1, (5000, 4), (semicircles(43), 4), (semicircles(21), 4), (0, 2), (5, 1), (0, 3))
    let log = try read(FIT.self, fit.file())
    #expect(log.codes == ["fit.no-date"] && log.fixes.count == 1 && log.fixes[0].time == nil)
  }

  @Test func `definitions may be as large or as empty as they like`() throws {
    var fit = watch(1)
    fit.define(6, 999, (0..<255).map { (UInt8($0), 255, 13) }, developer: (0..<255).map { (UInt8($0), 255, 0) })
    fit.raw([6] + Array(repeating: 0, count: 2 * 255 * 255))
    fit.define(7, 20, [])
    for _ in 0..<1000 { fit.raw([7]) }
    fit.define(8, 20, [(0, 0, 0x85), (1, 4, 0x85), (1, 2, 0x85), (253, 3, 0x86)])
    fit.raw([8] + Array(repeating: 0, count: 9))
    point(&fit, 1)
    let log = try read(FIT.self, fit.file())
    #expect(log.fixes.count == 2 && log.codes == ["fit.no-position"])
    #expect(log.counts?.aside == ["fit.no-position": 1001] && log.counts?.addsUp == true)
  }

  @Test func `noise behind a header ends and crashes nothing`() throws {
    var random = Seeded(state: 4)
    for _ in 0..<300 {
      let noise = (0..<Int.random(in: 0...400, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      var bytes = Array(watch(0).file(dataLength: 1 << 30).dropLast(2)) + noise
      if Bool.random(using: &random) { bytes[Int.random(in: 14..<bytes.count, using: &random)] ^= 0x40 }
      let log = try read(FIT.self, bytes)
      #expect(log.counts?.addsUp == true && !log.problems.isEmpty)
    }
  }
}

import Survey
import Testing

/// Instants of change and the offsets from then on, 1999 to 2030, by Python's zoneinfo.
private let changes: [(zone: String, rows: [(at: Int64, offset: Int)])] = [
  (
    "Europe/Belgrade",
    [
      (915_148_800, 3600), (922_582_800, 7200), (941_331_600, 3600), (954_032_400, 7200), (972_781_200, 3600),
      (985_482_000, 7200), (1_004_230_800, 3600), (1_017_536_400, 7200), (1_035_680_400, 3600), (1_048_986_000, 7200),
      (1_067_130_000, 3600), (1_080_435_600, 7200), (1_099_184_400, 3600), (1_111_885_200, 7200), (1_130_634_000, 3600),
      (1_143_334_800, 7200), (1_162_083_600, 3600), (1_174_784_400, 7200), (1_193_533_200, 3600), (1_206_838_800, 7200),
      (1_224_982_800, 3600), (1_238_288_400, 7200), (1_256_432_400, 3600), (1_269_738_000, 7200), (1_288_486_800, 3600),
      (1_301_187_600, 7200), (1_319_936_400, 3600), (1_332_637_200, 7200), (1_351_386_000, 3600), (1_364_691_600, 7200),
      (1_382_835_600, 3600), (1_396_141_200, 7200), (1_414_285_200, 3600), (1_427_590_800, 7200), (1_445_734_800, 3600),
      (1_459_040_400, 7200), (1_477_789_200, 3600), (1_490_490_000, 7200), (1_509_238_800, 3600), (1_521_939_600, 7200),
      (1_540_688_400, 3600), (1_553_994_000, 7200), (1_572_138_000, 3600), (1_585_443_600, 7200), (1_603_587_600, 3600),
      (1_616_893_200, 7200), (1_635_642_000, 3600), (1_648_342_800, 7200), (1_667_091_600, 3600), (1_679_792_400, 7200),
      (1_698_541_200, 3600), (1_711_846_800, 7200), (1_729_990_800, 3600), (1_743_296_400, 7200), (1_761_440_400, 3600),
      (1_774_746_000, 7200), (1_792_890_000, 3600), (1_806_195_600, 7200), (1_824_944_400, 3600), (1_837_645_200, 7200),
      (1_856_394_000, 3600), (1_869_094_800, 7200), (1_887_843_600, 3600), (1_901_149_200, 7200), (1_919_293_200, 3600),
    ]
  ),
  (
    "Asia/Baku",
    [
      (915_148_800, 14400), (922_579_200, 18000), (941_328_000, 14400), (954_028_800, 18000), (972_777_600, 14400),
      (985_478_400, 18000), (1_004_227_200, 14400), (1_017_532_800, 18000), (1_035_676_800, 14400),
      (
        1_048_982_400,
        18000
      ), (1_067_126_400, 14400), (1_080_432_000, 18000), (1_099_180_800, 14400), (1_111_881_600, 18000),
      (1_130_630_400, 14400), (1_143_331_200, 18000), (1_162_080_000, 14400), (1_174_780_800, 18000),
      (
        1_193_529_600,
        14400
      ), (1_206_835_200, 18000), (1_224_979_200, 14400), (1_238_284_800, 18000), (1_256_428_800, 14400),
      (1_269_734_400, 18000), (1_288_483_200, 14400), (1_301_184_000, 18000), (1_319_932_800, 14400),
      (
        1_332_633_600,
        18000
      ), (1_351_382_400, 14400), (1_364_688_000, 18000), (1_382_832_000, 14400), (1_396_137_600, 18000),
      (1_414_281_600, 14400), (1_427_587_200, 18000), (1_445_731_200, 14400),
    ]
  ),
  (
    "Asia/Almaty",
    [
      (915_148_800, 21600), (922_564_800, 25200), (941_313_600, 21600), (954_014_400, 25200), (972_763_200, 21600),
      (985_464_000, 25200), (1_004_212_800, 21600), (1_017_518_400, 25200), (1_035_662_400, 21600),
      (
        1_048_968_000,
        25200
      ), (1_067_112_000, 21600), (1_080_417_600, 25200), (1_099_166_400, 21600), (1_709_229_600, 18000),
    ]
  ),
  (
    "Asia/Dushanbe",
    [
      (915_148_800, 18000)
    ]
  ),
  (
    "Asia/Yerevan",
    [
      (915_148_800, 14400), (922_572_000, 18000), (941_320_800, 14400), (954_021_600, 18000), (972_770_400, 14400),
      (985_471_200, 18000), (1_004_220_000, 14400), (1_017_525_600, 18000), (1_035_669_600, 14400),
      (
        1_048_975_200,
        18000
      ), (1_067_119_200, 14400), (1_080_424_800, 18000), (1_099_173_600, 14400), (1_111_874_400, 18000),
      (1_130_623_200, 14400), (1_143_324_000, 18000), (1_162_072_800, 14400), (1_174_773_600, 18000),
      (
        1_193_522_400,
        14400
      ), (1_206_828_000, 18000), (1_224_972_000, 14400), (1_238_277_600, 18000), (1_256_421_600, 14400),
      (1_269_727_200, 18000), (1_288_476_000, 14400), (1_301_176_800, 18000), (1_319_925_600, 14400),
    ]
  ),
]

@Test func `offsets agree with another program's at every change from 1999 to 2030`() throws {
  var checked = 0
  for (name, rows) in changes {
    let zone = try TimeZoneRules(name)
    for (i, row) in rows.enumerated() {
      #expect(zone.offset(at: Timestamp(milliseconds: row.at * 1000)) == row.offset, "\(name) at \(row.at)")
      let end = i + 1 < rows.count ? rows[i + 1].at : 1_924_991_999
      #expect(zone.offset(at: Timestamp(milliseconds: end * 1000 - 1)) == row.offset, "\(name) before \(end)")
      checked += 1
    }
  }
  #expect(checked == 142)
}

/// The rule after the last change that the database lists; by Python's zoneinfo.
@Test(
  arguments: [
    ("Europe/Belgrade", 2_145_916_800, 3600), ("Europe/Belgrade", 2_161_555_200, 7200),
    ("Europe/Belgrade", 2_540_246_400, 7200), ("Europe/Belgrade", 4_102_444_800, 3600),
    ("Europe/Belgrade", 4_118_083_200, 7200),
    ("Australia/Lord_Howe", 2_563_973_999, 39600), ("Australia/Lord_Howe", 2_563_974_000, 37800),
    ("Australia/Lord_Howe", 2_579_700_599, 37800), ("Australia/Lord_Howe", 2_579_700_600, 39600),
    ("America/Nuuk", 2_563_405_199, -7200), ("America/Nuuk", 2_563_405_200, -3600),
    ("Asia/Jerusalem", 2_563_228_799, 7200), ("Asia/Jerusalem", 2_563_228_800, 10800),
    ("Asia/Jerusalem", 2_582_146_800, 7200),
  ] as [(String, Int64, Int)])
func `the rule for later times is followed`(name: String, at: Int64, offset: Int) throws {
  #expect(try TimeZoneRules(name).offset(at: Timestamp(milliseconds: at * 1000)) == offset)
}

@Test func `a span holds its offset and ends where it changes`() throws {
  let zone = try TimeZoneRules("Europe/Belgrade")
  for year in stride(from: Int64(1850), to: 2120, by: 3) {
    let time = Timestamp(milliseconds: (year - 1970) * 31_556_952_000)
    let span = zone.span(at: time)
    #expect(span.contains(time))
    for edge in [span.from, span.until - 1] where edge > -1 << 40 && edge < 1 << 40 {
      #expect(zone.offset(at: Timestamp(milliseconds: edge * 1000)) == span.offset, "\(year)")
    }
    if span.until < 1 << 40, span.until > span.from + 2 {
      let after = zone.span(at: Timestamp(milliseconds: span.until * 1000))
      #expect(after.from == span.until, "\(year)")
    }
  }
}

@Test(arguments: [
  ("UTC", 0), ("+02:00", 7200), ("-03:30", -12600), ("+14:00", 50400), ("Etc/GMT+5", -18000),
])
func `fixed offsets`(name: String, offset: Int) throws {
  #expect(try TimeZoneRules(name).offset(at: Timestamp(milliseconds: 0)) == offset)
}

@Test(arguments: [
  "", "+2", "+0200", "+02:0", "+02:60", "+15:00", "/etc/localtime", "../zoneinfo/UTC", "Europe/../UTC",
  "Europe//Belgrade",
  "Europe/Belgrade/", "+२२:००", "Европа/Београд", String(repeating: "A", count: 100),
])
func `names that could leave the database or are none are refused`(name: String) {
  #expect(throws: TimeZoneError.badName(name)) { try TimeZoneRules(name) }
}

@Test(arguments: ["Europe/Nowhere", "Europe", "Europe/Belgrade2"])
func `names that the database does not have are unknown`(name: String) {
  #expect(throws: TimeZoneError.unknown(name)) { try TimeZoneRules(name) }
}

/// A slim version 2 file without transitions: its rule alone decides.
private func slim(_ rule: String, counts: [UInt8] = [0, 0, 0, 0, 1, 4], offset: [UInt8] = [0, 0, 0, 0]) -> [UInt8] {
  let header = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15) + counts.flatMap { [0, 0, 0, $0] }
  let body = offset + [0, 0] + Array("UTC\u{0}".utf8)
  return header + body + header + body + Array("\n\(rule)\n".utf8)
}

@Test func `a file without changes follows its rule`() throws {
  let zone = try TimeZoneRules(name: "x", tzif: slim("CET-1CEST,M3.5.0,M10.5.0/3"))
  #expect(zone.offset(at: Timestamp(milliseconds: 1_774_745_999_999)) == 3600)
  #expect(zone.offset(at: Timestamp(milliseconds: 1_774_746_000_000)) == 7200)
  let always = try TimeZoneRules(name: "x", tzif: slim("XXX3EDT4,0/0,J365/23"))
  for day in Int64(0)..<800 { #expect(always.offset(at: Timestamp(milliseconds: day * 86_400_000)) == -14400) }
}

@Test func `damaged files are refused`() {
  let whole = slim("CET-1CEST,M3.5.0,M10.5.0/3")
  for length in 0..<whole.count {
    #expect(throws: TimeZoneError.self, "cut at \(length)") {
      try TimeZoneRules(name: "x", tzif: Array(whole.prefix(length)))
    }
  }
  for rule in [
    "C-1", "CET", "CET-1CEST", "CET-1CEST,M13.1.0,M1.1.0", "CET-1CEST,M3.5.7,M1.1.0", "<CET-1", "CET-99",
    "CET-1CEST,J0,J5", "CET-1CEST,M3.5.0,M10.5.0/168", "CET-99999999999999999999",
  ] {
    #expect(throws: TimeZoneError.self, "\(rule)") { try TimeZoneRules(name: "x", tzif: slim(rule)) }
  }
  let bad: [[UInt8]] = [
    slim("", counts: [0, 0, 0, 0, 0, 4]), slim("", counts: [0, 0, 1, 0, 1, 4]),
    slim("", counts: [255, 255, 255, 255, 255, 255]),
    slim("", offset: [0x7F, 0, 0, 0]),
  ]
  for bytes in bad { #expect(throws: TimeZoneError.self) { try TimeZoneRules(name: "x", tzif: bytes) } }
}

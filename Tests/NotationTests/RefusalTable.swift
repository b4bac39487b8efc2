import Notation
import Testing

@Suite struct RefusalTable {
  @Test(arguments: [
    // Degrees with decimals, or degrees and minutes.
    ("18.24S 22.45E", ["18.24° S, 22.45° E", "18°24′ S, 22°45′ E"]),
    ("43.19N 21.54E", ["43.19° N, 21.54° E", "43°19′ N, 21°54′ E"]),
    ("27.15.45S 18.32.53E", ["27°15.45′ S, 18°32.53′ E", "27°15′45″ S, 18°32′53″ E"]),
    ("43.19.48 21.54.12", ["43°19.48′ and 21°54.12′", "43°19′48″ and 21°54′12″"]),
    ("43,19 S 21,54 I", ["43.19° N, 21.54° E", "43°19′ N, 21°54′ E"]),
    ("43,19 С, 21,54 В", ["43.19° N, 21.54° E", "43°19′ N, 21°54′ E"]),
    ("18.24S 22E", ["18.24° S, 22° E", "18°24′ S, 22° E"]),
    ("18.24S", ["18.24° S", "18.24° N, as in Serbian", "18°24′ S", "18°24′ N"]),
    ("43.324 S", ["43.324° S, as in English", "43.324° N, as in Serbian in Latin script"]),
    ("lat 43.3 S lon 21.9", ["43.3° S", "43.3° N"]),
    // O is east and west.
    ("43.324 N 21.903 O", ["43.324° N, 21.903° E", "43.324° N, 21.903° W"]),
    // A sign and a letter.
    ("-43.3 S 21.9 E", ["43.3° N", "43.3° S"]), ("-43.3 N 21.9 E", ["43.3° N", "43.3° S"]),
    ("+43.3 S 21.9 E", ["43.3° N", "43.3° S"]),
    // Commas.
    ("43,3247,21,9033", ["43.3247 and 21.9033", "four numbers"]), ("43,21", ["43.21", "43° and 21°"]),
    ("43, 21", ["43.21", "43° and 21°"]), ("43 21", ["one number", "two angles"]),
    // Packed.
    ("4319.482N 02154.198E", ["43°19.482′", "metres"]), ("431928N 215411E", ["43°19′28″", "metres"]),
    // Zones.
    ("34S 573238 3797269", ["band S, in the northern", "southern hemisphere"]),
    ("34S 573238 4797269", ["southern hemisphere, as in English", "northern hemisphere, as in Serbian"]),
    ("s 2173855 2085981", ["southern hemisphere, as in English", "northern hemisphere, as in Serbian"]),
    // A word in the middle of an MGRS reference.
    ("43deg 19", ["MGRS", "angle"]), ("34TEN 7323 797269", ["digits are missing"]),
  ])
  func `is refused with every reading`(text: String, readings: [String]) throws {
    let error = try #require(refusal(text))
    #expect(error.code == .ambiguous)
    for reading in readings { #expect(error.message.contains(reading)) }
    #expect(!error.advice.isEmpty)
  }

  @Test(arguments: [
    "91.5N 21E", "121.9N 43.3E", "43.3N 180.1E", "43°60'N 21°E", "43°19'60\"N 21°E", "43.3247 N 201.9 E",
    "lat 95.5 lon 10.5", "100.5, 120.5", "573,238 479,269", "43.5, 195.2", "34U 573238 4797269", "61N 573238 4797269",
    "0N 573238 4797269", "34N 4319 2154", "34N 43192 2154321", "N 4797269 E 573238", "34N 1573238 4797269",
    "34N 4797269 573238", "north 3173855 2085981", "Y 2173855 2085981",
    "34ZEN7323797269", "34TAA7323797269", "61TEN12", "34TEA12", "AAA12", "ZIA",
  ])
  func `is out of range`(text: String) { #expect(refusal(text)?.code == .range) }

  @Test func `a latitude past 90 degrees hints at swapped axes`() {
    #expect(refusal("121.9N 43.3E")?.advice.contains("swapped") == true)
  }

  @Test(arguments: ["0,0", "0 0", "0.000, 0.000", "0N 0E", "0°0'0\"N 0°0'0\"E", "lat 0 lon 0", "-0.0 0.0"])
  func `is the null island`(text: String) { #expect(refusal(text)?.code == .nullIsland) }

  @Test(arguments: [
    "", "   ", "\u{200B}", "hello", "43", "43.3247", "43.3247N", "43°19'N", "43.3N 21.9", "43.3 21.9E", "43.3N 21.9N",
    "E21 E22",
    "NN43 E21", "43 N N 21 E", "nan nan", "inf, inf", "1e999 3", "0x1p3 4", "43..3 21.9", "43. 21.", ".5 .5",
    "43.3247, 21.9033, 215", "43 19 21", "43.5 19 21.5 54", "43°19°N 21°E", "43'19°N 21°E", "19'N 21'E", "43--19 21",
    "43.3-21.9", "43 - 21", "4 3.3 N 21.9 E", "43.3 N 2 1.9 E", "43:19 21", "43°19' 21", "43 19 28 N 21 54 E",
    "43.3 N | | 21.9 E", "43.3N\n21.9E", "٤٣.٣N ٢١.٩E", "４３.3N 21.9E", "43.3 C 21.9 B",
    "43.3 S 21.9 И", "43.3 Q 21.9 E", "34TEN123", "34TE", "34T", "TEN1212", "034TEN12", "3 4TEN12", "34ТEN1212",
    "34TEN123456789012123456789012", "34 573238 4797269", "34ß 573238 3797269", "34Т 573238 4797269",
    "34T E 573238 N 4797269", "43.3247N 21.9033E 43.3N", "43.3N (21.9E)", "N E", "N43 E",
    "43.32470000000000000000000001N 21E", "43.3\u{0}N 21E", "34T 573238E 4797269", "34T 573238N 4797269N", "1 2 3 4 5",
    "Љ 43 Њ 21", "🙂", "N.5 E.5", "N.43.5 E.21.5", "N 43 E 1O", "N 43 E 1o", "N 4O E 21", "43=19 N 21=54 E", "40°-79°",
    "43.5°-21.5°", "43.3\u{202E}N 21.9E", "\u{200F}43.3 21.9", "43.5N 21.5E S", "N 43 19 E 2I 54", "43 N - - 21 E",
    "43,3 С 21,9 3", "43 19 С 21 54 3",
  ])
  func `is no position`(text: String) { #expect(refusal(text)?.code == .syntax) }

  @Test func `a long text is not looked at`() {
    #expect(refusal(String(repeating: "4", count: 1_000_000))?.code == .syntax)
    #expect(refusal(String(repeating: "43.3N ", count: 60))?.code == .syntax)
    #expect(refusal(String(repeating: " ", count: 300) + "43.3N 21.9E")?.code == .syntax)
    // Marks that stack on one letter.
    #expect(refusal("43.3N" + String(repeating: "\u{301}", count: 200) + " 21.9E")?.code == .syntax)
  }
}

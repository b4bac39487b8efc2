import Survey
import Testing

@testable import Formats

private func tokens(_ text: String, blockSize: Int = 1 << 20) -> (tokens: [String], error: String?) {
  var json = JSONReader(ByteSource(bytes: Array(text.utf8), blockSize: blockSize))
  var tokens: [String] = []
  do {
    while true {
      let token = try json.next()
      switch token {
      case .end: return (tokens, nil)
      case .name, .string: tokens.append("\(token) \(json.takeText())")
      case .number: tokens.append("number \(json.integer.map(String.init) ?? json.number.description)")
      default: tokens.append("\(token)")
      }
    }
  } catch .syntax(let problem) {
    return (tokens, "\(problem.line): \(problem.message)")
  } catch { return (tokens, "\(error)") }
}

private func written(_ value: JSONValue) -> String {
  var json = JSONWriter()
  json.write(value)
  return String(decoding: json.bytes, as: UTF8.self)
}

private func put(_ number: Int, _ decimals: Int, trim: Bool) -> String {
  var (bytes, end) = ([UInt8](repeating: 0, count: Digits.longest), 0)
  do {
    var span = bytes.mutableSpan
    Digits.put(number, decimals: decimals, trim: trim, into: &span, at: &end)
  }
  return String(decoding: bytes[..<end], as: UTF8.self)
}

@Suite struct JSONTests {
  @Test(arguments: [1, 2, 3, 7, 1 << 20])
  func `blocks may end anywhere`(blockSize: Int) {
    let text = """
      \u{FEFF}{"a\\u00e9\\ud83d\\ude00\\n\\\\": [1, -2.5e-3, 0.1, 12345678901234567890, true, false, null, ""],
       "ж": {}, "last": [[]]} {"next":"text"}
      """
    let (found, error) = tokens(text, blockSize: blockSize)
    #expect(error == nil)
    #expect(
      found == [
        "beginObject", "name aé😀\n\\", "beginArray", "number 1", "number -0.0025", "number 0.1",
        "number 1.2345678901234567e+19", "true", "false", "null", "string ", "endArray", "name ж", "beginObject",
        "endObject", "name last", "beginArray", "beginArray", "endArray", "endArray", "endObject", "beginObject",
        "name next", "string text", "endObject",
      ])
  }

  @Test(arguments: [
    ("[1,]", 1), ("[1 2]", 1), ("{\"a\" 1}", 1), ("{a:1}", 1), ("[01]", 1), ("[1.]", 1), ("[.5]", 1), ("[+1]", 1),
    ("[1e]", 1), ("[-]", 1), ("[NaN]", 1), ("[Infinity]", 1), ("[\n1e999]", 2), ("[-1e999]", 1), ("[\n\n\"a\nb\"]", 3),
    ("[\"\\x\"]", 1), ("[\"\\u12g4\"]", 1), ("[\"open", 1), ("{\n\"a\":", 2), ("[tru]", 1), ("]", 1), ("[}", 1),
    ("[1\u{0}]", 1),
    ("\u{1}", 1), ("{\"a\":1,}", 1), ("[\"\\", 1),
  ])
  func `what is no JSON is refused with its line`(text: String, line: Int) {
    for blockSize in [1, 1 << 20] {
      let error = tokens(text, blockSize: blockSize).error
      #expect(error?.hasPrefix("\(line): ") == true, "\(text): \(error ?? "accepted")")
    }
  }

  @Test func `depth is bounded`() {
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(tokens(nested(512)).error == nil)
    #expect(tokens(nested(513)).error?.contains("nested more than 512") == true)
    #expect(tokens(String(repeating: "{\"a\":", count: 1_000_000)).error?.contains("nested more than 512") == true)
  }

  @Test func `strings and numbers are bounded`() {
    let long = String(repeating: "x", count: (16 << 20) + 1)
    #expect(tokens("[\"\(long.dropLast())\"]").error == nil)
    #expect(tokens("[\"\(long)\"]").error?.contains("16 MiB") == true)
    #expect(tokens("[1\(String(repeating: "0", count: 2000))]", blockSize: 100).error?.contains("1024 digits") == true)
  }

  /// The standard library's own reading is the oracle.
  @Test func `numbers are read to the nearest double`() {
    var random = Seeded(7)
    for _ in 0..<20_000 {
      let digits = Int.random(in: 1...22, using: &random)
      var text = String(Int.random(in: 1...9, using: &random))
      for _ in 1..<digits { text.append(String(Int.random(in: 0...9, using: &random))) }
      let point = Int.random(in: 0...digits, using: &random)
      if point == 0 {
        text = "0." + text
      } else if point < digits {
        text.insert(".", at: text.index(text.startIndex, offsetBy: point))
      }
      if Bool.random(using: &random) { text += "e\(Int.random(in: -330...290, using: &random))" }
      if Bool.random(using: &random) { text = "-" + text }
      let parsed = JSONNumber.parse(Array(text.utf8), from: 0)
      #expect(parsed?.value.bitPattern == Double(text)?.bitPattern && parsed?.end == text.utf8.count, "\(text)")
    }
    for value in [
      180, 21.903300000000001, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -0.0, 0x1p53 + 2, 0.1 + 0.2,
    ] {
      #expect(JSONNumber.parse(Array(value.description.utf8), from: 0)?.value.bitPattern == value.bitPattern)
    }
  }

  @Test(arguments: [
    (JSONValue.null, "null"), (true, "true"), (-42, "-42"), (.int(.min), "-9223372036854775808"), (.number(0.1), "0.1"),
    (.number(1e300), "1e+300"), (.number(.nan), "null"), (.fixed(.infinity, decimals: 4), "null"),
    (.fixed(1234.56785, decimals: 4), "1234.5679"), (.fixed(-0.00001, decimals: 4), "0.0000"),
    (.fixed(-0.5, decimals: 4), "-0.5000"), (.fixed(7, decimals: 0), "7"), (.fixed(1e20, decimals: 4), "1e+20"),
    ("a\"\\/\n\r\t\u{1}ж😀\u{7F}", "\"a\\\"\\\\/\\n\\r\\t\\u0001ж😀\u{7F}\""),
    (.array([1, .array([]), .object(["b": .object([:]), "a": "x"])]), "[1,[],{\"b\":{},\"a\":\"x\"}]"),
  ])
  func `values are written`(value: JSONValue, text: String) {
    #expect(written(value) == text)
  }

  /// The standard library's own writing is the oracle.
  @Test func `numbers are written as they describe themselves`() {
    var random = Seeded(11)
    var values: [Double] = [
      0, 0.001, 0.0005, 1e-4, 1e-5, 0.02, 0.1 + 0.2, 0.3, 10, 100, 183, 183.583, 0.6, 1e9, 999_999_999_999.999, 1e12,
      1e15, 1e16,
      0x1p53, 0x1p54, 1e17, 1e22, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude,
    ]
    for _ in 0..<7_000 {
      let whole = Double(Int64(truncatingIfNeeded: random.next()) >> Int64.random(in: 4..<60, using: &random))
      values += [whole, whole / 1000, whole / 1e4, Double(bitPattern: random.next())]
    }
    for value in values where value.isFinite {
      for value in [value, -value, value.nextUp, value.nextDown] where value.isFinite {
        let text = written(.number(value))
        if text != value.description { Issue.record("\(value) is written \(text)") }
      }
    }
  }

  /// Digits of every number of places, with every number of decimals.
  @Test func `whole numbers and decimals are written exactly`() {
    var random = Seeded(12)
    for bits in Int64(0)..<64 {
      for _ in 0..<50 {
        let number = Int(Int64(truncatingIfNeeded: random.next()) >> bits)
        #expect(written(.int(number)) == "\(number)")
        for decimals in 1...9 where number.magnitude < 1 << 50 {
          let digits = "\(number.magnitude)"
          let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
          let text = (number < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
          #expect(put(number, decimals, trim: false) == text)
          var trimmed = text
          while trimmed.last == "0" { trimmed.removeLast() }
          if trimmed.last == "." { trimmed.removeLast() }
          #expect(put(number, decimals, trim: true) == trimmed)
        }
      }
    }
  }

  /// Every character below 0x100 at every place of a text of 20.
  @Test func `whatever has to be escaped is, wherever it stands`() throws {
    for scalar in (0..<0x100).compactMap({ Unicode.Scalar($0 as UInt32) }) {
      for place in 0..<20 {
        let value = JSONValue.string(
          String(repeating: "a", count: place) + String(Character(scalar)) + String(repeating: "ж", count: 19 - place))
        let text = written(value)
        #expect(!text.utf8.contains { $0 < 0x20 })
        var json = JSONReader(ByteSource(bytes: Array(text.utf8)))
        #expect(try JSONValue(&json, try json.next()) == value)
      }
    }
  }

  /// What is written reads back as the same value, whatever it is.
  @Test(arguments: 0..<200) func `values come back`(seed: Int) throws {
    var random = Seeded(seed)
    let value = JSONValue.object(JSONObject([.init("v", randomValue(&random, depth: 4))]))
    var json = JSONReader(ByteSource(bytes: Array(written(value).utf8), blockSize: 5))
    let back = try JSONValue(&json, try json.next())
    #expect(back == value)
  }

  private func randomValue(_ random: inout Seeded, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
    case 0: return .null
    case 1: return .bool(.random(using: &random))
    case 2: return .int(Int(truncatingIfNeeded: random.next() >> 5))
    case 3: return .number(Double(bitPattern: random.next() & 0x7FDF_FFFF_FFFF_FFFF | 1) / 3)
    case 4:
      let letters = (0..<Int.random(in: 0..<9, using: &random)).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0..<0x11_0000, using: &random) >> UInt32.random(in: 0..<20, using: &random))
      }
      return .string(String(String.UnicodeScalarView(letters)))
    case 5:
      return .array((0..<Int.random(in: 0..<5, using: &random)).map { _ in randomValue(&random, depth: depth - 1) })
    default:
      return .object(
        JSONObject(
          (0..<Int.random(in: 0..<5, using: &random)).map {
            .init("\($0)\"", randomValue(&random, depth: depth - 1))
          }))
    }
  }
}

/// On which line each table, key and list element of a TOML document stands.
///
/// The parser gives no lines for what it accepts, so this walks over the text again. It knows strings, comments, brackets
/// and keys, and nothing of values. A path is written `activities[1].logs[0]`.
///
/// It comes first, and stops before what the parser (TOMLKit 0.6.0) does not refuse but aborts the process on: a header
/// that does not begin with a key, and a closing brace or a comma where a list should have an element.
struct KeyLines {
  /// What the parser must not see.
  private(set) var fault: TOMLSyntaxError?
  private var lines: [String: Int] = [:]
  private var tables: [String: Int] = [:]
  private let bytes: [UInt8]
  private var at = 0
  private var line = 1

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var prefix = ""
    while let byte = next, fault == nil {
      switch byte {
      case UInt8(ascii: "["): prefix = header()
      case UInt8(ascii: "#"): skipComment()
      case UInt8(ascii: "\n"): newLine()
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): at += 1
      default: assignment(prefix)
      }
    }
  }

  /// The line of a path, or of the nearest thing around it that has one; 0 where there is none.
  func line(of path: String) -> Int {
    var path = Substring(path)
    while true {
      if let line = lines[String(path)] { return line }
      guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return 0 }
      path = path[..<cut]
    }
  }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func newLine() { (at, line) = (at + 1, line + 1) }

  private mutating func skipComment() { while let byte = next, byte != UInt8(ascii: "\n") { at += 1 } }

  /// `[a.b]` or `[[a.b]]`; the path of the table that it begins.
  private mutating func header() -> String {
    at += 1
    let isElement = next == UInt8(ascii: "[")
    if isElement { at += 1 }
    while next == UInt8(ascii: " ") || next == UInt8(ascii: "\t") { at += 1 }
    guard let first = next, Self.beginsKey(first) else {
      refuse("the name of a table should follow the bracket")
      return ""
    }
    let keys = key()
    var path = ""
    for (i, key) in keys.enumerated() {
      path += path.isEmpty ? key : "." + key
      if isElement, i == keys.count - 1 {
        tables[path, default: 0] += 1
        if lines[path] == nil { lines[path] = line }
      }
      if let count = tables[path] { path += "[\(count - 1)]" }
    }
    lines[path] = line
    skipComment()
    return path
  }

  private mutating func assignment(_ prefix: String) {
    let path = ([prefix] + key()).filter { !$0.isEmpty }.joined(separator: ".")
    if lines[path] == nil { lines[path] = line }
    if next == UInt8(ascii: "=") { at += 1 }
    value(path)
  }

  /// The parts of a dotted key, up to the first character that belongs to none.
  private mutating func key() -> [String] {
    var parts: [String] = []
    let begin = at
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let start = at
        string()
        parts.append(String(decoding: bytes[start..<at].dropFirst().dropLast(), as: UTF8.self))
      case UInt8(ascii: "."), UInt8(ascii: " "), UInt8(ascii: "\t"): at += 1
      case UInt8(ascii: "="), UInt8(ascii: "]"), UInt8(ascii: "\n"), UInt8(ascii: "#"):
        return parts
      default:
        let start = at
        while let byte = next, !".= \t]\n#\"'".utf8.contains(byte) { at += 1 }
        parts.append(String(decoding: bytes[start..<at], as: UTF8.self))
      }
    }
    if at == begin { at += 1 }
    return parts
  }

  /// Over a value to the end of its last line, noting where the elements of an outermost list begin.
  private mutating func value(_ path: String) {
    var open: [UInt8] = []
    var (element, noted) = (0, -1)
    // Whether the innermost list may have an element here.
    var isExpected = true
    while let byte = next, fault == nil {
      if open == [UInt8(ascii: "[")], noted < element, !" \t\r\n,]#".utf8.contains(byte) {
        lines["\(path)[\(element)]"] = line
        noted = element
      }
      switch byte {
      case UInt8(ascii: "\n"):
        if open.isEmpty { return }
        newLine()
        continue
      case UInt8(ascii: "#"):
        skipComment()
        continue
      case UInt8(ascii: "\""), UInt8(ascii: "'"): string()
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        open.append(byte)
        at += 1
        isExpected = true
        continue
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        // A bracket ends a list and a brace a table, with 2 between their codes and those that open them.
        guard open.popLast() == byte - 2 else { return refuse("a bracket that closes nothing") }
        at += 1
      case UInt8(ascii: ","):
        if isExpected { return refuse("a comma without a value before it") }
        if open.count == 1 { element += 1 }
        at += 1
        isExpected = true
        continue
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        at += 1
        continue
      default: at += 1
      }
      isExpected = false
    }
  }

  private mutating func refuse(_ message: String) { fault = TOMLSyntaxError(line: line, message: message) }

  private static func beginsKey(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || "_-\"'".utf8.contains(byte)
  }

  /// Over a string of any of the four kinds.
  private mutating func string() {
    let quote = bytes[at]
    let isLong = bytes[at...].starts(with: [quote, quote, quote])
    let end = Array(repeating: quote, count: isLong ? 3 : 1)
    at += end.count
    while let byte = next, !bytes[at...].starts(with: end) {
      if byte == UInt8(ascii: "\n") {
        if !isLong { return }
        newLine()
      } else {
        at +=
          byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"")
            && bytes[at...].dropFirst().first != UInt8(ascii: "\n")
          ? 2 : 1
      }
    }
    at = min(bytes.count, at + end.count)
    // A long string may end with up to two quotes of its own.
    while isLong, next == quote { at += 1 }
  }
}

internal import Survey
internal import TOMLKit

/// A TOML document as plain values, so that nothing else touches the parser's objects.
indirect enum TOMLNode {
  case string(String)
  case number(Double)
  case bool(Bool)
  case date(CivilDate)
  case array([TOMLNode])
  case table([String: TOMLNode])
  /// A time, a date with a time, or a day that the calendar does not have.
  case other(String)

  /// What it is, in a message.
  var name: String {
    switch self {
    case .string: "a string"
    case .number: "a number"
    case .bool: "true or false"
    case .date: "a date"
    case .array: "a list"
    case .table: "a table"
    case .other(let name): name
    }
  }
}

/// Why a document is no TOML.
struct TOMLSyntaxError: Error {
  var line: Int
  var message: String
}

extension TOMLNode {
  /// More parts than any key of a survey has by far. The parser recurses over them, and a crafted key of thousands would
  /// overflow its stack.
  static let maxKeyParts = 64

  static func parse(_ bytes: [UInt8]) throws(TOMLSyntaxError) -> [String: TOMLNode] {
    // The parser takes a C string: it would take a zero byte for the end of the file.
    if let zero = bytes.firstIndex(of: 0) {
      throw TOMLSyntaxError(line: line(of: zero, in: bytes), message: "a zero byte in the text")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw TOMLSyntaxError(line: 0, message: "the text is not UTF-8")
    }
    if let deep = overlongKey(bytes) {
      throw TOMLSyntaxError(line: line(of: deep, in: bytes), message: "a key of more than \(maxKeyParts) parts")
    }
    do {
      return tree(try TOMLTable(string: text))
    } catch let error as TOMLParseError {
      throw TOMLSyntaxError(line: error.source.begin.line, message: error.description)
    } catch {
      throw TOMLSyntaxError(line: 0, message: "\(error)")
    }
  }

  private static func tree(_ table: TOMLTable) -> [String: TOMLNode] {
    var nodes: [String: TOMLNode] = [:]
    for key in table.keys {
      if let value = table[key] { nodes[key] = node(value.tomlValue) }
    }
    return nodes
  }

  private static func node(_ value: TOMLValue) -> TOMLNode {
    if let table = value.table { return .table(tree(table)) }
    if let array = value.array { return .array((0..<array.count).map { node(array[$0].tomlValue) }) }
    if let text = value.string { return .string(text) }
    if let bool = value.bool { return .bool(bool) }
    if let int = value.int { return .number(Double(int)) }
    if let double = value.double { return .number(double) }
    if let date = value.date {
      return CivilDate(year: date.year, month: date.month, day: date.day).map(TOMLNode.date)
        ?? .other("a day that the calendar does not have")
    }
    return .other(value.dateTime == nil ? "a time" : "a date with a time")
  }

  private static func line(of index: Int, in bytes: [UInt8]) -> Int {
    bytes[..<index].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
  }

  /// Where dots with nothing but the characters of keys between them are too many.
  private static func overlongKey(_ bytes: [UInt8]) -> Int? {
    var dots = 0
    for (i, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "."): dots += 1
      case UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "\n"), UInt8(ascii: "["), UInt8(ascii: "]"),
        UInt8(ascii: "{"), UInt8(ascii: "}"):
        dots = 0
      default: break
      }
      if dots >= maxKeyParts { return i }
    }
    return nil
  }
}

import Survey

/// The worksheets of a workbook in its order, each with the member of the archive that holds it.
///
/// ECMA-376 Part 1, 18.2: `xl/workbook.xml` names the worksheets, `xl/_rels/workbook.xml.rels` (Part 2, 9.3) says where
/// they and the shared strings lie.
final class XLSXWorkbook: XMLSink {
  static let part = "xl/workbook.xml"
  static let relationsPart = "xl/_rels/workbook.xml.rels"

  let refusal: FileUnreadable? = nil
  private var sheets: [(name: String, relation: String)] = []
  private var targets: [String: String] = [:]
  private(set) var stringsPart: String?

  func start(_ name: String, _ attributes: XMLAttributes) {
    if name == "sheet", let title = attributes["name"], let id = relation(attributes) {
      sheets.append((title, id))
    } else if name == "Relationship", let id = attributes["Id"], let target = attributes["Target"] {
      targets[id] = Self.member(target)
      if attributes["Type"]?.hasSuffix("/sharedStrings") == true { stringsPart = Self.member(target) }
    }
  }

  func text(_ bytes: [UInt8]) {}
  func end(_ name: String) {}

  /// `r:id`, whose local name nothing else in a `sheet` has.
  private func relation(_ attributes: XMLAttributes) -> String? { attributes["id"] }

  /// Relative to the folder of the workbook, or to the archive.
  private static func member(_ target: String) -> String {
    target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
  }

  /// The worksheet of this name, or the first; throws `xlsx.worksheet` where there is none.
  func worksheet(_ wanted: String?, path: String) throws(FileUnreadable) -> (name: String, part: String) {
    let names = sheets.prefix(20).map { "\"\($0.name.prefix(40))\"" }.joined(separator: ", ")
    guard let sheet = wanted.map({ name in sheets.first { $0.name == name } }) ?? sheets.first,
      let part = targets[sheet.relation]
    else {
      throw FileUnreadable(
        path, .refused, code: "xlsx.worksheet",
        wanted.map { "has no worksheet \"\($0)\"; those it has are \(names)" } ?? "is a workbook without a worksheet")
    }
    return (sheet.name, part)
  }
}

/// The strings that cells share, by their index: ECMA-376 Part 1, 18.4.9.
final class XLSXStrings: XMLSink {
  let refusal: FileUnreadable? = nil
  private(set) var strings: [String] = []
  private var reader = XLSXTextReader()

  func start(_ name: String, _ attributes: XMLAttributes) {
    if name == "si" { reader.begin() }
    reader.start(name)
  }

  func text(_ bytes: [UInt8]) { reader.append(bytes) }

  func end(_ name: String) {
    reader.end(name)
    if name == "si" { strings.append(reader.text) }
  }
}

/// The text of an item: of all its runs, without how it is pronounced (`rPh`).
struct XLSXTextReader {
  private var bytes: [UInt8] = []
  private var isText = false
  private var isPhonetic = false

  mutating func begin() { bytes.removeAll(keepingCapacity: true) }
  mutating func start(_ name: String) {
    if name == "t" { isText = !isPhonetic } else if name == "rPh" { isPhonetic = true }
  }
  mutating func append(_ more: [UInt8]) { if isText { bytes += more } }
  mutating func end(_ name: String) {
    if name == "t" { isText = false } else if name == "rPh" { isPhonetic = false }
  }

  var text: String { XLSXEscapes.decoded(String(decoding: bytes, as: UTF8.self)) }
}

/// Characters that XML cannot hold stand as `_x000D_` in the strings of a workbook: ECMA-376 Part 1, 22.9.2.19.
enum XLSXEscapes {
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "_") {
      result += rest[..<start]
      rest = rest[start...]
      if let scalar = escape(rest) {
        result.unicodeScalars.append(scalar)
        rest = rest.dropFirst(7)
      } else {
        result.append("_")
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }

  /// So that text which looks like an escape is read back as it was.
  static func encoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "_") {
      result += rest[..<start]
      result += escape(rest[start...]) == nil ? "_" : "_x005F_"
      rest = rest[start...].dropFirst()
    }
    return result + rest
  }

  private static func escape(_ text: Substring) -> Unicode.Scalar? {
    let letters = Array(text.prefix(7))
    guard letters.count == 7, letters[1] == "x", letters[6] == "_", letters[2...5].allSatisfy(\.isHexDigit) else {
      return nil
    }
    return UInt32(String(letters[2...5]), radix: 16).flatMap(Unicode.Scalar.init)
  }
}

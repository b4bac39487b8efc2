import Survey

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

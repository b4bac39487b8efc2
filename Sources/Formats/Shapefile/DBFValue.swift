import Survey

extension JSONValue {
  /// A value of a column that holds no text: a number, a day as `2026-05-03`, true or false; `null` where it is blank.
  ///
  /// Throws `dbf.value` for what cannot be understood.
  init(dbf bytes: [UInt8], kind: UInt8) throws(Problem) {
    let span = bytes.span
    let range = span.trimmed(0..<(bytes.firstIndex(of: 0) ?? bytes.count))
    switch kind {
    case UInt8(ascii: "I"), UInt8(ascii: "+"):
      guard bytes.count == 4 else { throw Self.unknown(bytes) }
      self = .int(span.int32(0))
    case UInt8(ascii: "O"), UInt8(ascii: "B"):
      guard bytes.count == 8, span.double(0).isFinite else { throw Self.unknown(bytes) }
      self = .number(span.double(0))
    case _ where range.isEmpty: self = .null
    case UInt8(ascii: "N"), UInt8(ascii: "F"):
      if let whole = Int(span.string(range)) {
        self = .int(whole)
      } else if let value = span.decimal(range) ?? span.decimal(range, point: UInt8(ascii: ",")) {
        self = .number(value)
      } else {
        throw Self.unknown(bytes)
      }
    case UInt8(ascii: "D"):
      // Eight zeros are how some programs write no day.
      if bytes.allSatisfy({ $0 == UInt8(ascii: "0") }) {
        self = .null
        return
      }
      guard range.count == 8, span.integer(range) != nil else { throw Self.unknown(bytes) }
      let digits = Array(span.string(range))
      self = .string("\(String(digits[..<4]))-\(String(digits[4..<6]))-\(String(digits[6...]))")
    case UInt8(ascii: "L"):
      switch span[range.lowerBound] {
      case UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: "Y"), UInt8(ascii: "y"): self = .bool(true)
      case UInt8(ascii: "F"), UInt8(ascii: "f"), UInt8(ascii: "N"), UInt8(ascii: "n"): self = .bool(false)
      case UInt8(ascii: "?"): self = .null
      default: throw Self.unknown(bytes)
      }
    default:
      throw Problem(
        "dbf.value", line: 0, "is of the kind \(Unicode.Scalar(kind & 0x7f).debugDescription), which is not read")
    }
  }

  private static func unknown(_ bytes: [UInt8]) -> Problem {
    Problem(
      "dbf.value", line: 0, "is \"\(String(decoding: bytes.prefix(24), as: UTF8.self))\", which cannot be understood")
  }
}

import CExpat
import Survey

/// Takes the pieces of an XML document, in its order.
protocol XMLSink: AnyObject {
  /// Set to end the reading.
  var refusal: FileUnreadable? { get }
  /// `name` without its prefix.
  func start(_ name: String, _ attributes: XMLAttributes)
  func text(_ bytes: [UInt8])
  func end(_ name: String)
}

/// The attributes of one element, valid while it begins.
@safe struct XMLAttributes {
  private let pointer: UnsafeMutablePointer<UnsafePointer<CChar>?>
  /// Not owned.
  private let parser: XML_Parser?

  init(_ pointer: UnsafeMutablePointer<UnsafePointer<CChar>?>, of parser: XML_Parser?) {
    unsafe (self.pointer, self.parser) = (pointer, parser)
  }

  /// Where the element begins.
  var line: Int { unsafe Int(clamping: XML_GetCurrentLineNumber(parser)) }

  /// The value of the attribute of this name, with any prefix; `nil` where there is none.
  subscript(_ name: String) -> String? {
    var index = 0
    while let key = unsafe pointer[index], let value = unsafe pointer[index + 1] {
      if unsafe localName(key) == name { return unsafe String(cString: value) }
      index += 2
    }
    return nil
  }
}

/// The part of a name behind its prefix.
func localName(_ name: UnsafePointer<CChar>) -> String {
  let whole = unsafe String(cString: name)
  guard let colon = whole.utf8.lastIndex(of: UInt8(ascii: ":")) else { return whole }
  return String(whole[whole.utf8.index(after: colon)...])
}

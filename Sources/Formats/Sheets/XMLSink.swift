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
  fileprivate let pointer: UnsafeMutablePointer<UnsafePointer<CChar>?>

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
private func localName(_ name: UnsafePointer<CChar>) -> String {
  let whole = unsafe String(cString: name)
  guard let colon = whole.utf8.lastIndex(of: UInt8(ascii: ":")) else { return whole }
  return String(whole[whole.utf8.index(after: colon)...])
}

/// What expat hands back to the callbacks.
@safe private final class XMLState {
  let sink: any XMLSink
  var parser: XML_Parser?
  var hasDoctype = false

  init(_ sink: any XMLSink) { self.sink = sink }

  func stopIfRefused() {
    if hasDoctype || sink.refusal != nil { unsafe XML_StopParser(parser, 0) }
  }
}

/// Reads a part of a workbook with expat; throws `xlsx.xml` where it is damaged or declares a document type, whose
/// entities could fill the memory.
func readXML(_ bytes: [UInt8], part: String, path: String, into sink: some XMLSink) throws(FileUnreadable) {
  let parser = unsafe XML_ParserCreate(nil)
  defer { unsafe XML_ParserFree(parser) }
  let state = XMLState(sink)
  unsafe state.parser = parser
  unsafe XML_SetUserData(parser, Unmanaged.passUnretained(state).toOpaque())
  unsafe XML_SetElementHandler(parser, startElement, endElement)
  unsafe XML_SetCharacterDataHandler(parser, characterData)
  unsafe XML_SetStartDoctypeDeclHandler(parser, startDoctype)
  var position = 0
  var status = XML_STATUS_OK
  repeat {
    let count = min(1 << 20, bytes.count - position)
    let isLast = position + count == bytes.count
    status = unsafe bytes.withUnsafeBytes { bytes in
      let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      return unsafe XML_Parse(parser, start.map { unsafe $0 + position }, Int32(count), isLast ? 1 : 0)
    }
    position += count
  } while status == XML_STATUS_OK && position < bytes.count
  withExtendedLifetime(state) {}
  if let refusal = sink.refusal { throw refusal }
  if state.hasDoctype {
    throw FileUnreadable(
      path, .refused, code: "xlsx.xml", "\(part) in it declares a document type, as no workbook does: it is not read")
  }
  guard status != XML_STATUS_OK else { return }
  let line = unsafe Int(clamping: XML_GetCurrentLineNumber(parser))
  let reason = unsafe XML_ErrorString(XML_GetErrorCode(parser)).map { unsafe String(cString: $0) } ?? ""
  throw FileUnreadable(
    path, .refused, code: "xlsx.xml",
    "\(part) in it is damaged in line \(line) (\(reason)): save the workbook again, or as CSV")
}

private func state(_ data: UnsafeMutableRawPointer?) -> XMLState? {
  unsafe data.map { unsafe Unmanaged<XMLState>.fromOpaque($0).takeUnretainedValue() }
}

private let startElement: XML_StartElementHandler = { data, name, attributes in
  guard let name = unsafe name, let attributes = unsafe attributes, let state = unsafe state(data) else { return }
  unsafe state.sink.start(localName(name), XMLAttributes(pointer: attributes))
  state.stopIfRefused()
}

private let endElement: XML_EndElementHandler = { data, name in
  guard let name = unsafe name, let state = unsafe state(data) else { return }
  unsafe state.sink.end(localName(name))
  state.stopIfRefused()
}

private let characterData: XML_CharacterDataHandler = { data, text, count in
  guard let text = unsafe text, let state = unsafe state(data) else { return }
  unsafe state.sink.text(UnsafeRawBufferPointer(start: text, count: Int(count)).map { $0 })
}

private let startDoctype: XML_StartDoctypeDeclHandler = { data, _, _, _, _ in
  guard let state = unsafe state(data) else { return }
  state.hasDoctype = true
  state.stopIfRefused()
}

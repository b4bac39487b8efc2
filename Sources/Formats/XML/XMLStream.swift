import CExpat
import Survey

/// expat with an `XMLSink` behind its callbacks, fed block by block, for formats without hot loops; `GPXParser` is the
/// other door.
@safe struct XMLStream: ~Copyable {
  /// Why nothing more can be read.
  enum Stop {
    /// The sink said so.
    case refused
    /// A document type, whose entities could fill the memory.
    case doctype
    case encoding
    case damaged(String)
  }

  private let parser: XML_Parser?
  private let state: State
  private var unclosed = UnclosedToken()
  /// Set once, and nothing is read behind it.
  private(set) var stop: Stop?

  init(_ sink: any XMLSink) {
    unsafe parser = unsafe XML_ParserCreate(nil)
    state = unsafe State(sink, parser)
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(state).toOpaque())
    unsafe XML_SetElementHandler(parser, startElement, endElement)
    unsafe XML_SetCharacterDataHandler(parser, characterData)
    unsafe XML_SetStartDoctypeDeclHandler(parser, startDoctype)
    unsafe XML_SetUnknownEncodingHandler(parser, unknownXMLEncoding, nil)
  }

  deinit { unsafe XML_ParserFree(parser) }

  /// Where the reading stands.
  var line: Int { unsafe Int(clamping: XML_GetCurrentLineNumber(parser)) }

  mutating func parse(_ block: [UInt8], isLast: Bool) {
    guard stop == nil else { return }
    // expat takes lengths as `Int32`.
    var position = 0
    repeat {
      let count = min(1 << 20, block.count - position)
      let ends = isLast && position + count == block.count
      let status = unsafe block.withUnsafeBytes { bytes in
        let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        return unsafe XML_Parse(parser, start.map { unsafe $0 + position }, Int32(count), ends ? 1 : 0)
      }
      position += count
      let isTooLong = unclosed.isTooLong(fed: count, reached: unsafe Int(XML_GetCurrentByteIndex(parser)))
      if status == XML_STATUS_ERROR {
        stop = reason()
      } else if isTooLong {
        stop = .damaged(UnclosedToken.reason)
      }
    } while stop == nil && position < block.count
    withExtendedLifetime(state) {}
  }

  private func reason() -> Stop {
    if state.hasDoctype { return .doctype }
    if state.sink.refusal != nil { return .refused }
    let code = unsafe XML_GetErrorCode(parser)
    if code == XML_ERROR_UNKNOWN_ENCODING { return .encoding }
    return .damaged(unsafe XML_ErrorString(code).map { unsafe String(cString: $0) } ?? "")
  }

  /// What expat hands back to the callbacks.
  @safe fileprivate final class State {
    let sink: any XMLSink
    /// Not owned.
    let parser: XML_Parser?
    var hasDoctype = false

    init(_ sink: any XMLSink, _ parser: XML_Parser?) { unsafe (self.sink, self.parser) = (sink, parser) }

    func stopIfRefused() {
      if hasDoctype || sink.refusal != nil { unsafe XML_StopParser(parser, 0) }
    }
  }
}

private func state(_ data: UnsafeMutableRawPointer?) -> XMLStream.State? {
  unsafe data.map { unsafe Unmanaged<XMLStream.State>.fromOpaque($0).takeUnretainedValue() }
}

private let startElement: XML_StartElementHandler = { data, name, attributes in
  guard let name = unsafe name, let attributes = unsafe attributes, let state = unsafe state(data) else { return }
  unsafe state.sink.start(localName(name), XMLAttributes(attributes, of: state.parser))
  state.stopIfRefused()
}

private let endElement: XML_EndElementHandler = { data, name in
  guard let name = unsafe name, let state = unsafe state(data) else { return }
  unsafe state.sink.end(localName(name))
  state.stopIfRefused()
}

private let characterData: XML_CharacterDataHandler = { data, text, count in
  guard let text = unsafe text, let state = unsafe state(data) else { return }
  unsafe state.sink.text(Array(UnsafeRawBufferPointer(start: text, count: Int(count))))
  state.stopIfRefused()
}

private let startDoctype: XML_StartDoctypeDeclHandler = { data, _, _, _, _ in
  guard let state = unsafe state(data) else { return }
  state.hasDoctype = true
  state.stopIfRefused()
}

/// The encodings that expat lacks and `EightBitEncoding` knows.
let unknownXMLEncoding: XML_UnknownEncodingHandler = { _, name, info in
  guard let name = unsafe name, let info = unsafe info, let table = unsafe EightBitEncoding(String(cString: name))
  else { return Int32(XML_STATUS_ERROR.rawValue) }
  unsafe withUnsafeMutableBytes(of: &info.pointee.map) { map in
    let map = unsafe map.assumingMemoryBound(to: Int32.self)
    for byte in 0..<256 { unsafe map[byte] = table.scalar(UInt8(byte)).map { Int32($0.value) } ?? -1 }
  }
  return Int32(XML_STATUS_OK.rawValue)
}

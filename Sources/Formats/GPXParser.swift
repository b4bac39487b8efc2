import CExpat
import Survey

/// expat, with a `GPXState` behind its callbacks: the fast door to expat; `XMLStream` is the other.
///
/// Points that are plainly well-formed are read beside it. A well-formed element can be taken out of the content of another
/// one between two tokens without a change to whether the rest is well-formed: so expat is given the document without
/// these points, and stays the only judge of all else. Where expat is not between two tokens of a segment's
/// content, nothing is taken out of its hands.
///
/// The state lies behind a pointer of its own, because the state of a class costs access checks at every byte of text.
@safe struct GPXParser: ~Copyable {
  private let parser: XML_Parser?
  private let shared: UnsafeMutablePointer<GPXState>
  private var unclosed = UnclosedToken()

  init() {
    unsafe parser = unsafe XML_ParserCreate(nil)
    unsafe shared = .allocate(capacity: 1)
    unsafe shared.initialize(to: GPXState())
    unsafe shared.pointee.parser = parser
    unsafe XML_SetUserData(parser, shared)
    unsafe XML_SetElementHandler(parser, startElement, endElement)
    unsafe XML_SetCdataSectionHandler(parser, startCDATA, endCDATA)
    unsafe XML_SetStartDoctypeDeclHandler(parser, startDoctype)
    unsafe XML_SetUnknownEncodingHandler(parser, unknownXMLEncoding, nil)
    // Without a buffer of its own it does not say how far it has come.
    _ = unsafe XML_GetBuffer(parser, 1)
  }

  deinit {
    unsafe XML_ParserFree(parser)
    unsafe shared.deinitialize(count: 1)
    unsafe shared.deallocate()
  }

  var state: GPXState { unsafe shared.pointee }
  var isRunning: Bool { unsafe !shared.pointee.hasStopped }

  func drain(into sink: inout some LogSink) { unsafe shared.pointee.events.drain(into: &sink) }

  mutating func parse(_ block: [UInt8], isLast: Bool) {
    let text = block.span
    var (position, search) = (0, 0)
    while isRunning, let next = text.find(tag: PlainPoint.start, from: search) {
      feed(block, position..<next)
      position = next
      // Once is enough: in a comment that never ends, expat would look at all of it again at each of them.
      guard unclosed.isNone, state.isBetweenPoints else { break }
      position = readPoints(text, from: next)
      search = max(position, next + 1)
    }
    if isRunning { feed(block, position..<block.count, isLast: isLast) }
  }

  /// Takes the plain points that follow each other from `start` on, and returns where they end.
  private mutating func readPoints(_ text: Text, from start: Int) -> Int {
    var (next, end, line, blankLines) = (start, start, state.line, 0)
    while text.starts(with: PlainPoint.start, at: next), let point = PlainPoint(text, from: next, line: line) {
      unsafe shared.pointee.take(point, lines: blankLines + point.lines)
      (end, blankLines) = (point.end, 0)
      next = text.skippingBlanks(from: end, lines: &blankLines)
      line += point.lines + blankLines
    }
    return end
  }

  private mutating func feed(_ block: [UInt8], _ range: Range<Int>, isLast: Bool = false) {
    guard !range.isEmpty || isLast else { return }
    // expat takes lengths as `Int32`; blocks are a megabyte.
    let count = Int32(clamping: range.count)
    let status = unsafe block.withUnsafeBytes { bytes in
      let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      return unsafe XML_Parse(parser, start.map { unsafe $0 + range.lowerBound }, count, isLast ? 1 : 0)
    }
    let isTooLong = unclosed.isTooLong(fed: range.count, reached: unsafe Int(XML_GetCurrentByteIndex(parser)))
    guard status == XML_STATUS_ERROR || isTooLong else { return }
    unsafe shared.pointee.hasStopped = true
    let line = unsafe shared.pointee.line
    if let refusal = unsafe shared.pointee.refusal {
      unsafe shared.pointee.events.add(.problem(refusal))
      return
    }
    let code = unsafe XML_GetErrorCode(parser)
    let reason =
      isTooLong ? UnclosedToken.reason : unsafe XML_ErrorString(code).map { unsafe String(cString: $0) } ?? ""
    unsafe shared.pointee.events.problem(
      code == XML_ERROR_UNKNOWN_ENCODING ? "gpx.encoding" : "gpx.xml", line: line,
      code == XML_ERROR_UNKNOWN_ENCODING
        ? "the file is in an encoding that is not known here: save it as UTF-8"
        : "the XML is damaged (\(reason)): what came before is used; export the log again")
  }
}

private func state(_ data: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<GPXState>? {
  unsafe data?.assumingMemoryBound(to: GPXState.self)
}

private let startElement: XML_StartElementHandler = { data, name, attributes in
  guard let name = unsafe name, let attributes = unsafe attributes, let state = unsafe state(data) else { return }
  unsafe state.pointee.start(name, attributes)
  if unsafe state.pointee.isReadingText {
    unsafe XML_SetCharacterDataHandler(state.pointee.parser, characterData)
  }
}

private let endElement: XML_EndElementHandler = { data, _ in
  guard let state = unsafe state(data) else { return }
  if unsafe state.pointee.isReadingText { unsafe XML_SetCharacterDataHandler(state.pointee.parser, nil) }
  unsafe state.pointee.end()
}

private let characterData: XML_CharacterDataHandler = { data, text, count in
  guard let text = unsafe text, let state = unsafe state(data) else { return }
  unsafe state.pointee.append(UnsafeBufferPointer(start: text, count: Int(count)))
}

private let startCDATA: XML_StartCdataSectionHandler = { data in
  unsafe state(data)?.pointee.isInCDATA = true
}

private let endCDATA: XML_EndCdataSectionHandler = { data in
  unsafe state(data)?.pointee.isInCDATA = false
}

private let startDoctype: XML_StartDoctypeDeclHandler = { data, _, _, _, _ in
  guard let state = unsafe state(data) else { return }
  // GPX has no DTD; what entities can do in one is only harm.
  unsafe state.pointee.stop("gpx.doctype", "the file declares a document type, as no GPX does: it is not read")
}

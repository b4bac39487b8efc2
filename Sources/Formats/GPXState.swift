import CExpat
import Geometry
import Survey

/// Where the parser is in a GPX file, and what it has found.
@safe struct GPXState {
  enum Place { case outside, gpx, track, segment, route, point }
  enum Leaf { case time, elevation, hdop, satellites, fix, name, comment, description, symbol, trackName }

  /// Not owned.
  var parser: XML_Parser?
  var events = Events()
  private(set) var version: String?
  private(set) var creator: String?
  var hasStopped = false
  var isInCDATA = false
  /// Line ends in the plain points, which expat does not see.
  private var linesApart = 0
  private(set) var refusal: Problem?
  private var seen = RecordCounts()

  static let tooDeep = "gpx.depth"
  private static let deepest = 1000
  private static let longestText = 65_536

  private var place = Place.outside
  /// Where the end of a point leads back to.
  private var pointParent = Place.gpx
  /// How deep inside an element that is not read, or inside a leaf.
  private var skipped = 0
  private var leaf: Leaf?
  private var text: [UInt8] = []
  /// `gpx:` where every element of the file has such a prefix.
  private var prefixLength = 0
  private var header: TrackHeader?
  private var point: GPXPoint?

  var isReadingText: Bool { leaf != nil && skipped == 0 }
  /// Whether another point of a segment could come next.
  var isBetweenPoints: Bool { place == .segment && skipped == 0 && !isInCDATA && prefixLength == 0 }
  /// Of the whole file, also where expat does not see all of it.
  var line: Int { unsafe Int(clamping: XML_GetCurrentLineNumber(parser)) + linesApart }

  /// Points; the one in which the file breaks off is not used.
  var counts: RecordCounts {
    var counts = seen
    if point != nil { counts.add(aside: refusal?.code ?? "gpx.xml") }
    return counts
  }

  mutating func stop(_ code: String, _ message: String) {
    refusal = Problem(code, line: line, message)
    hasStopped = true
    unsafe XML_StopParser(parser, 0)
  }

  mutating func start(_ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>) {
    guard skipped == 0, leaf == nil else {
      skipped += 1
      if skipped > Self.deepest { stop(Self.tooDeep, "elements are nested more than 1000 deep: the rest is not used") }
      return
    }
    let tag = unsafe GPXTag(name, prefixLength: prefixLength)
    switch (place, tag) {
    case (.outside, _): unsafe root(name, attributes)
    case (.gpx, .trk): begin(.track, TrackHeader(kind: .track))
    case (.gpx, .rte): begin(.route, TrackHeader(kind: .route))
    case (.gpx, .wpt): unsafe beginPoint(attributes)
    case (.track, .trkseg):
      announce()
      events.add(.segment)
      place = .segment
    case (.track, .name), (.route, .name): leaf = .trackName
    case (.segment, .trkpt): unsafe beginPoint(attributes)
    case (.route, .rtept):
      if header != nil {
        announce()
        events.add(.segment)
      }
      unsafe beginPoint(attributes)
    case (.point, _):
      leaf = tag.leaf
      if leaf == nil { skipped = 1 }
    default: skipped = 1
    }
  }

  mutating func end() {
    if skipped > 0 {
      skipped -= 1
      return
    }
    if let leaf {
      finish(leaf)
      self.leaf = nil
      text.removeAll(keepingCapacity: true)
      return
    }
    switch place {
    case .point:
      endPoint()
      place = pointParent
    case .segment: place = .track
    case .track, .route:
      announce()
      place = .gpx
    case .gpx, .outside: place = .outside
    }
  }

  mutating func append(_ bytes: UnsafeBufferPointer<CChar>) {
    guard text.count + bytes.count <= Self.longestText else {
      if text.count <= Self.longestText {
        events.problem("gpx.long-text", line: line, "a text is longer than 64 KiB: the rest of it is not used")
        text += repeatElement(0x20, count: Self.longestText + 1 - text.count)
      }
      return
    }
    unsafe text.append(contentsOf: UnsafeRawBufferPointer(bytes))
  }

  private mutating func root(_ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>) {
    let full = unsafe String(cString: name)
    let local = full.split(separator: ":").last ?? ""
    guard local == "gpx" else {
      stop("gpx.root", "is XML, but its first element is \(full.prefix(40)): it is no GPX file")
      return
    }
    prefixLength = full.utf8.count - 3
    place = .gpx
    version = unsafe attribute("version", attributes)
    creator = unsafe attribute("creator", attributes)
  }

  private mutating func begin(_ place: Place, _ header: TrackHeader) {
    (self.place, self.header) = (place, header)
  }

  /// A track is handed on only when its name is known, which stands before its segments.
  private mutating func announce() {
    guard let header else { return }
    events.add(.track(header))
    self.header = nil
  }

  private mutating func beginPoint(_ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>) {
    (pointParent, place) = (place, .point)
    seen.seen += 1
    let found = unsafe GPXPoint(attributes, line: line)
    if found == nil {
      seen.add(aside: "gpx.coordinate")
      let latitude = unsafe attribute("lat", attributes) ?? ""
      let longitude = unsafe attribute("lon", attributes) ?? ""
      events.problem(
        "gpx.coordinate", line: line,
        "lat \"\(latitude.prefix(40))\", lon \"\(longitude.prefix(40))\" is no position in degrees: the point is not used"
      )
    }
    point = found
  }

  private mutating func endPoint() {
    guard let point else { return }
    self.point = nil
    seen.used += 1
    if pointParent == .gpx { return events.add(.waypoint(point.waypoint)) }
    if pointParent == .route, point.name?.isEmpty == false { events.add(.namedInRoute(point.waypoint)) }
    events.add(point.fix)
  }

  /// A point that was read beside expat, with the line ends up to and in it.
  mutating func take(_ point: PlainPoint, lines: Int) {
    linesApart += lines
    seen.seen += 1
    seen.used += 1
    events.add(point.fix)
  }

  private mutating func finish(_ leaf: Leaf) {
    if leaf == .trackName {
      let name = text.span.string(text.span.trimmed(0..<text.count))
      if header == nil {
        events.problem("gpx.late-name", line: line, "the name \"\(name.prefix(40))\" comes after the points it names")
      }
      if !name.isEmpty { header?.name = name }
      return
    }
    let text = self.text
    if let problem = point?.take(leaf, text.span) { events.problem(problem.code, line: line, problem.message) }
  }
}

/// The value of an attribute, from expat's list of names and values.
func attribute(_ name: StaticString, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>) -> String? {
  var index = 0
  while let key = unsafe attributes[index], let value = unsafe attributes[index + 1] {
    if unsafe UnsafeRawPointer(key).assumingMemoryBound(to: UInt8.self).equals(name) {
      return unsafe String(cString: value)
    }
    index += 2
  }
  return nil
}

extension UnsafePointer<UInt8> {
  /// Whether the C string is `word`.
  func equals(_ word: StaticString) -> Bool {
    var index = 0
    while index < word.utf8CodeUnitCount {
      // A shorter string ends with a zero, which is in no word: the loop stops there.
      guard unsafe self[index] == word.utf8Start[index] else { return false }
      index += 1
    }
    return unsafe self[index] == 0
  }
}

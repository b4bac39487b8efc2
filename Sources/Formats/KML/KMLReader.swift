import Geometry
import Survey

/// Where the parser is in a KML file, and what it has found since it was last asked.
final class KMLReader: XMLSink {
  static let deepest = 1000
  static let mostPositions = 10_000_000
  private static let longestText = 65_536
  private static let mostProperties = 1000

  var found: [KMLFound] = []
  private(set) var counts = KMLCounts()
  /// What became of positions before they were part of a feature.
  private(set) var records = RecordCounts()
  private(set) var creator: String?
  private(set) var refusal: FileUnreadable?
  private let path: String

  private var stack: [KMLElement] = []
  /// The name of each open Document and Folder.
  private var folders: [String?] = []
  /// How deep the element lies in which nothing is read.
  private var skipped: Int?
  private var feature: KMLFeature?
  private var featureDepth = 0
  private var builder = KMLGeometryBuilder()
  /// The element whose text is read, and how deep it lies.
  private var leaf: (element: KMLElement, parent: KMLElement, depth: Int, line: Int)?
  private var text: [UInt8] = []
  private var tuples = KMLTuples()
  private var dataName = ""
  /// Names that a Schema gives to placemarks, as KML 2.0 did.
  private var schemas: Set<String> = []
  private var link: (href: String, line: Int)?

  init(path: String) { self.path = path }

  func problem(_ code: String, line: Int, _ message: String) {
    found.append(.problem(Problem(code, line: line, message)))
  }

  // MARK: Elements

  func start(_ name: String, _ attributes: XMLAttributes) {
    guard stack.count < Self.deepest else {
      refusal = FileUnreadable(
        path, .refused, code: "kml.depth", line: attributes.line,
        "elements are nested more than \(Self.deepest) deep: the rest is not used")
      return
    }
    var element = schemas.contains(name) ? .placemark : KMLElement(name)
    if stack.isEmpty, !KML.roots.contains(name) {
      refusal = FileUnreadable(
        path, .refused, code: "kml.root", line: attributes.line,
        "is XML, but its first element is \(name.prefix(40)): it is no KML file")
    }
    if let counted = element.counted, name == counted { counts.elements[counted, default: 0] += 1 }
    let parent = stack.last ?? .other
    if element == .value, parent == .simpleArrayData { element = .arrayValue }
    stack.append(element)
    guard skipped == nil, leaf == nil else { return }
    if begin(element, parent, name, attributes) {
      leaf = (element, parent, stack.count, attributes.line)
      text.removeAll(keepingCapacity: true)
      if element == .coordinates { tuples.begin(line: attributes.line) }
    }
  }

  /// Whether the text of the element is to be read.
  private func begin(_ element: KMLElement, _ parent: KMLElement, _ name: String, _ attributes: XMLAttributes) -> Bool {
    let isOfFeature = feature != nil && stack.count == featureDepth + 1
    switch element {
    case .container: folders.append(nil)
    case .placemark, .photoOverlay: beginFeature(attributes)
    case .networkLinkControl:
      skipped = stack.count
      problem("kml.network", line: attributes.line, "a NetworkLinkControl changes another file: it is not read")
    case .networkLink: link = ("", attributes.line)
    case .groundOverlay, .model:
      problem(
        "kml.overlay", line: attributes.line,
        "a \(element == .model ? "3D model" : "ground overlay") is a picture, no survey: it is not used")
    case .schema:
      if let name = attributes["name"], attributes["parent"] == "Placemark", schemas.count < 1000 {
        schemas.insert(name)
      }
    case .point, .lineString, .linearRing, .polygon, .outer, .inner, .track:
      if feature != nil { builder.begin(element, line: attributes.line) }
    case .data, .simpleArrayData: dataName = attributes["name"] ?? ""
    case .simpleData:
      dataName = attributes["name"] ?? ""
      return parent == .schemaData && feature != nil
    case .name: return isOfFeature || parent == .container
    case .description: return isOfFeature
    case .when where parent == .track: return feature != nil
    case .when, .begin, .end:
      // Views have times too: those are not the placemark's.
      return feature != nil && stack.count == featureDepth + 2 && (parent == .timeStamp || parent == .timeSpan)
    case .value: return parent == .data && feature != nil
    case .arrayValue: return feature != nil && builder.isTrack && dataName.lowercased() == "accuracy"
    case .coord: return parent == .track && feature != nil
    case .href: return link != nil
    case .generator: return creator == nil
    case .coordinates: return true
    case .other where isOfFeature && !schemas.isEmpty:
      // The columns of KML 2.0's schemas are elements of their own.
      dataName = name
      return true
    case .kml, .link, .multiGeometry, .multiTrack, .quad, .timeStamp, .timeSpan, .extendedData, .schemaData, .other:
      break
    }
    return false
  }

  private func beginFeature(_ attributes: XMLAttributes) {
    guard feature == nil else { return }
    var feature = KMLFeature(line: attributes.line)
    feature.id = attributes["id"]
    feature.folder = folders.last { $0 != nil } ?? nil
    self.feature = feature
    featureDepth = stack.count
  }

  func end(_ name: String) {
    guard let element = stack.last else { return }
    if let leaf, leaf.depth == stack.count {
      finish(leaf.element, leaf.parent, line: leaf.line)
      self.leaf = nil
    } else if skipped == stack.count {
      skipped = nil
    } else if skipped == nil, leaf == nil {
      finish(element)
    }
    stack.removeLast()
  }

  private func finish(_ element: KMLElement) {
    switch element {
    case .container: if !folders.isEmpty { folders.removeLast() }
    case .networkLink:
      guard let link else { return }
      problem(
        "kml.network", line: link.line,
        "a link to \"\(link.href.prefix(100))\" is never followed: what lies there is missing here; save it as a file")
      self.link = nil
    case .placemark, .photoOverlay:
      guard let feature, stack.count == featureDepth else { return }
      // A photograph is a find only where it says its place.
      if element == .placemark || !feature.isEmpty { found.append(.feature(feature)) }
      self.feature = nil
    case .point, .lineString, .linearRing, .polygon, .outer, .inner, .track:
      guard var feature else { return }
      self.feature = nil
      for trouble in builder.end(element, into: &feature) { found.append(.problem(trouble)) }
      self.feature = feature
    default: break
    }
  }

  /// Where the file breaks off: what was read of the placemark at hand is a part of a log, and never whole ground.
  func cut() {
    guard var feature else { return }
    self.feature = nil
    for trouble in builder.cut(into: &feature) { found.append(.problem(trouble)) }
    feature.isIncomplete = true
    if !feature.isEmpty { found.append(.feature(feature)) }
  }

  // MARK: Text

  func text(_ bytes: [UInt8]) {
    guard let leaf else { return }
    if leaf.element == .coordinates { return tuples.take(bytes, take) }
    guard text.count + bytes.count <= Self.longestText else {
      if text.count <= Self.longestText {
        problem("kml.long-text", line: leaf.line, "a text is longer than 64 KiB: the rest of it is not used")
        text += repeatElement(0x20, count: Self.longestText + 1 - text.count)
      }
      return
    }
    text += bytes
  }

  private func take(_ tuple: KMLTuple) {
    see()
    let isInFeature = feature != nil && leaf.map { [.point, .lineString, .linearRing].contains($0.parent) } ?? false
    switch tuple {
    case .bad(let text, let line):
      setAside("kml.coordinate")
      if isInFeature { builder.isIncomplete = true }
      problem("kml.coordinate", line: line, "\"\(text)\" is no longitude,latitude in degrees: the point is not used")
    case .position(let position):
      guard isInFeature, builder.take(position) else { return refuse(position.line) }
    }
  }

  private func see() {
    counts.positions += 1
    records.seen += 1
  }

  private func setAside(_ code: String) {
    counts.setAside += 1
    records.add(aside: code)
  }

  /// A position that belongs to nothing that is read, or is one too many.
  private func refuse(_ line: Int) {
    if leaf?.parent == .quad {
      // Of a ground overlay, which is told.
      counts.setAside += 1
      records.other += 1
      return
    }
    setAside("kml.geometry")
    problem("kml.geometry", line: line, "a position that belongs to no geometry of a placemark: it is not used")
  }

  private func finish(_ element: KMLElement, _ parent: KMLElement, line: Int) {
    if element == .coordinates { return tuples.finish(take) }
    let trimmed = text.span.trimmed(0..<text.count)
    let value = text.span.string(trimmed)
    switch element {
    case .coord: coord(line)
    case .when where parent == .track:
      let time = text.span.isoTime(trimmed)
      if time == nil {
        problem("kml.time", line: line, "\"\(value.prefix(40))\" is no instant: the point is kept without it")
      }
      _ = builder.take(time: time)
    case .arrayValue: builder.take(accuracy: text.span.decimal(trimmed))
    case .when: feature?.time = value
    case .begin: feature?.begin = value
    case .end: feature?.end = value
    case .name where parent == .container: if !folders.isEmpty { folders[folders.count - 1] = value }
    case .name: feature?.name = value
    case .description: feature?.description = value
    case .href: link?.href = value
    case .generator: creator = value.isEmpty ? nil : value
    default:
      guard let count = feature?.properties.count, count < Self.mostProperties else { return }
      feature?.properties[dataName] = value
    }
  }

  private func coord(_ line: Int) {
    see()
    guard let tuple = KMLTuples.coord(text, line: line) else {
      if builder.takeEmptySlot() { setAside("kml.no-position") } else { refuse(line) }
      return
    }
    switch tuple {
    case .bad(let text, let line):
      setAside("kml.coordinate")
      _ = builder.take(slot: nil)
      problem("kml.coordinate", line: line, "\"\(text)\" is no longitude and latitude: the point is not used")
    case .position(let position): if !builder.take(slot: position) { refuse(line) }
    }
  }
}

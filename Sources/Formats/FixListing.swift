import Geometry
public import Survey

/// The fixes of one segment of a log, as features with a point each.
///
///     let listing = FixListing(source: "a.gpx", track: 1, segment: 1)
///     try writer.feature(marked, listing)
public struct FixListing: Sendable {
  /// The properties that are the same for all.
  private let shared: JSONObject
  /// A feature as far as these.
  fileprivate let written: [UInt8]

  /// `track` and `segment` count from 1 within the log.
  public init(source: String, track: Int, segment: Int) {
    shared = ["source": .string(source), "track": .int(track), "segment": .int(segment)]
    var json = JSONWriter()
    json.beginObject()
    json.name("type")
    json.write("Feature")
    json.name("properties")
    json.beginObject()
    for member in shared.members { json.write(member.name, member.value) }
    written = json.bytes
  }

  /// All properties of a fix.
  public func properties(_ marked: MarkedFix) -> JSONObject {
    var object = shared
    marked.put(into: &object)
    return object
  }
}

extension GeoJSONWriter where Sink: ~Copyable {
  public mutating func feature(_ marked: MarkedFix, _ listing: FixListing) throws(OutputFailed) {
    try add { $0.feature(marked, listing) }
  }
}

/// Outside the generic type, which another module would run unspecialised.
extension JSONWriter {
  fileprivate mutating func feature(_ marked: MarkedFix, _ listing: FixListing) {
    write(listing.written)
    marked.put(into: &self)
    endObject()
    name("geometry")
    point(marked.fix.position)
    endObject()
  }
}

/// Takes the members of an object one by one: JSON that is written at once, or an object that is kept.
private protocol MemberSink {
  mutating func put(_ name: StaticString, _ value: Int?)
  mutating func put(_ name: StaticString, _ value: Double?)
  mutating func put(_ name: StaticString, _ value: Timestamp?)
  mutating func put(_ name: StaticString, _ value: String)
}

extension MarkedFix {
  fileprivate func put(into sink: inout some MemberSink) {
    sink.put("line", fix.line)
    sink.put("time", fix.time)
    sink.put("quality", fix.quality.name)
    sink.put("sigma_m", fix.sigma)
    sink.put("ele_m", fix.elevation)
    sink.put("hdop", fix.hdop)
    sink.put("satellites", fix.satellites)
    sink.put("mark", mark.name)
    sink.put("step", step.name)
  }
}

extension JSONObject: MemberSink {
  fileprivate mutating func put(_ name: StaticString, _ value: Int?) { put(name, value.map { .int($0) }) }
  fileprivate mutating func put(_ name: StaticString, _ value: Double?) { put(name, value.map { .number($0) }) }
  fileprivate mutating func put(_ name: StaticString, _ value: Timestamp?) {
    put(name, value.map { .string($0.description) })
  }
  fileprivate mutating func put(_ name: StaticString, _ value: String) { put(name, .string(value)) }

  private mutating func put(_ name: StaticString, _ value: JSONValue?) {
    members.append(Member("\(name)", value ?? .null))
  }
}

extension JSONWriter: MemberSink {
  fileprivate mutating func put(_ name: StaticString, _ value: Int?) {
    put(name, value, atMost: Digits.longest) { Digits.put($0, decimals: 0, trim: false, into: &$1, at: &$2) }
  }
  fileprivate mutating func put(_ name: StaticString, _ value: Double?) {
    put(name, value, atMost: JSONText.longestNumber) { JSONText.put($0, into: &$1, at: &$2) }
  }
  fileprivate mutating func put(_ name: StaticString, _ value: Timestamp?) {
    put(name, value, atMost: Timestamp.longestText + 2) { time, span, at in
      span.put("\"", at: &at)
      time.put(into: &span, at: &at)
      span.put("\"", at: &at)
    }
  }
  fileprivate mutating func put(_ name: StaticString, _ value: String) {
    put(name, value, atMost: JSONText.longest(value)) { JSONText.quote($0, into: &$1, at: &$2) }
  }

  /// The name needs no escape.
  @inline(__always)
  private mutating func put<Value>(
    _ name: StaticString, _ value: Value?, atMost longest: Int,
    _ body: (Value, inout MutableSpan<UInt8>, inout Int) -> Void
  ) {
    append(atMost: name.utf8CodeUnitCount + 3 + max(longest, 4)) { span, at in
      span.put("\"", at: &at)
      span.put(name, at: &at)
      span.put("\":", at: &at)
      if let value { body(value, &span, &at) } else { span.put("null", at: &at) }
    }
  }
}

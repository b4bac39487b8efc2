import Geometry

/// The text formats, beside GeoJSON itself, in which features are handed on.
public enum FeatureFormat: String, Hashable, Sendable, CaseIterable {
  /// GeoJSON texts one after the other (RFC 8142): a program can begin before the last one is there.
  case geojsonseq
  /// For Google Earth and web maps, with the colours of the features.
  case kml
  /// For a handheld receiver: perimeters as tracks, their corners as waypoints.
  case gpx
  /// A table with the geometry as WKT (OGC 06-103r4) in its first column.
  case csv

  /// `name` is the title of what is written; the description is left out where the format has no place for it.
  func encoder(_ name: String, description: String) -> any FeatureEncoder {
    switch self {
    case .geojsonseq: GeoJSONSequence()
    case .kml: KMLEncoder(name, description)
    case .gpx: GPXEncoder(name, description)
    case .csv: WKTEncoder()
    }
  }
}

/// Turns features into bytes.
protocol FeatureEncoder {
  /// What has not been handed on yet.
  var bytes: [UInt8] { get set }
  mutating func feature(_ shape: GeoJSONShape, _ properties: JSONObject)
  /// After the last feature.
  mutating func end()
}

/// Writes features of one of these formats, one by one.
public struct FeatureWriter<Sink: OutputSink & ~Copyable>: ~Copyable {
  private var sink: Sink
  private var encoder: any FeatureEncoder

  public init(_ format: FeatureFormat, name: String, description: String, to sink: consuming Sink) {
    self.sink = sink
    encoder = format.encoder(name, description: description)
  }

  public mutating func feature(_ shape: GeoJSONShape, _ properties: JSONObject) throws(OutputFailed) {
    encoder.feature(shape, properties)
    if encoder.bytes.count > 65_536 { try drain() }
  }

  /// Returns the sink, which the caller finishes.
  public consuming func finish() throws(OutputFailed) -> Sink {
    encoder.end()
    try drain()
    return sink
  }

  private mutating func drain() throws(OutputFailed) {
    try sink.write(encoder.bytes)
    encoder.bytes.removeAll(keepingCapacity: true)
  }
}

extension FeatureEncoder {
  mutating func write(_ text: String) { bytes += Array(text.utf8) }
}

extension JSONValue {
  /// As text, for formats whose values have no types.
  var plainText: String {
    switch self {
    case .null: return ""
    case .string(let text): return text
    case .array(let elements) where elements.allSatisfy({ $0.text != nil }):
      return elements.compactMap(\.text).joined(separator: ", ")
    default:
      var json = JSONWriter()
      json.write(self)
      return String(decoding: json.bytes, as: UTF8.self)
    }
  }
}

extension LatticePoint {
  /// Degrees with eight decimals at most, exactly: `21.87323981`.
  var degrees: (longitude: String, latitude: String) { (Self.degrees(x), Self.degrees(y)) }

  private static func degrees(_ steps: Int) -> String {
    let (whole, part) = steps.magnitude.quotientAndRemainder(dividingBy: 100_000_000)
    let digits = String(part)
    let fraction = String(repeating: "0", count: 8 - digits.count) + digits
    return (steps < 0 ? "-" : "") + "\(whole)." + fraction
  }
}

extension Ring where C == LatticePoint {
  /// With the first corner again at the end.
  var closed: [LatticePoint] { corners + corners.prefix(1) }
}

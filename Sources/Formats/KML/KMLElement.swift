/// The elements of KML 2.0 to 2.3 and of Google's extension that are read; names are compared without their prefix.
enum KMLElement: UInt8 {
  case kml, container, placemark, photoOverlay, groundOverlay, model, networkLink, networkLinkControl, link, href
  case point, lineString, linearRing, polygon, outer, inner, multiGeometry, track, multiTrack, quad
  case coordinates, coord, when, timeStamp, timeSpan, begin, end
  case name, description, generator, schema
  case extendedData, data, value, schemaData, simpleData, simpleArrayData, arrayValue
  case other

  private static let names: [String: KMLElement] = [
    "kml": .kml, "Document": .container, "Folder": .container, "Placemark": .placemark, "PhotoOverlay": .photoOverlay,
    "GroundOverlay": .groundOverlay, "Model": .model, "NetworkLink": .networkLink,
    "NetworkLinkControl": .networkLinkControl, "Link": .link, "Url": .link, "href": .href, "Point": .point,
    "LineString": .lineString, "LinearRing": .linearRing, "Polygon": .polygon, "outerBoundaryIs": .outer,
    "innerBoundaryIs": .inner, "MultiGeometry": .multiGeometry, "Track": .track, "MultiTrack": .multiTrack,
    "LatLonQuad": .quad, "coordinates": .coordinates, "coord": .coord, "when": .when, "TimeStamp": .timeStamp,
    "TimeSpan": .timeSpan, "begin": .begin, "end": .end, "name": .name, "description": .description,
    "generator": .generator, "Schema": .schema, "ExtendedData": .extendedData, "Data": .data, "value": .value,
    "SchemaData": .schemaData, "SimpleData": .simpleData, "SimpleArrayData": .simpleArrayData,
  ]

  init(_ name: String) { self = Self.names[name] ?? .other }

  /// The elements that are counted, by the names that stand in the report.
  var counted: String? {
    switch self {
    case .placemark: "Placemark"
    case .point: "Point"
    case .lineString: "LineString"
    case .linearRing: "LinearRing"
    case .polygon: "Polygon"
    case .multiGeometry: "MultiGeometry"
    case .track: "Track"
    default: nil
    }
  }
}

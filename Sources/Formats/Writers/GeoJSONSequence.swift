/// GeoJSON text sequences (RFC 8142): each feature between a record separator and a line feed.
struct GeoJSONSequence: FeatureEncoder {
  var bytes: [UInt8] = []

  mutating func feature(_ shape: GeoJSONShape, _ properties: JSONObject) {
    var json = JSONWriter()
    json.feature(shape, properties, id: nil)
    json.endLine()
    bytes.append(0x1E)
    bytes += json.bytes
  }

  mutating func end() {}
}

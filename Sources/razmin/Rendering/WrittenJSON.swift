import Formats

extension JSONValue {
  /// As JSON.
  var written: String {
    var json = JSONWriter()
    json.write(self)
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

extension Output {
  /// Writes one record as a line of JSON.
  mutating func write(line record: JSONObject) throws(OutputFailed) {
    var json = JSONWriter()
    json.write(record)
    json.endLine()
    try write(json.bytes)
  }
}

/// A number with so many decimals.
func decimals(_ value: Double, _ decimals: Int) -> String { JSONValue.fixed(value, decimals: decimals).written }

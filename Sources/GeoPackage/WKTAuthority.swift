/// The code that well-known text gives for the CRS as a whole, such as `EPSG:23034`: `AUTHORITY["EPSG","23034"]` (OGC 01-009)
/// or `ID["EPSG",23034]` (OGC 18-010r7) directly within the outermost brackets, not that of its datum or units. `nil` where it
/// gives none.
func authority(ofWKT wkt: String) -> String? {
  var (depth, isQuoted) = (0, false)
  var word: [UInt8] = []
  // What stands in the brackets of the code, without quotation marks and blanks.
  var inside: [UInt8]?
  for byte in wkt.utf8 {
    if byte == UInt8(ascii: "\"") {
      isQuoted.toggle()
      word = []
    } else if isQuoted {
      inside?.append(byte)
    } else if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "(") {
      depth += 1
      let name = String(decoding: word, as: UTF8.self).uppercased()
      if depth == 2, name == "AUTHORITY" || name == "ID" { inside = [] }
      word = []
    } else if byte == UInt8(ascii: "]") || byte == UInt8(ascii: ")") {
      depth -= 1
      if depth == 1, let inside { return code(inside) }
      word = []
    } else if byte > UInt8(ascii: " ") {
      if depth <= 2 { inside?.append(byte) }
      if byte == UInt8(ascii: ",") { word = [] } else { word.append(byte) }
    }
  }
  return nil
}

/// `EPSG:23034` of `EPSG,23034`; a version or a citation may follow.
private func code(_ members: [UInt8]) -> String? {
  let parts = String(decoding: members, as: UTF8.self).split(separator: ",")
  guard parts.count >= 2, let number = Int64(parts[1]) else { return nil }
  return "\(parts[0].uppercased()):\(number)"
}

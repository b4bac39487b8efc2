/// Why the geometry of a row cannot be used.
struct GeometryFault: Error, Hashable {
  var code: String
  var message: String

  static func damaged(_ message: String) -> GeometryFault { GeometryFault(code: "gpkg.geometry", message: message) }
}

/// Reads the geometry of a row: GeoPackageBinary (OGC 12-128r17, 2.1.3), a header before well-known binary.
///
/// `nil` where it is empty.
func geometry(ofBlob blob: [UInt8]) throws(GeometryFault) -> RawGeometry? {
  guard blob.count >= 8, blob[0] == UInt8(ascii: "G"), blob[1] == UInt8(ascii: "P") else {
    throw .damaged("its geometry does not begin as one of a GeoPackage does")
  }
  guard blob[2] == 0 else { throw .damaged("its geometry is of version \(blob[2]), and only 0 is known") }
  let flags = blob[3]
  guard flags & 0b10_0000 == 0 else {
    throw GeometryFault(code: "gpkg.geometry-type", message: "its geometry is of an extended type of some program")
  }
  // Envelopes: none, xy, xyz, xym, xyzm. What they say is in the geometry itself.
  let envelopes = [0, 32, 48, 48, 64]
  let kind = Int(flags >> 1 & 0b111)
  guard kind < envelopes.count else { throw .damaged("its geometry has an envelope of the unknown kind \(kind)") }
  var reader = WKBReader(blob, at: 8 + envelopes[kind])
  let geometry = try reader.geometry(depth: 0)
  guard reader.isAtEnd else { throw .damaged("its geometry is followed by bytes that belong to nothing") }
  return geometry
}

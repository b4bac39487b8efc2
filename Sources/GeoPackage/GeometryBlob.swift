/// Why the geometry of a row cannot be used.
package struct GeometryFault: Error, Hashable {
  package var code: String
  package var message: String

  static func damaged(_ message: String) -> GeometryFault { GeometryFault(code: "gpkg.geometry", message: message) }
}

/// Reads the geometry of a row: GeoPackageBinary (OGC 12-128r17, 2.1.3), a header before well-known binary.
///
/// `nil` where it is empty. `srs` is the file's id of the CRS that the table is in.
package func geometry(ofBlob blob: [UInt8], srs: Int64) throws(GeometryFault) -> RawGeometry? {
  guard blob.count >= 8, blob[0] == UInt8(ascii: "G"), blob[1] == UInt8(ascii: "P") else {
    throw .damaged("its geometry does not begin as one of a GeoPackage does")
  }
  guard blob[2] == 0 else { throw .damaged("its geometry is of version \(blob[2]), and only 0 is known") }
  let flags = blob[3]
  let own = reference(blob[4..<8], isLittleEndian: flags & 1 == 1)
  guard own == 0 || own == -1 || own == srs else {
    throw GeometryFault(
      code: "gpkg.crs", message: "its geometry is in the CRS of id \(own), and its table in that of id \(srs)")
  }
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

/// The file's id of the CRS of a geometry, of four bytes.
private func reference(_ bytes: ArraySlice<UInt8>, isLittleEndian: Bool) -> Int64 {
  let ordered = isLittleEndian ? Array(bytes.reversed()) : Array(bytes)
  return Int64(Int32(bitPattern: ordered.reduce(0) { $0 << 8 | UInt32($1) }))
}

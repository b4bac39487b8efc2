import Digests
import Geometry

/// The SHA-256 of polygons: for each the number of its rings, for each ring the number of its corners, and each corner's
/// longitude and latitude, all as little-endian numbers of 64 bits. One bit that differs gives another.
func digest(of polygons: [Polygon<Geographic>]) -> String {
  var bytes: [UInt8] = []
  func add(_ number: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
  }
  for polygon in polygons {
    add(UInt64(polygon.rings.count))
    for ring in polygon.rings {
      add(UInt64(ring.corners.count))
      for corner in ring.corners {
        add(corner.longitude.bitPattern)
        add(corner.latitude.bitPattern)
      }
    }
  }
  return sha256(bytes)
}

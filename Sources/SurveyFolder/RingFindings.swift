internal import Geometry
internal import Survey

/// What can be seen on rings without an overlay: corners that are too few, repeated, or suspiciously far apart.
///
/// The thresholds are those of GICHD's geocheck, as field practice knows them: 1e-6 degrees and 5 000 m.
struct RingFindings {
  static let sameCornerDegrees = 1e-6
  static let longEdgeMetres = 5000.0

  let report: Report

  /// `title` is such as `hazard NIS-1`.
  func check(_ polygons: [Polygon<Geographic>], _ title: String, at place: Place, tooFew: Finding.Level) {
    var (repeated, longest) = (0, 0.0)
    var isTooFew = false
    for ring in polygons.lazy.flatMap(\.rings) {
      guard var previous = ring.corners.last else { continue }
      // No more than tell whether there are three.
      var kept: [Geographic] = []
      for corner in ring.corners {
        if Self.isSame(previous, corner) {
          repeated += 1
        } else if kept.count < 3, !kept.contains(corner) {
          kept.append(corner)
        }
        longest = max(longest, Self.span(previous, corner))
        previous = corner
      }
      if kept.count < 3 { isTooFew = true }
    }
    if isTooFew {
      report.add(
        "ring.too-few", tooFew, at: place, "\(title) has a ring of fewer than three different corners",
        advice: "give the missing corners")
    }
    if repeated > 0 {
      report.add(
        "vertex.duplicate", .info, at: place, "\(title) repeats \(repeated) corner\(repeated == 1 ? "" : "s")",
        advice: "nothing, if the boundary is as meant")
    }
    if longest > Self.longEdgeMetres {
      report.add(
        "edge.long", .warning, at: place, "\(title) has an edge of \(Int(longest)) m",
        advice: "see whether a corner is missing or wrong: compare with the sheet of turning points")
    }
  }

  private static func isSame(_ a: Geographic, _ b: Geographic) -> Bool {
    abs(a.longitude - b.longitude) < sameCornerDegrees && abs(a.latitude - b.latitude) < sameCornerDegrees
  }

  /// Metres, at least 0 whatever the formula makes of corners that are far apart; edges under 0.01 degree are not long.
  private static func span(_ a: Geographic, _ b: Geographic) -> Double {
    guard abs(a.longitude - b.longitude) > 0.01 || abs(a.latitude - b.latitude) > 0.01 else { return 0 }
    return a.distance(to: b)
  }
}

import Geometry
import Survey

/// A find in released ground, and the disc that it puts back into what remains.
struct Reopening: Sendable {
  let find: Find
  let disc: RingSet

  /// Whether a claim's release falls inside the disc: it took effect before the find, and the find is not its own.
  func undoes(_ activity: Activity) -> Bool { find.undoes(activity) }
}

extension Find {
  func undoes(_ activity: Activity) -> Bool { activity.end < found && self.activity != activity.id }

  /// Metres, one axis; a record without one is taken for a handheld receiver's (`FixQuality.unknown`).
  var usedSigma: Double { sigma ?? FixQuality.unknown.assumedSigma }
}

/// Text for people: an area in square metres to a tenth.
func squareMetres(_ area: Double) -> String {
  let tenths = Int((area * 10).rounded())
  return "\(tenths / 10).\(abs(tenths % 10)) m²"
}

internal import Formats
internal import Survey

/// Counts the records of one file that give no accuracy, so that what is assumed for them is told, and once.
struct AssumedSigma {
  private var count = 0, all = 0
  /// Of properties that may be meant for an accuracy, and are not read.
  private var unread: Set<String> = []

  /// Takes in a record; `feature` is what it was read from, `nil` for a waypoint, which has no properties.
  mutating func take(_ sigma: Double?, of feature: GeoFeature? = nil) {
    all += 1
    guard sigma == nil else { return }
    count += 1
    for (name, value) in feature?.properties ?? [:] where !value.isNothing && mayBeAccuracy(name) {
      unread.insert(name)
    }
  }

  /// Reports what is assumed: a property that may say it and is not read is worth a warning. `onlyUnread` leaves out the
  /// rest, where each record is told of by itself.
  func tell(_ what: String, _ code: String, at place: Place, _ report: Report, onlyUnread: Bool = false) {
    guard count > 0, !(onlyUnread && unread.isEmpty) else { return }
    let sigma = Int(FixQuality.unknown.assumedSigma)
    let names = unread.sorted().prefix(5).map { "`\($0.prefix(64))`" }.joined(separator: ", ")
    report.add(
      code, unread.isEmpty ? .info : .warning, at: place,
      "\(count) of \(all) \(what) do not say how accurate their positions are; assumed \(sigma) m, as of a handheld receiver"
        + (unread.isEmpty ? "" : "; what stands under \(names) is not read"),
      advice: unread.isEmpty
        ? "give them `sigma_m` if it is known, one standard deviation in metres"
        : "call it `sigma_m` if it is one standard deviation in metres")
  }
}

/// Whether a property by this name is more likely than not how far off a position may be, in English, Serbian, Russian or
/// German. Its value may be of 68 or of 95 %, of one axis or of two, or without a unit: it is named, and never taken.
func mayBeAccuracy(_ name: String) -> Bool {
  let name = name.lowercased()
  let words = name.split { !$0.isLetter }.map(String.init)
  let vertical: Set = [
    "v", "vert", "vertical", "vacc", "vrms", "vdop", "z", "depth", "height", "altitude", "elevation",
  ]
  guard vertical.isDisjoint(with: words) else { return false }
  let parts = [
    "sigma", "accura", "precis", "uncertain", "genauigk", "tacnost", "tačnost", "točnost", "preciznost", "тачност",
    "прецизност", "точност", "погрешност",
  ]
  let short: Set = [
    "acc", "hacc", "error", "err", "rms", "hrms", "rmse", "std", "stdev", "stddev", "sd", "cep", "epe", "ehpe", "dop",
    "hdop", "pdop", "gdop",
  ]
  return parts.contains { name.contains($0) } || !short.isDisjoint(with: words)
}

extension JSONValue {
  /// Null, blank, or a zero, which is no accuracy.
  fileprivate var isNothing: Bool {
    self == .null || double == 0 || text.map { $0.allSatisfy(\.isWhitespace) || Double($0) == 0 } ?? false
  }
}

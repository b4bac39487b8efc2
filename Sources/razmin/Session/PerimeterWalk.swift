import Geometry
import Survey

/// A walk that may be the perimeter of an activity: its corners, and what speaks against drawing a line through them.
struct PerimeterWalk: Sendable {
  private(set) var corners: [Geographic] = []
  /// The first stretch of which nobody knows how it was walked, for people.
  private(set) var gap: String?
  /// Whether a corner has no time: a long edge may then be straight, and a corner that is missing leaves no trace.
  private(set) var isUndated = false
  /// Fixes that are not used.
  private(set) var setAside = 0
  private var last: Fix?

  mutating func add(_ marked: MarkedFix, of activity: Activity) {
    guard marked.mark == .used else {
      if marked.mark != .duplicate { setAside += 1 }
      return
    }
    if marked.fix.time == nil { isUndated = true }
    if gap == nil, let last { gap = Self.gap(last, marked, activity) }
    corners.append(marked.fix.position)
    last = marked.fix
  }

  /// Between two used fixes, whatever lies between them in the log; `nil` where the line from one to the other is sound.
  private static func gap(_ last: Fix, _ next: MarkedFix, _ activity: Activity) -> String? {
    let metres = last.position.distance(to: next.fix.position)
    // Written so that a rule that is not a number allows nothing.
    if metres <= activity.maxClosing { return nil }
    let far = "\((metres * 10).rounded() / 10) m"
    guard let from = last.time, let to = next.fix.time else {
      return next.step == .start ? "\(far) lie between two segments of it, before line \(next.fix.line)" : nil
    }
    let (milliseconds, overflow) = to.milliseconds.subtractingReportingOverflow(from.milliseconds)
    let seconds = overflow ? Double.infinity : Double(milliseconds) / 1000
    let (rules, isOn) = (activity.rules, seconds >= 0)
    if isOn, seconds <= rules.maxGapSeconds, metres <= rules.maxGapMetres, metres <= rules.maxSpeed * seconds {
      return nil
    }
    return "\(far) and \(seconds) s lie between two fixes of it, before line \(next.fix.line)"
  }
}

/// A refused perimeter.
struct PerimeterRefused: Error { var finding: Finding }

/// The polygon of a walked perimeter, if its ends meet and nothing of it is missing; `problems` are those of its log.
///
/// A line across a stretch that is missing would release the ground behind it.
func closedPerimeter(
  _ walk: PerimeterWalk, problems: [Problem], of activity: Activity, at place: Place
) -> Result<Polygon<Geographic>, PerimeterRefused> {
  func refusal(_ code: String, _ message: String, _ advice: String) -> Result<Polygon<Geographic>, PerimeterRefused> {
    .failure(PerimeterRefused(finding: Finding(code, .error, at: place, message, advice: advice)))
  }
  guard let first = walk.corners.first, let last = walk.corners.last, let ring = try? Ring(walk.corners) else {
    return refusal(
      "ring.too-few", "the perimeter of activity \(activity.id) has fewer than three usable fixes",
      "walk it again with the receiver recording")
  }
  let opening = first.distance(to: last)
  guard opening <= activity.maxClosing else {
    return refusal(
      "perimeter.open",
      "the perimeter of activity \(activity.id) does not close: its ends are \((opening * 10).rounded() / 10) m apart",
      "walk it to the end, or set max_closing_m if \(activity.maxClosing) m is too strict")
  }
  if let missing = missing(of: walk, problems) {
    return refusal(
      "perimeter.gap", "the perimeter of activity \(activity.id) is not known all the way: \(missing)",
      "walk it again, or claim polygons; no line is drawn across what is missing")
  }
  return .success(Polygon(ring))
}

private func missing(of walk: PerimeterWalk, _ problems: [Problem]) -> String? {
  if let gap = walk.gap { return gap }
  // Of a walk with times, what was lost in the middle is a gap if it matters; a lost end is none.
  if let cut = problems.first(where: { cutsShort($0.code) }) { return "its log was not read to its end (\(cut.code))" }
  guard walk.isUndated else { return nil }
  if let lost = problems.first { return "something of its log could not be used (\(lost.code)), perhaps a corner" }
  return walk.setAside > 0 ? "\(walk.setAside) of its corners are not usable" : nil
}

/// Whether a problem says that the rest of a file was not read.
private func cutsShort(_ code: String) -> Bool {
  code.hasPrefix("gzip.") || code.hasPrefix("archive.") || [".xml", ".json", ".quote"].contains { code.hasSuffix($0) }
}

internal import Geometry

/// Turns the fixes of a log, as they stream past, into runs of points whose steps claim ground.
///
/// Every fix gets one `FixMark` and every step one `StepMark`; nothing is deleted. A step claims when both its fixes
/// are used, no more than `maxGapSeconds` and `maxGapMetres` apart, and not faster than `maxSpeed`.
///
/// **Spike.** A fix is one when the steps to it and from it are both implausible (too far or too fast) while its
/// neighbours agree with each other. It is marked, and neither its steps nor the one across it claim: a receiver that
/// jumps says nothing of the ground in between. Two bad fixes in a row, or one beside a gap, cannot be told from a
/// jump: they cut as well.
///
/// **Duplicate.** Of fixes with the same time only the first is used: a distance in no time has no speed.
///
///     var builder = TrackBuilder(rules: activity.rules) { run in … }
///     builder.begin(track: header); builder.beginSegment(); builder.add(fix); …; builder.finish()
///
/// Caveat: a fix that may be a spike waits for its successor; duplicates of it are listed before it.
public struct TrackBuilder {
  /// Longest run handed on; the next then starts with the last point of the former, so no step is lost. So it is at midnight.
  public static let maxRun = 256

  /// Complete after `finish()`.
  public private(set) var summary = TrackSummary()

  private let rules: TrackRules
  private let leastRank: Int
  private let sigma: Double?
  private var dates: DateWindow?
  private let run: ([TrackPoint]) -> Void
  private let list: ((MarkedFix) -> Void)?

  private var points: [TrackPoint] = []
  private var scale = LocalScale(latitude: 0)
  private var scaleLatitude = Double.nan
  private var planned = false
  private var stays = StayFinder()
  /// The step to the next fix where no used fix precedes it: `start` or `unusable`.
  private var broken = StepMark.start
  /// The last used fix, unless the track is broken.
  private var last: Node?
  /// After `last`, a fix at an implausible distance from it: at most one. An array, since an optional of that size is
  /// copied at every look.
  private var suspects: [(node: Node, fix: Fix, step: Step)] = []

  /// A usable fix with its sigma decided.
  private struct Node {
    var point: TrackPoint
    var time: Timestamp?
    var line: Int
  }

  /// What can be said of two fixes as neighbours.
  private struct Step {
    var mark: StepMark
    /// Whether the distance alone, or the speed, is more than the rules allow.
    var isJump: Bool
    var seconds: Double?
    var metres: Double
  }

  /// - Parameters:
  ///   - sigma: metres; replaces what fixes say and what would be assumed.
  ///   - dates: fixes outside are marked, and those inside get their day; a fix without a time cannot be checked and is
  ///     counted as undated.
  ///   - list: receives every fix with its marks.
  ///   - run: receives two to `maxRun` points of which each and the next make a claiming step. A step is of the day of the
  ///     fix that it leads to, and all steps of a run are of one day: that of its last point.
  public init(
    rules: TrackRules = TrackRules(), sigma: Double? = nil, dates: DateWindow? = nil,
    list: ((MarkedFix) -> Void)? = nil, run: @escaping ([TrackPoint]) -> Void
  ) {
    (self.rules, self.sigma, self.dates, self.list, self.run) = (rules, sigma, dates, list, run)
    leastRank = rules.minQuality?.rank ?? 0
    points.reserveCapacity(Self.maxRun)
  }

  public mutating func begin(track: TrackHeader) {
    interrupt()
    summary.tracks &+= 1
    planned = track.kind == .route
  }

  public mutating func beginSegment() {
    interrupt()
    summary.segments &+= 1
  }

  /// Ends the last run. Call it once, after the last fix.
  public mutating func finish() { interrupt() }

  public mutating func add(_ fix: Fix) {
    summary.take(fix)
    if let mark = unusable(fix) {
      let step = broken == .start && last == nil ? StepMark.start : .unusable
      cut(.unusable)
      tell(fix, mark, step)
      return
    }
    let node = Node(point: point(fix), time: fix.time, line: fix.line)
    guard let last else {
      use(node, fix, broken)
      return
    }
    if let time = node.time, time == (suspects.isEmpty ? last.time : suspects[0].node.time) {
      tell(fix, .duplicate, .duplicate)
      return
    }
    let direct = step(last, node)
    guard let (before, beforeFix, stepBefore) = suspects.popLast() else { return take(node, fix, direct) }
    let fromBefore = step(before, node)
    if direct.mark.isClaim && fromBefore.isJump {
      tell(beforeFix, .spike, .spike)
      // Where its bearer went while the receiver jumped is not known: the ground beneath is not claimed.
      use(node, fix, .unusable)
    } else {
      accept(before, beforeFix, stepBefore)
      take(node, fix, fromBefore)
    }
  }

  // MARK: - Marks

  private mutating func unusable(_ fix: Fix) -> FixMark? {
    if planned { return .planned }
    if !fix.position.isOnEarth { return .notOnEarth }
    if !fix.quality.isMeasured { return .notMeasured }
    if fix.quality.rank < leastRank { return .lowQuality }
    if let time = fix.time, !(dates?.contains(time) ?? true) { return .outsideDates }
    return nil
  }

  private mutating func step(_ a: Node, _ b: Node) -> Step {
    let latitude = (a.point.position.latitude + b.point.position.latitude) / 2
    // Within 5 m of latitude the scale differs by some 1e-6, and it costs more than all the rest of a step.
    if !(abs(latitude - scaleLatitude) < 5e-5) { (scale, scaleLatitude) = (LocalScale(latitude: latitude), latitude) }
    let metres = scale.distance(a.point.position, b.point.position)
    // Written so that a rule that is not a number allows nothing.
    let near = metres <= rules.maxGapMetres
    guard let from = a.time, let to = b.time else {
      return Step(mark: near ? .claimsUndated : .gapDistance, isJump: !near, metres: metres)
    }
    let (milliseconds, overflow) = to.milliseconds.subtractingReportingOverflow(from.milliseconds)
    let seconds = overflow ? .infinity : Double(milliseconds) / 1000
    let slow = seconds < 0 || metres <= rules.maxSpeed * seconds
    let mark: StepMark =
      if !(seconds >= 0) { .timeBackwards } else if seconds == 0 {
        .duplicate
      } else if !(seconds <= rules.maxGapSeconds) { .gapTime } else if !near { .gapDistance } else if !slow {
        .tooFast
      } else { .claims }
    return Step(mark: mark, isJump: !near || !slow, seconds: seconds, metres: metres)
  }

  private mutating func point(_ fix: Fix) -> TrackPoint {
    // A sigma of zero is a receiver that has not computed one.
    let stated = sigma ?? fix.sigma.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    return TrackPoint(
      fix.position, sigma: stated ?? fix.quality.assumedSigma, assumedSigma: stated == nil,
      line: Int32(clamping: fix.line), day: fix.time.flatMap { dates?.day(of: $0) })
  }

  // MARK: - Runs

  /// Takes a usable fix whose step from `last` is known: lets it wait where it may be a spike.
  private mutating func take(_ node: Node, _ fix: Fix, _ step: Step) {
    if step.isJump { suspects.append((node, fix, step)) } else { accept(node, fix, step) }
  }

  private mutating func accept(_ node: Node, _ fix: Fix, _ step: Step) {
    if step.mark == .gapTime || step.mark == .gapDistance {
      summary.take(TrackSummary.Gap(line: node.line, seconds: step.seconds, metres: step.metres))
    }
    use(node, fix, step.mark)
  }

  private mutating func use(_ node: Node, _ fix: Fix, _ step: StepMark) {
    if step.isClaim {
      if let end = points.last, points.count == Self.maxRun || (points.count > 1 && end.day != node.point.day) {
        flush()
        points.append(end)
      }
    } else {
      flush()
    }
    points.append(node.point)
    last = node
    summary.takeUsed(node.point)
    let stay = stays.add(
      node.point.position, node.time, line: node.line, continues: step.isClaim, scale: scale)
    if let stay { summary.take(stay) }
    tell(fix, .used, step)
  }

  private mutating func tell(_ fix: Fix, _ mark: FixMark, _ step: StepMark) {
    summary.counts.fixes.count(mark)
    summary.counts.steps.count(step)
    list?(MarkedFix(fix: fix, mark: mark, step: step))
  }

  private mutating func interrupt() { cut(.start) }

  /// Ends the run; the next fix is reached by no step, for the reason given.
  private mutating func cut(_ reason: StepMark) {
    if let (node, fix, step) = suspects.popLast() { accept(node, fix, step) }
    flush()
    if let stay = stays.end() { summary.take(stay) }
    (last, broken) = (nil, reason)
  }

  private mutating func flush() {
    if points.count > 1 { run(points) }
    points.removeAll(keepingCapacity: true)
  }
}

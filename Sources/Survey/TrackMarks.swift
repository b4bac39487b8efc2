public import Geometry

/// What became of a fix.
public enum FixMark: UInt8, Hashable, Sendable, CaseIterable {
  /// A measured position that may end a claiming step.
  case used
  /// It jumps away and back while its neighbours agree with each other.
  case spike
  /// At the very time of the fix before it: which of the two is right cannot be told, and no speed be computed.
  case duplicate
  /// No fix, dead reckoning, typed in or simulated.
  case notMeasured
  /// Below the survey's `min_quality`.
  case lowQuality
  /// Not a longitude and latitude in degrees.
  case notOnEarth
  /// On a day on which its activity did not work.
  case outsideDates
  /// A point of a route planned beforehand.
  case planned

  public var name: String { Self.names[Int(rawValue)] }
  private static let names = allCases.map { "\($0)" }
}

/// What became of the step that leads to a fix. Duplicates are passed over: the step to the fix after one comes from
/// the fix before it.
public enum StepMark: UInt8, Hashable, Sendable, CaseIterable {
  /// Both ends are used, and near enough to each other in time, distance and speed.
  case claims
  /// As `claims`, but time and speed could not be checked, since an end has no time.
  case claimsUndated
  /// No step leads to the first fix of a segment.
  case start
  /// An end is not used.
  case unusable
  case spike
  case duplicate
  case timeBackwards
  case gapTime
  case gapDistance
  case tooFast

  public var isClaim: Bool { self == .claims || self == .claimsUndated }
  public var name: String { Self.names[Int(rawValue)] }
  private static let names = allCases.map { "\($0)" }
}

/// One fix with its marks, for lists.
public struct MarkedFix: Hashable, Sendable {
  public var fix: Fix
  public var mark: FixMark
  /// What became of the step that leads to it.
  public var step: StepMark

  public init(fix: Fix, mark: FixMark, step: StepMark) { (self.fix, self.mark, self.step) = (fix, mark, step) }
}

/// How often each mark was given.
public struct Tally<Mark>: Hashable, Sendable
where Mark: RawRepresentable & CaseIterable & Hashable & Sendable, Mark.RawValue == UInt8 {
  private var counts: [Int]

  public init() {
    counts = Array(repeating: 0, count: Mark.allCases.reduce(0) { max($0, Int($1.rawValue) + 1) })
  }

  public subscript(mark: Mark) -> Int { counts[Int(mark.rawValue)] }
  public var total: Int { counts.reduce(0, +) }

  mutating func count(_ mark: Mark) { counts[Int(mark.rawValue)] &+= 1 }

  public static func += (a: inout Self, b: Self) {
    for i in a.counts.indices { a.counts[i] &+= b.counts[i] }
  }
}

/// How many fixes and steps there are of each kind.
///
/// Every fix has one mark, and one step that leads to it: `fixes.total` equals `steps.total`.
public struct TrackCounts: Hashable, Sendable {
  public internal(set) var fixes = Tally<FixMark>()
  public internal(set) var steps = Tally<StepMark>()
  /// Used fixes whose sigma was assumed from their quality.
  public internal(set) var sigmaAssumed = 0
  /// Fixes without a time, whatever their mark: they can be outside an activity's dates unseen.
  public internal(set) var undated = 0

  public init() {}

  public static func += (a: inout Self, b: Self) {
    a.fixes += b.fixes
    a.steps += b.steps
    a.sigmaAssumed += b.sigmaAssumed
    a.undated += b.undated
  }
}

/// A corner of walked ground.
public struct TrackPoint: Hashable, Sendable, BitwiseCopyable {
  public var position: Geographic
  /// Metres, horizontal, one axis, one standard deviation.
  public var sigma: Double
  /// Whether sigma was assumed from the quality, since neither the log nor the survey says it.
  public var assumedSigma: Bool
  /// The line of the log, or the index of the point in it.
  public var line: Int32
  /// The local calendar date of its fix, as days since 1970-01-01; `nil` where the fix has no time, or nobody asked.
  public var day: Int32?

  @inlinable public init(
    _ position: Geographic, sigma: Double, assumedSigma: Bool, line: Int32, day: Int32? = nil
  ) {
    (self.position, self.sigma, self.assumedSigma, self.line) = (position, sigma, assumedSigma, line)
    self.day = day
  }
}

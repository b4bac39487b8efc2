public import Geometry

/// What a log's tracks held, for `inspect` and for findings.
public struct TrackSummary: Hashable, Sendable {
  /// A break between two used fixes, longer or further than the rules allow.
  public struct Gap: Hashable, Sendable {
    /// The line of the fix after the gap.
    public var line: Int
    /// Between the two fixes; `nil` where one has no time.
    public var seconds: Double?
    public var metres: Double
  }

  /// A time during which every fix stayed near one place.
  public struct Stay: Hashable, Sendable {
    public var position: Geographic
    public var from, to: Timestamp
    public var fixes: Int
    /// The line of its first fix.
    public var line: Int
  }

  public internal(set) var counts = TrackCounts()
  public internal(set) var qualities = Tally<FixQuality>()
  public internal(set) var tracks = 0
  public internal(set) var segments = 0
  /// The earliest and the latest time of all fixes.
  public internal(set) var firstTime: Timestamp?
  public internal(set) var lastTime: Timestamp?
  /// Of all fixes on the Earth, and of the used ones.
  public internal(set) var bounds = Box<Geographic>()
  public internal(set) var usedBounds = Box<Geographic>()
  /// Of the used fixes, in metres, assumed or not; `nil` where there is none.
  public internal(set) var leastSigma: Double?
  public internal(set) var greatestSigma: Double?
  /// In the order of the log, the first `listLimit` of them; `counts` knows them all.
  public internal(set) var gaps: [Gap] = []
  public internal(set) var longestGap: Gap?
  public internal(set) var stays: [Stay] = []
  public internal(set) var stayCount = 0

  /// Lists stop here, so that a hostile log cannot fill the memory.
  public static let listLimit = 1000

  public init() {}

  mutating func take(_ fix: Fix) {
    qualities.count(fix.quality)
    if let time = fix.time {
      if firstTime.map({ time < $0 }) ?? true { firstTime = time }
      if lastTime.map({ time > $0 }) ?? true { lastTime = time }
    } else {
      counts.undated &+= 1
    }
    if fix.position.isOnEarth { bounds.include(fix.position) }
  }

  mutating func takeUsed(_ point: TrackPoint) {
    usedBounds.include(point.position)
    leastSigma = min(leastSigma ?? point.sigma, point.sigma)
    greatestSigma = max(greatestSigma ?? point.sigma, point.sigma)
    if point.assumedSigma { counts.sigmaAssumed &+= 1 }
  }

  mutating func take(_ gap: Gap) {
    if gaps.count < Self.listLimit { gaps.append(gap) }
    guard let longest = longestGap else {
      longestGap = gap
      return
    }
    if (gap.seconds ?? 0, gap.metres) > (longest.seconds ?? 0, longest.metres) { longestGap = gap }
  }

  mutating func take(_ stay: Stay) {
    stayCount &+= 1
    if stays.count < Self.listLimit { stays.append(stay) }
  }
}

public import Geometry

/// How a receiver arrived at a position. NMEA 0183 GGA's digits; other formats are mapped to these.
public enum FixQuality: UInt8, Hashable, Sendable, CaseIterable {
  case invalid = 0
  case autonomous = 1
  case differential = 2
  case pps = 3
  case rtkFixed = 4
  case rtkFloat = 5
  case estimated = 6
  case manual = 7
  case simulated = 8
  /// The log does not say.
  case unknown = 255

  /// Whether it stands for a measured position: no-fix, dead reckoning, manual and simulated input do not.
  public var isMeasured: Bool {
    switch self {
    case .invalid, .estimated, .manual, .simulated: false
    case .autonomous, .differential, .pps, .rtkFixed, .rtkFloat, .unknown: true
    }
  }

  /// The horizontal sigma assumed where a log says nothing, in metres, one axis, one standard deviation.
  ///
  /// Project values (`docs/decisions/`); whatever is assumed by them is printed as assumed.
  public var assumedSigma: Double {
    switch self {
    case .rtkFixed: 0.02
    case .rtkFloat: 0.5
    case .differential: 1.0
    default: 3.0
    }
  }

  /// From worst to best, for `min_quality`.
  public var rank: Int {
    switch self {
    case .invalid, .estimated, .manual, .simulated: 0
    case .unknown: 1
    case .autonomous, .pps: 2
    case .differential: 3
    case .rtkFloat: 4
    case .rtkFixed: 5
    }
  }

  /// The word used in outputs and in `survey.toml`.
  public var name: String {
    switch self {
    case .invalid: "invalid"
    case .autonomous: "autonomous"
    case .differential: "dgps"
    case .pps: "pps"
    case .rtkFixed: "rtk-fixed"
    case .rtkFloat: "rtk-float"
    case .estimated: "estimated"
    case .manual: "manual"
    case .simulated: "simulated"
    case .unknown: "unknown"
    }
  }

  public init?(name: String) {
    guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }
}

/// One position that a receiver reported, with what the log says of it.
public struct Fix: Hashable, Sendable {
  public var position: Geographic
  public var time: Timestamp?
  public var quality: FixQuality
  /// Horizontal, one axis, one standard deviation, in metres; `nil` where the log does not say.
  public var sigma: Double?
  /// Metres, in the log's own vertical datum.
  public var elevation: Double?
  public var hdop: Double?
  public var satellites: Int?
  /// The line of a text log, or the index of the point (from 1) in others.
  public var line: Int

  public init(
    _ position: Geographic, time: Timestamp? = nil, quality: FixQuality = .unknown, sigma: Double? = nil,
    elevation: Double? = nil, hdop: Double? = nil, satellites: Int? = nil, line: Int
  ) {
    (self.position, self.time, self.quality, self.sigma) = (position, time, quality, sigma)
    (self.elevation, self.hdop, self.satellites, self.line) = (elevation, hdop, satellites, line)
  }
}

/// A named place in a log: a find, a benchmark, a turning point.
public struct Waypoint: Hashable, Sendable {
  public var fix: Fix
  public var name: String?
  public var symbol: String?
  public var comment: String?

  public init(_ fix: Fix, name: String? = nil, symbol: String? = nil, comment: String? = nil) {
    (self.fix, self.name, self.symbol, self.comment) = (fix, name, symbol, comment)
  }
}

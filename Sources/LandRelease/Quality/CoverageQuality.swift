import Geometry
public import Survey

/// How well a survey's clearance covers its ground.
public struct CoverageQuality: Sendable {
  /// Wider than what may be left; by hazard, then from west to east.
  public internal(set) var holes: [Hole] = []
  /// Places between cleared ground that are narrower: how many, and their square metres.
  public internal(set) var narrowCount = 0, narrowArea = 0.0
  /// What remains besides: neither a hole nor narrower.
  public internal(set) var rest = GroundNotEnclosed()
  public internal(set) var overlaps = Overlaps()
  public internal(set) var productivity = Productivity()
  public internal(set) var depths: [DepthCheck] = []

  public var isShallow: Bool { depths.contains { $0.shallow > 0 } }
}

/// Ground that remains and is not inside or between cleared ground: the front of the work, and where nobody has worked yet.
public struct GroundNotEnclosed: Hashable, Sendable {
  /// Connected places that are wider than what may be left.
  public internal(set) var count = 0
  /// Square metres, with corners and slivers that lie apart from these places.
  public internal(set) var area = 0.0
  /// Metres: the diameter of the largest circle in any of them, up to 0.1 m more.
  public internal(set) var width = 0.0

  mutating func add(_ other: GroundNotEnclosed) {
    (count, area, width) = (count + other.count, area + other.area, max(width, other.width))
  }
}

/// Reckons the quality of coverage from the same arrangement as the ledger. `width` is in metres, greater than 0.
///
/// Holes are of the nominal reckoning, or of the assured one where the options say so; the sums are the ledger's own.
public func coverageQuality(
  _ survey: FieldSurvey, steps: StepStore, width: Double, options: PartitionOptions = PartitionOptions(),
  progress: (Int, Int) -> Void = { _, _ in }
) async throws -> (result: PartitionResult, quality: CoverageQuality) {
  var quality = CoverageQuality()
  var options = options
  options.tellsDays = true
  let (result, account) = try await partitionInGroups(survey, steps: steps, options: options, progress: progress) {
    let found = try HolesOfGroup($0, width: width)
    quality.holes += found.holes
    quality.narrowCount += found.narrowCount
    quality.narrowArea += found.narrowArea
    quality.rest.add(found.rest)
  }
  quality.holes.sort {
    ($0.hazard.id, $0.center.longitude, $0.center.latitude) < ($1.hazard.id, $1.center.longitude, $1.center.latitude)
  }
  quality.overlaps = Overlaps(account.sum.together, account.sum.days.together, of: survey.activities)
  quality.productivity = Productivity(result.ledger, account.sum.days.sums, of: survey.activities)
  quality.depths = depthChecks(account)
  return (result, quality)
}

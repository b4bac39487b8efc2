import Synchronization

public import Geometry
public import Survey

/// Consecutive points of a track whose steps all claim ground, kept aside.
public struct Run: Hashable, Sendable {
  /// Index of the activity.
  public let activity: Int
  /// Index of the log among the activity's logs, and of the run in that log: the order of the input.
  public let log, sequence: Int
  public let box: Box<Geographic>
  /// How many points it has.
  public let count: Int
  /// Where its points are, for whoever keeps them.
  fileprivate let offset: Int

  /// The local calendar day of all its steps; `nil` where nobody knows it.
  public let day: CivilDate?
  /// The digest of its points, where somebody vouches for it: runs with the same are the same.
  let seal: String?

  /// A run whose points are kept elsewhere, under a number.
  public init(
    activity: Int, log: Int, sequence: Int, box: Box<Geographic>, count: Int, day: CivilDate?, number: Int,
    seal: String? = nil
  ) {
    (self.activity, self.log, self.sequence, self.box) = (activity, log, sequence, box)
    (self.count, self.day, offset, self.seal) = (count, day, number, seal)
  }
}

/// An end of a walked step.
struct StepPoint: Sendable {
  /// The longitude counted on past 180 degrees where its run crosses it.
  let position: Geographic
  /// Metres.
  let sigma: Double
  /// The line of the log, or the index of the point in it.
  let line: Int
}

/// Walked steps in a temporary file, or in a store of surveys, so that memory does not grow with the survey.
///
/// Logs are read once, in any order and by several threads; each hazard later takes back only the runs near it.
public final class StepStore: Sendable {
  private struct State {
    var runs: [Run] = []
    var pending: [Double] = []
    var written = 0
  }
  /// Reads the numbers of a run that is kept elsewhere, by its number.
  public typealias Source = @Sendable (Int) throws(LandReleaseError) -> [Double]
  private enum Keeping {
    case file(NumberFile)
    case elsewhere(Source)
  }
  private let keeping: Keeping
  private let state = Mutex(State())
  private static let numbersPerPoint = 4
  private static let flushAt = 1 << 16

  /// In `$TMPDIR`, or `/tmp`.
  public init() throws(LandReleaseError) {
    do { keeping = .file(try NumberFile()) } catch { throw .storage(error.description) }
  }

  /// Of runs that are kept elsewhere; nothing can be added to them.
  public init(runs: [Run], source: @escaping Source) {
    keeping = .elsewhere(source)
    state.withLock { $0.runs = runs }
  }

  /// Every run, in the order of the input.
  public var runs: [Run] {
    state.withLock { state in
      state.runs.sorted { ($0.activity, $0.log, $0.sequence) < ($1.activity, $1.log, $1.sequence) }
    }
  }

  /// Keeps points whose steps are of one day, that of the last point.
  public func append(
    _ points: [TrackPoint], activity: Int, log: Int, sequence: Int
  ) throws(LandReleaseError) {
    let run: (Int) -> Run = { offset in
      Run(
        activity: activity, log: log, sequence: sequence, box: Box(unwrapped(points.map(\.position))),
        count: points.count, day: points.last?.day.map { CivilDate(daysSinceEpoch: Int($0)) }, number: offset)
    }
    try state.withLock { (state: inout sending State) throws(LandReleaseError) in
      state.runs.append(run(state.written + state.pending.count))
      for point in points {
        state.pending.append(point.position.longitude)
        state.pending.append(point.position.latitude)
        state.pending.append(point.sigma)
        state.pending.append(Double(point.line))
      }
      if state.pending.count >= Self.flushAt { try flush(&state) }
    }
  }

  /// Takes back what was kept of a log that turns out to be of another place.
  public func drop(activity: Int, log: Int) {
    state.withLock { $0.runs.removeAll { $0.activity == activity && $0.log == log } }
  }

  /// Four numbers for each point of a run: longitude and latitude in degrees, sigma in metres, line.
  public func numbers(of run: Run) throws(LandReleaseError) -> [Double] {
    switch keeping {
    case .elsewhere(let source): return try source(run.offset)
    case .file(let file):
      try state.withLock { (state: inout sending State) throws(LandReleaseError) in
        if !state.pending.isEmpty { try flush(&state) }
      }
      do { return try file.read(run.count * Self.numbersPerPoint, at: run.offset) } catch {
        throw .storage(error.description)
      }
    }
  }

  /// The points of a run.
  func points(of run: Run) throws(LandReleaseError) -> [StepPoint] {
    let numbers = try numbers(of: run)
    let positions = unwrapped((0..<run.count).map { Geographic(numbers[4 * $0], numbers[4 * $0 + 1]) })
    return positions.enumerated().map {
      StepPoint(position: $1, sigma: numbers[4 * $0 + 2], line: Int(numbers[4 * $0 + 3]))
    }
  }

  private func flush(_ state: inout State) throws(LandReleaseError) {
    guard case .file(let file) = keeping else { return }
    do { try file.write(state.pending, at: state.written) } catch { throw .storage(error.description) }
    state.written += state.pending.count
    state.pending.removeAll(keepingCapacity: true)
  }
}

/// Positions in a row, each longitude within half a turn of the one before it.
func unwrapped(_ positions: [Geographic]) -> [Geographic] {
  guard var last = positions.first?.longitude else { return [] }
  return positions.map { position in
    last += (position.longitude - last).remainder(dividingBy: 360)
    // Untouched where nothing wraps, to the last bit.
    return abs(last - position.longitude) < 180 ? position : Geographic(last, position.latitude)
  }
}

public import Geometry

/// The operation that a set of coordinates is carried over by, and why this one.
public struct OperationChoice: Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// Both CRSs are on one datum.
    case sameDatum
    /// The user named it.
    case named
    /// The preset of this name pins it.
    case preset(String)
    /// It is the only one.
    case only
    /// All others agree with it within the accuracies stated.
    case agreeing
  }
  public let operation: CoordinateOperation
  public let reason: Reason
  /// The other candidates and where they would put the same points.
  public let others: [Alternative]
}

/// A candidate, and how many metres from the chosen one it puts the farthest of the points looked at.
public struct Alternative: Hashable, Sendable {
  public let operation: CoordinateOperation
  public let distance: Double
}

/// What the user or a preset has decided beforehand.
public struct OperationWishes: Hashable, Sendable {
  /// Codes that the user named, such as `EPSG:9495`, for whichever datums they are.
  public var named: [String] = []
  /// A preset's name, and the codes that it pins, the best first: the first that can be run is taken.
  public var preset: (name: String, codes: [String])? {
    get { presetName.map { ($0, presetCodes) } }
    set { (presetName, presetCodes) = (newValue?.name, newValue?.codes ?? []) }
  }
  /// Operations that are not taken unless they are named, whatever area they claim to be for.
  public var avoided: [String] = []
  /// Whether an operation may be taken though a better one is known whose grid is missing.
  public var allowsMissingGrid = false
  private var presetName: String?
  private var presetCodes: [String] = []

  public init(named: [String] = []) { self.named = named }
}

extension OperationChoice {
  /// Chooses one operation for all of `samples`, points in the source CRS, east first.
  ///
  /// What is named goes before what a preset pins, and that before what is best by the stated accuracy. Without either
  /// the candidates have to agree within their accuracies at every sample. Throws `crs.choice` where they do not, and
  /// says how far apart they are; `crs.ballpark` where there is none with a datum shift; `crs.missing-grid` where the one
  /// that was named, or a better one than all that can be run, needs a grid that is not installed; `crs.grid` where the
  /// one that was named or pinned has its grid, and the grid cannot be used.
  public static func choose(
    from source: ReferenceSystem, to target: ReferenceSystem, at samples: [Projected], _ wishes: OperationWishes
  ) throws(ProjectionError) -> OperationChoice {
    let what = "\(source.code ?? source.name) to \(target.code ?? target.name)"
    let everywhere = try candidates(from: source, to: target, over: nil)
    if let same = everywhere.first(where: { $0.code == "none" && $0.isUsable }) {
      return OperationChoice(operation: same, reason: .sameDatum, others: [])
    }
    let spread = Spread(samples, everywhere)
    if let choice = try decided(from: source, to: target, wishes, spread) { return choice }
    guard wishes.named.isEmpty else {
      throw ProjectionError(
        operation: wishes.named.joined(separator: ", "),
        reason: "no such operation from \(what); there is: \(everywhere.map(\.code).joined(separator: ", "))")
    }
    let box = spread.box(source, target)
    let near = try candidates(from: source, to: target, over: box, strictly: false)
    func isAvoided(_ candidate: CoordinateOperation) -> Bool {
      (wishes.avoided + [CoordinateOperation.onlyByName]).contains { candidate.contains($0) }
    }
    let covering = try candidates(from: source, to: target, over: box)
      .filter { !$0.isBallpark && !isAvoided($0) }
      .sorted { ($0.accuracy ?? .infinity, $0.code) < ($1.accuracy ?? .infinity, $1.code) }
    guard let best = covering.first(where: \.isUsable) else {
      throw ProjectionError(
        "crs.ballpark", operation: what,
        reason: "no operation with a datum shift covers these points; a guess may be off by hundreds of metres")
    }
    if let better = covering.first, !better.isUsable, !wishes.allowsMissingGrid {
      throw ProjectionError(
        "crs.missing-grid", operation: what,
        reason:
          "\(better.label) needs the grid \(better.missingGrids.joined(separator: ", ")), which is not installed: "
          + "install it, or allow a missing grid, or name another operation; "
          + describe(spread.alternatives(near, to: better.isUsable ? better : best)))
    }
    let others = spread.alternatives(near, to: best)
    guard others.allSatisfy({ $0.distance <= ($0.operation.accuracy ?? 0) + (best.accuracy ?? 0) }) else {
      throw ProjectionError(
        "crs.choice", operation: what,
        reason: "the operations for this place differ by more than their accuracies; name one: \(best.label); "
          + describe(others))
    }
    return OperationChoice(operation: best, reason: others.isEmpty ? .only : .agreeing, others: others)
  }

  /// By name, or by a preset.
  private static func decided(
    from source: ReferenceSystem, to target: ReferenceSystem, _ wishes: OperationWishes, _ spread: Spread
  ) throws(ProjectionError) -> OperationChoice? {
    for (codes, isNamed) in [(wishes.named, true), (wishes.preset?.codes ?? [], false)] {
      for code in codes {
        guard let found = try Projection.operation(code, from: source, to: target) else { continue }
        if let grid = found.missingGrids.first {
          guard isNamed else { continue }
          throw ProjectionError(
            "crs.missing-grid", operation: found.label,
            reason: "needs the grid \(grid), which is not installed: install it, or name another operation")
        }
        // Never passed over in silence: who installs a grid counts on it.
        if let grid = found.grids.first, !spread.isCarried(by: found) {
          throw ProjectionError(
            "crs.grid", operation: found.label,
            reason: "the grid \(grid.name) is installed, but cannot be read or does not hold these points: replace it, "
              + "take it away, or name another operation")
        }
        let reason = isNamed ? Reason.named : .preset(wishes.preset?.name ?? "")
        let near = try candidates(from: source, to: target, over: spread.box(source, target), strictly: false)
        return OperationChoice(operation: found, reason: reason, others: spread.alternatives(near, to: found))
      }
    }
    return nil
  }
}

private func describe(_ others: [Alternative]) -> String {
  others.map { "\($0.operation.label) \(metres($0.distance)) away" }.joined(separator: "; ")
}

extension CoordinateOperation {
  /// Code and accuracy, such as `EPSG:9495 (0.46 m)`.
  public var label: String {
    let plain = code.split(separator: " ").map { step in
      step.hasPrefix("INVERSE(") ? String(step.dropFirst(8)).split(separator: ")").joined() : String(step)
    }.joined(separator: " ")
    return accuracy.map { "\(plain) (\(metres($0)))" } ?? plain
  }
}

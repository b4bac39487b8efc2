import CPROJ

/// Runs one coordinate operation. Costs 1-2 ms to make and some 0.3 µs a point; one a thread and task.
///
///     let transformer = try Transformer.open(operation)
///     try transformer.transform(&eastings, &northings)     // now longitudes and latitudes
///
/// Pairs are east (or longitude) first, metres or degrees as the CRS has them.
@safe public struct Transformer: ~Copyable {
  private let engine: Engine
  /// In the order in which they run.
  let stages: [OpaquePointer]
  private let name: String

  private init(_ engine: consuming Engine, _ stages: [OpaquePointer], _ name: String) {
    self.engine = engine
    unsafe self.stages = stages
    self.name = name
  }

  // Before the engine's own deinit: an object of PROJ must not outlive its context.
  deinit { for index in unsafe stages.indices { unsafe proj_destroy(stages[index]) } }

  /// Throws `crs.ballpark` and `crs.missing-grid` for what cannot be run with a stated accuracy.
  public static func open(_ operation: CoordinateOperation) throws(ProjectionError) -> Transformer {
    let what = operation.code == "none" ? operation.name : "\(operation.code) (\(operation.name))"
    guard !operation.isBallpark else {
      throw ProjectionError("crs.ballpark", operation: what, reason: "leaves a datum shift out: hundreds of metres")
    }
    if let grid = operation.missingGrids.first {
      throw ProjectionError(
        "crs.missing-grid", operation: what, reason: "needs the grid \(grid), which is not installed")
    }
    return try open(pipelines: operation.pipelines, name: what)
  }

  /// PROJ's own pipelines or operations, one after the other, with whatever units they have.
  public static func open(pipelines: [String], name: String) throws(ProjectionError) -> Transformer {
    let engine = try Engine.open()
    var stages: [OpaquePointer] = unsafe []
    for pipeline in pipelines {
      guard let stage = unsafe proj_create(engine.context, pipeline) else {
        for index in unsafe stages.indices { unsafe proj_destroy(stages[index]) }
        throw engine.failure(name)
      }
      unsafe stages.append(stage)
    }
    guard !pipelines.isEmpty else { throw ProjectionError(operation: name, reason: "there is no pipeline for it") }
    return unsafe Transformer(engine, stages, name)
  }

  /// Carries pairs over in place; `epoch` in decimal years, for operations between frames that drift. `backwards` runs
  /// the operation from its target to its source.
  ///
  /// Throws `crs.outside` where PROJ cannot carry one of them over: a point far from where the projection is defined.
  public func transform(
    _ x: inout [Double], _ y: inout [Double], epoch: Double? = nil, backwards: Bool = false
  ) throws(ProjectionError) {
    let (count, stride) = (min(x.count, y.count), MemoryLayout<Double>.stride)
    for index in order(backwards) {
      let stage = unsafe stages[index]
      unsafe proj_errno_reset(stage)
      var time = epoch ?? Double.infinity
      unsafe x.withUnsafeMutableBufferPointer { x in
        unsafe y.withUnsafeMutableBufferPointer { y in
          unsafe _ = proj_trans_generic(
            stage, backwards ? PJ_INV : PJ_FWD, x.baseAddress, stride, count, y.baseAddress, stride, count, nil, 0, 0,
            &time, stride, 1)
        }
      }
    }
    // PROJ writes HUGE_VAL where it refuses a point, whatever its error number says afterwards.
    guard x.allSatisfy(\.isFinite), y.allSatisfy(\.isFinite) else {
      throw ProjectionError("crs.outside", operation: name, reason: "a point lies outside of where it is defined")
    }
  }

  func order(_ backwards: Bool) -> [Int] {
    let indices = unsafe stages.indices
    return backwards ? indices.reversed() : Array(indices)
  }

  /// One pair; `nil` where PROJ cannot carry it over.
  public func transform(
    _ x: Double, _ y: Double, epoch: Double? = nil, backwards: Bool = false
  ) -> (x: Double, y: Double)? {
    let moved = transform(SIMD4(x, y, 0, epoch ?? .infinity), backwards: backwards)
    return moved.x.isFinite && moved.y.isFinite ? (moved.x, moved.y) : nil
  }
}

import CPROJ
public import Geometry
import Synchronization

/// Every operation that PROJ knows between two CRSs, usable or not, in PROJ's order.
///
/// `box`, in degrees, is where they have to be valid: wholly where `strictly`, somewhere otherwise. Ballpark operations
/// and those whose grid is missing are among them, so that they can be named and refused.
public func candidates(
  from source: ReferenceSystem, to target: ReferenceSystem, over box: Box<Geographic>?, strictly: Bool = true
) throws(ProjectionError) -> [CoordinateOperation] {
  let question = Question(source: source, target: target, box: box, strictly: strictly)
  if let known = answers.withLock({ $0[question] }) { return known }
  let found = try search(from: source, to: target, over: box, strictly)
  answers.withLock { answers in
    if answers.count >= 64 { answers.removeAll() }
    answers[question] = found
  }
  return found
}

private struct Question: Hashable {
  let source, target: ReferenceSystem
  let box: Box<Geographic>?
  let strictly: Bool
}

/// What was asked before: a search takes 10 to 40 ms, and to choose an operation the same is asked several times.
private let answers = Mutex<[Question: [CoordinateOperation]]>([:])

/// The same, asked of PROJ whatever was found before.
func search(
  from source: ReferenceSystem, to target: ReferenceSystem, over box: Box<Geographic>?, _ strictly: Bool
) throws(ProjectionError) -> [CoordinateOperation] {
  let engine = try Engine.open()
  let context = unsafe engine.context
  let what = "\(source.code ?? source.name) to \(target.code ?? target.name)"
  guard let from = unsafe Handle.of(proj_create(context, source.definition)),
    let to = unsafe Handle.of(proj_create(context, target.definition))
  else { throw engine.failure(what) }
  guard let factory = unsafe proj_create_operation_factory_context(context, nil) else { throw engine.failure(what) }
  defer { unsafe proj_operation_factory_context_destroy(factory) }
  if let box {
    unsafe proj_operation_factory_context_set_area_of_interest(
      context, factory, box.minX, box.minY, box.maxX, box.maxY)
  }
  unsafe proj_operation_factory_context_set_spatial_criterion(
    context, factory,
    strictly && box != nil ? PROJ_SPATIAL_CRITERION_STRICT_CONTAINMENT : PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION)
  unsafe proj_operation_factory_context_set_grid_availability_use(
    context, factory, PROJ_GRID_AVAILABILITY_USED_FOR_SORTING)
  guard let list = unsafe proj_create_operations(context, from.pointer, to.pointer, factory) else {
    throw engine.failure(what)
  }
  defer { unsafe proj_list_destroy(list) }
  return (0..<(unsafe proj_list_get_count(list))).compactMap { index in
    guard let operation = unsafe Handle.of(proj_list_get(context, list, index)) else { return nil }
    return CoordinateOperation(operation, from: source, to: target, engine)
  }
}

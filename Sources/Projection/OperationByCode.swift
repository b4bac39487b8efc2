import CPROJ

/// The operation of a code, such as `EPSG:9495`, between two CRSs, wherever it is valid.
///
/// It may begin or end at another realisation of the frame that was asked for, as EPSG:9495 ends at SRB_ETRS89: where the
/// authority has a null operation between the two (EPSG:8894, say, with 1 m), they are taken for one, and `equated` says so.
/// `nil` where the code names no operation between these datums.
public func operation(
  _ code: String, from source: ReferenceSystem, to target: ReferenceSystem
) throws(ProjectionError) -> CoordinateOperation? {
  if let found = try candidates(from: source, to: target, over: nil).first(where: { $0.contains(code) }) {
    return found
  }
  for end in try ends(of: code) {
    if let doubt = try doubtOfEquating(end, with: source),
      var found = try candidates(from: end, to: target, over: nil).first(where: { $0.contains(code) })
    {
      try found.prepend(source, takenFor: end, doubt)
      return found
    }
    if let doubt = try doubtOfEquating(end, with: target),
      var found = try candidates(from: source, to: end, over: nil).first(where: { $0.contains(code) })
    {
      try found.append(target, takenFor: end, doubt)
      return found
    }
  }
  return nil
}

extension CoordinateOperation {
  /// The same datum operation from this one's target to its source.
  public func reversed() throws(ProjectionError) -> CoordinateOperation {
    let back =
      code == "none"
      ? try candidates(from: target, to: source, over: nil).first { $0.code == "none" }
      : try Projection.operation(datumCode, from: target, to: source)
    guard let back else { throw ProjectionError(operation: label, reason: "PROJ does not know it the other way") }
    return back
  }

  fileprivate mutating func prepend(
    _ crs: ReferenceSystem, takenFor end: ReferenceSystem, _ doubt: Double
  ) throws(ProjectionError) {
    if !crs.isGeographic { pipelines = try mapProjection(of: crs, inverse: true) + pipelines }
    source = crs
    equated = Equated(frame: end.name, doubt: doubt)
  }

  fileprivate mutating func append(
    _ crs: ReferenceSystem, takenFor end: ReferenceSystem, _ doubt: Double
  ) throws(ProjectionError) {
    if !crs.isGeographic { pipelines += try mapProjection(of: crs, inverse: false) }
    target = crs
    equated = Equated(frame: end.name, doubt: doubt)
  }
}

/// Between a projected CRS and the geographic one at its base.
private func mapProjection(of crs: ReferenceSystem, inverse: Bool) throws(ProjectionError) -> [String] {
  guard let base = crs.base else { throw ProjectionError(operation: crs.name, reason: "its base CRS has no code") }
  let geographic = try ReferenceSystem(base)
  let found =
    try inverse ? candidates(from: crs, to: geographic, over: nil) : candidates(from: geographic, to: crs, over: nil)
  return found.first?.pipelines ?? []
}

/// Metres that the authority states for taking one geographic CRS for the base of another: the accuracy of the operation
/// between them that changes nothing. `nil` where there is none: those two must not be confused.
private func doubtOfEquating(_ end: ReferenceSystem, with crs: ReferenceSystem) throws(ProjectionError) -> Double? {
  guard let base = crs.base, base != end.base else { return nil }
  let null = try candidates(from: end, to: ReferenceSystem(base), over: nil).first { operation in
    !operation.isBallpark && operation.pipelines.allSatisfy { $0.contains("proj=noop") }
  }
  return null?.accuracy
}

/// The geographic CRSs at both ends of an operation, in two dimensions.
private func ends(of code: String) throws(ProjectionError) -> [ReferenceSystem] {
  let engine = try Engine.open()
  let parts = code.split(separator: ":")
  guard let digits = parts.last else { return [] }
  let authority = parts.count > 1 ? String(parts[0]) : "EPSG"
  let found = unsafe Handle.of(
    proj_create_from_database(engine.context, authority, String(digits), PJ_CATEGORY_COORDINATE_OPERATION, 0, nil))
  guard let operation = found else { return [] }
  return unsafe [
    proj_get_target_crs(engine.context, operation.pointer), proj_get_source_crs(engine.context, operation.pointer),
  ].compactMap { pointer in
    guard let crs = unsafe Handle.of(pointer), let code = unsafe identity(of: crs.pointer) else { return nil }
    return try? ReferenceSystem(code)
  }
}

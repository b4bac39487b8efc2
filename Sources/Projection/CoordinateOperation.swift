import CPROJ
public import Geometry

/// One way from a CRS to another, with the name and the accuracy that its authority gives it.
public struct CoordinateOperation: Hashable, Sendable {
  /// A file of shifts that the operation looks its values up in.
  public struct Grid: Hashable, Sendable {
    public let name: String
    /// Where it lies; `nil` where it is not installed.
    public let path: String?
    public var isInstalled: Bool { path != nil }
  }

  public internal(set) var source, target: ReferenceSystem
  /// The datum operations by authority and code, `INVERSE(EPSG):9495` where it runs backwards; "none" where both CRSs
  /// are on one datum. Map projections have nothing to say here.
  public let code: String
  public let name: String
  /// Metres; `nil` where the authority states none.
  public let accuracy: Double?
  public let grids: [Grid]
  /// Whether a datum shift is left out because nobody published one: then the result may be off by hundreds of metres.
  public let isBallpark: Bool
  /// Where it is meant to be used, in degrees.
  public let areaOfUse: Box<Geographic>?
  public let areaName: String
  /// As PROJ runs it, east (or longitude) first on both sides: mostly one pipeline, two where frames are equated between
  /// them; none where a grid is missing.
  public internal(set) var pipelines: [String]
  /// Where the operation ends, or begins, at another realisation of WGS 84 than the CRS that was asked for.
  public internal(set) var equated: Equated?

  /// Two frames taken for one, and how far apart they are.
  public struct Equated: Hashable, Sendable {
    public let frame: String
    /// Metres.
    public let doubt: Double
  }

  /// The code of its datum operation without the direction: `EPSG:9495`. Of several steps, all as they are.
  public var datumCode: String {
    guard code.hasPrefix("INVERSE("), !code.contains(" ") else { return code }
    return code.dropFirst("INVERSE(".count).split(separator: ")").joined()
  }

  public var missingGrids: [String] { grids.filter { !$0.isInstalled }.map(\.name) }

  /// Whether it can be run as it is: no guess, and no grid missing.
  public var isUsable: Bool { !isBallpark && missingGrids.isEmpty && !pipelines.isEmpty }

  /// What a user has to reckon with: the operation's accuracy and, where frames were equated, that doubt too.
  public var uncertainty: Double? { accuracy.map { $0 + (equated?.doubt ?? 0) } }

  /// Whether one of its steps is the operation of a code, `EPSG:9495` or `9495`, forwards or backwards.
  public func contains(_ wanted: String) -> Bool {
    if code == wanted { return true }
    let digits = wanted.split(separator: ":").last ?? ""
    let authority = wanted.contains(":") ? String(wanted.prefix { $0 != ":" }).uppercased() : "EPSG"
    let forms = ["\(authority):\(digits)", "INVERSE(\(authority)):\(digits)"]
    return code.split(separator: " ").contains { forms.contains(String($0)) }
  }
}

extension CoordinateOperation {
  /// Reads what PROJ says of an operation.
  init?(
    _ operation: borrowing Handle, from source: ReferenceSystem, to target: ReferenceSystem,
    _ engine: borrowing Engine
  ) {
    let context = unsafe engine.context
    (self.source, self.target) = (source, target)
    let codes = unsafe stepCodes(operation.pointer, context)
    code = codes.isEmpty ? "none" : codes.joined(separator: " ")
    name = unsafe text(proj_get_name(operation.pointer))
    let accuracy = unsafe proj_coordoperation_get_accuracy(context, operation.pointer)
    self.accuracy = accuracy >= 0 ? accuracy : nil
    grids = unsafe gridsUsed(operation.pointer, context)
    isBallpark = unsafe proj_coordoperation_has_ballpark_transformation(context, operation.pointer) != 0
    (areaOfUse, areaName) = unsafe area(of: operation.pointer, context)
    // The one place where axes are put in order: EPSG:4326 means latitude first.
    guard let normal = unsafe Handle.of(proj_normalize_for_visualization(context, operation.pointer)) else {
      return nil
    }
    let pipeline = unsafe text(proj_as_proj_string(context, normal.pointer, PJ_PROJ_5, nil))
    pipelines = pipeline.isEmpty ? [] : [pipeline]
    equated = nil
  }
}

private func gridsUsed(_ operation: OpaquePointer, _ context: OpaquePointer) -> [CoordinateOperation.Grid] {
  (0..<(unsafe proj_coordoperation_get_grid_used_count(context, operation))).compactMap { index in
    var name: UnsafePointer<CChar>?
    var path: UnsafePointer<CChar>?
    var isInstalled: Int32 = 0
    let found = unsafe proj_coordoperation_get_grid_used(
      context, operation, index, &name, &path, nil, nil, nil, nil, &isInstalled)
    guard found != 0 else { return nil }
    return unsafe CoordinateOperation.Grid(name: text(name), path: isInstalled != 0 ? text(path) : nil)
  }
}

/// The codes of the datum operations among the steps.
private func stepCodes(_ operation: OpaquePointer, _ context: OpaquePointer) -> [String] {
  let steps = unsafe proj_concatoperation_get_step_count(context, operation)
  guard steps > 0 else { return unsafe datumCode(of: operation).map { [$0] } ?? [] }
  return (0..<steps).compactMap { index in
    guard let step = unsafe Handle.of(proj_concatoperation_get_step(context, operation, index)) else { return nil }
    return unsafe datumCode(of: step.pointer)
  }
}

private func datumCode(of step: OpaquePointer) -> String? {
  unsafe proj_get_type(step) == PJ_TYPE_TRANSFORMATION ? identity(of: step) : nil
}

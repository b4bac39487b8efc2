import CPROJ

extension ReferenceSystem {
  /// PROJ's confidence from which a CRS counts as identified. 90: the same under another name; what is below differs in a
  /// parameter or its datum (`proj_identify`, proj.org/development/reference/functions.html).
  private static let leastConfidence: Int32 = 90

  /// The CRS of EPSG that a file describes by WKT in any of its forms, or names by a code.
  ///
  /// A code that stands in WKT is not trusted: the parameters decide. Throws as `init` does, and `crs.unidentified` where no
  /// CRS of EPSG is the same, or several are.
  public init(identifying text: String) throws(ProjectionError) {
    guard text.contains("[") else {
      self = try ReferenceSystem(text)
      return
    }
    let code = try ReferenceSystem.code(of: text)
    self = try ReferenceSystem(code)
  }

  /// Whether both are one CRS, under one code or two, the order of axes aside.
  public func isSame(as other: ReferenceSystem) -> Bool {
    if let code, code == other.code { return true }
    guard let engine = try? Engine.open(),
      let first = unsafe Handle.of(proj_create(engine.context, definition)),
      let second = unsafe Handle.of(proj_create(engine.context, other.definition)),
      let one = unsafe Handle.of(proj_normalize_for_visualization(engine.context, first.pointer)),
      let two = unsafe Handle.of(proj_normalize_for_visualization(engine.context, second.pointer))
    else { return false }
    return unsafe proj_is_equivalent_to_with_ctx(engine.context, one.pointer, two.pointer, PJ_COMP_EQUIVALENT) != 0
  }

  private static func code(of wkt: String) throws(ProjectionError) -> String {
    // Describes it first, and with that refuses what is no CRS that could be used at all.
    let described = try ReferenceSystem(wkt)
    let engine = try Engine.open()
    guard let crs = unsafe Handle.of(proj_create(engine.context, wkt)) else { throw engine.failure(described.name) }
    var confidences: UnsafeMutablePointer<Int32>?
    let found = unsafe proj_identify(engine.context, crs.pointer, "EPSG", nil, &confidences)
    defer { unsafe proj_int_list_destroy(confidences) }
    var sure: [(code: String, confidence: Int32, isDeprecated: Bool)] = []
    var nearest: String?
    if let list = unsafe found, let confidences = unsafe confidences {
      defer { unsafe proj_list_destroy(list) }
      for index in 0..<(unsafe proj_list_get_count(list)) {
        guard let item = unsafe Handle.of(proj_list_get(engine.context, list, index)),
          let code = unsafe identity(of: item.pointer)
        else { continue }
        let confidence = unsafe confidences[Int(index)]
        if nearest == nil { nearest = unsafe "\(code) (\(Projection.text(proj_get_name(item.pointer))))" }
        if confidence >= leastConfidence {
          sure.append((code, confidence, unsafe proj_is_deprecated(item.pointer) != 0))
        }
      }
    }
    let best = sure.filter { $0.confidence == sure.map(\.confidence).max() }
    let inForce = best.filter { !$0.isDeprecated }
    let matches = inForce.isEmpty ? best : inForce
    if matches.count == 1 { return matches[0].code }
    let why =
      matches.count > 1
      ? "it is the same as \(matches.map(\.code).joined(separator: " and ")), which differ in their datum or name"
      : "no CRS of EPSG is the same" + (nearest.map { "; the nearest is \($0)" } ?? "")
    throw ProjectionError("crs.unidentified", operation: String(described.name.prefix(64)), reason: why)
  }
}

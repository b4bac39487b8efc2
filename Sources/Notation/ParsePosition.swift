import Geometry

/// Reads a position as people type it: degrees in many ways, UTM, UPS, MGRS, or two numbers of a grid.
///
///     try parsePosition("43°19′28.9″N 21°54′11.9″E")  // .geographic
///     try parsePosition("43,3247 21,9033")              // .degreePair: which is latitude was not said
///     try parsePosition("34T EN 73237 97269")           // .mgrs
///
/// Every way to read the text is tried: point and comma as decimal mark or not, letters in each language. It is
/// accepted where all ways that make sense mean the same place.
///
/// - Parameters:
///   - language: the language of the letters, where it is known; otherwise each is tried.
///   - packed: whether `4319.482N` is 43°19.482′ and `431928N` 43°19′28″.
///   - allowingNullIsland: whether 0, 0 is a position.
public func parsePosition(
  _ text: String, language: Language? = nil, packed: Bool = false, allowingNullIsland: Bool = false
) throws(NotationError) -> WrittenPosition {
  let scalars = try Symbols.normalised(text)
  if let reference = try MGRSReference.written(scalars) { return .mgrs(reference) }
  if let grid = try gridPosition(scalars, language: language) { return grid }
  var reader = PositionReader(languages: language.map { [$0] } ?? Language.allCases, packed: packed)
  try reader.read(scalars)
  if reader.readings.isEmpty, reader.refusal?.code ?? .syntax == .syntax {
    try refuseOneAngle(scalars, language: language, packed: packed)
  }
  let position = try reader.readings.only(refusal: reader.refusal)
  if !allowingNullIsland, position.isNullIsland {
    throw NotationError(
      .nullIsland, "both angles are zero, a place in the Atlantic and as a rule an empty record",
      advice: "leave the position out, or say that zero is meant")
  }
  return position
}

/// Half a position is refused as that, or with the readings it has by itself: `18.24S`.
private func refuseOneAngle(_ scalars: [Unicode.Scalar], language: Language?, packed: Bool) throws(NotationError) {
  do throws(NotationError) {
    _ = try readAngle(scalars, as: nil, language: language, packed: packed)
  } catch {
    if error.code == .ambiguous { throw error }
    return
  }
  throw .syntax("this is one angle, and a position has two")
}

extension WrittenPosition {
  fileprivate var isNullIsland: Bool {
    switch self {
    case .geographic(let place, _): place == Geographic(0, 0)
    case .degreePair(let first, let second, _): first == 0 && second == 0
    default: false
    }
  }
}

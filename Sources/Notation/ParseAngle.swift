/// Reads one angle, latitude or longitude.
///
/// - Parameters:
///   - axis: what it is said to be; letters that contradict it are refused.
///   - language: the language of the letters, where it is known.
///   - packed: whether `4319.482` is 43°19.482′ and `431928` 43°19′28″.
public func parseAngle(
  _ text: String, as axis: Axis? = nil, language: Language? = nil, packed: Bool = false
) throws(NotationError) -> WrittenAngle {
  try readAngle(Symbols.normalised(text), as: axis, language: language, packed: packed)
}

/// The same of a normalised text.
func readAngle(
  _ scalars: [Unicode.Scalar], as axis: Axis?, language: Language?, packed: Bool
) throws(NotationError) -> WrittenAngle {
  var readings = Readings<WrittenAngle>(isSame: { $0.degrees == $1.degrees && $0.axis == $1.axis })
  var refusal: NotationError?
  for commas in CommaUse.uses(in: scalars) {
    do throws(NotationError) {
      let lexemes = try Lexer.lexemes(of: scalars, commas: commas)
      for taking in lexemes.takings {
        guard let draft = AngleDraft(lexemes[...], taking) else { continue }
        if taking.pointsJoin, !draft.hasLetters, !lexemes.hasSeveralPoints { continue }
        try draft.addReadings(to: &readings, axis: axis, language: language, packed: packed)
      }
    } catch { if refusal == nil || refusal?.code == .syntax { refusal = error } }
  }
  return try readings.only(refusal: refusal)
}

extension AngleDraft {
  fileprivate func addReadings(
    to readings: inout Readings<WrittenAngle>, axis: Axis?, language: Language?, packed: Bool
  ) throws(NotationError) {
    var draft = self
    if let axis {
      guard draft.axis == nil || draft.axis == axis else { throw Self.otherAxis }
      draft.axis = axis
    }
    let byLook = words.hasCyrillic
    var known = false
    for language in language.map({ [$0] }) ?? Language.allCases {
      guard let direction = direction(in: language, byLook: byLook) else { continue }
      known = true
      if let axis, let direction, direction.axis != axis { continue }
      let angle = try draft.angle(direction, packed: packed)
      readings.add(angle, angle.text, direction == nil ? nil : language)
    }
    guard known else { throw Self.unknownLetters }
  }

  private static var otherAxis: NotationError {
    NotationError(.range, "a latitude stands where a longitude should, or the reverse", advice: "swap the two")
  }

  static var unknownLetters: NotationError {
    .syntax("no language known here has all these letters for north, south, east and west")
  }
}

extension WrittenAngle {
  /// As precise as it was written, for messages in English.
  var text: String { axis.map { formatAngle(degrees, axis: $0, as: precision) } ?? "\(degrees) degrees" }
}

extension [String] {
  /// Whether a letter of them is Cyrillic.
  var hasCyrillic: Bool { contains { $0.unicodeScalars.contains { ("\u{400}"..."\u{4FF}").contains($0) } } }
}

extension [Lexeme] {
  /// Whether a number has more points than one, so that they cannot all be decimal.
  var hasSeveralPoints: Bool {
    contains { if case .number(let groups, _) = $0 { groups.count > 2 } else { false } }
  }
}

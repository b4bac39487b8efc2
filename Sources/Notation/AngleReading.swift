extension AngleDraft {
  /// What the draft's letters mean in a language; `nil` where the language does not know them.
  ///
  /// - Parameter byLook: whether Latin letters may stand for Cyrillic ones of the same look.
  func direction(in language: Language, byLook: Bool) -> Direction?? {
    guard let word = words.first else { return .some(nil) }
    guard let direction = language.direction(word) ?? (byLook ? language.directionByLook(word) : nil) else {
      return nil
    }
    return direction
  }

  /// The angle with its sign.
  ///
  /// - Throws: `position.ambiguous` for a sign beside a letter, `position.range` past the axis' limit.
  func angle(_ direction: Direction?, packed: Bool) throws(NotationError) -> WrittenAngle {
    let value = try value(packed: packed)
    let axis = direction?.axis ?? axis
    if let direction, let axis = self.axis, axis != direction.axis {
      throw NotationError(
        .ambiguous, "the letter and the word before the number contradict each other", advice: "write one of them")
    }
    if let direction, let sign, sign < 0 || direction.sign < 0 {
      throw NotationError(
        .ambiguous, "a sign and a hemisphere letter stand together", advice: "write the letter without the sign",
        readings: [1.0, -1.0].map { formatAngle($0 * value.degrees, axis: direction.axis, as: value.precision) })
    }
    let limit = axis?.limit ?? 180
    guard value.degrees <= limit else { throw pastLimit(limit, value.degrees, axis) }
    let degrees = value.degrees * (direction?.sign ?? sign ?? 1)
    return WrittenAngle(degrees: degrees, axis: axis, precision: value.precision)
  }

  private func pastLimit(_ limit: Double, _ degrees: Double, _ axis: Axis?) -> NotationError {
    if let unpacked = asUnpacked, (try? unpacked.value(packed: false))?.degrees ?? .infinity <= limit {
      return NotationError(
        .ambiguous, "\(text) is past \(Int(limit)) degrees",
        advice: "write degrees, minutes and seconds apart, or declare them packed; metres need the zone of their grid",
        readings: ["\(unpacked.text) written without marks", "metres of a grid"])
    }
    if axis == .latitude, degrees <= 180 {
      return NotationError(
        .range, "latitude \(text) is past 90 degrees",
        advice: "look whether latitude and longitude are swapped")
    }
    return NotationError(
      .range, "\(text) is past \(Int(limit)) degrees", advice: "look at the source")
  }
}

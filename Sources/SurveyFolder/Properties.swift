internal import Formats
internal import Survey

/// The properties of one feature, read as what they should be; what they are instead is reported under `code`.
struct Properties {
  let feature: GeoFeature
  let file: String
  /// Such as `hazard.invalid`.
  let code: String
  let report: Report
  /// The survey's; without it the day of an instant is not known.
  var zone: TimeZoneRules?

  var place: Place { Place(file, line: feature.line) }

  /// The property `id`, or the feature's own.
  var id: String? { text("id") ?? feature.id }

  /// A text, or a whole number that stands for one; `nil` where it is absent, null or blank.
  func text(_ name: String) -> String? {
    switch value(name) {
    case nil: return nil
    case .string(let text)?: return text.contains { !$0.isWhitespace } ? text : nil
    case .int(let number)?: return String(number)
    default: return bad(name, "a text")
    }
  }

  /// A text, or true and false as `yes` and `no`.
  func answer(_ name: String) -> String? {
    if case .bool(let value)? = value(name) { return value ? "yes" : "no" }
    return text(name)
  }

  /// A number of 0 or more, and `most` at most.
  func number(_ name: String, most: Double = .infinity) -> Double? {
    guard let value = value(name) else { return nil }
    let written = value.double ?? (feature.isUntyped ? value.text.flatMap { Double($0) } : nil)
    guard let number = written, number.isFinite, number >= 0 else { return bad(name, "a number of 0 or more") }
    guard number <= most else { return bad(name, "at most \(Int(most)), in metres") }
    return number
  }

  /// The accuracy of a position, in metres; `nil` where nobody knows. Nothing is measured with a sigma of zero: whoever
  /// wrote it did not know, and nothing must shrink for it.
  var sigma: Double? { number("sigma_m", most: Self.mostSigma).flatMap { $0 > 0 ? $0 : nil } }

  /// A position that may be further off than this, in metres, says nothing.
  static let mostSigma = 10_000.0

  func date(_ name: String) -> CivilDate? {
    guard let value = value(name) else { return nil }
    let written = value.text.flatMap { CivilDate($0) ?? (feature.isUntyped ? CivilDate(form: $0, day: day) : nil) }
    guard let date = written else { return bad(name, "a date such as \"2026-05-03\"") }
    return date
  }

  private func day(_ time: Timestamp) -> CivilDate? { zone.map { time.date(offset: $0.span(at: time).offset) } }

  /// Whether the property is there, understood or not.
  func has(_ name: String) -> Bool { value(name) != nil }

  /// Reports properties that may be meant for `required_depth_cm`, under whatever name: where that is not there, and they
  /// are not understood, a lower depth of the survey would be taken for this hazard's.
  func checkDepthNames() {
    guard !has("required_depth_cm") else { return }
    let near = feature.properties.filter { name, value in
      let name = name.lowercased()
      return value != .null
        && (name.hasPrefix("req") || ["depth", "dubin", "дубин", "глубин"].contains { name.contains($0) })
    }
    guard let name = near.keys.min() else { return }
    invalid(
      "the property `\(name.prefix(64))` may be the depth that is required here, and is not read",
      advice: "call it `required_depth_cm` and give centimetres, or take it out")
  }

  func invalid(_ message: String, advice: String) {
    report.add(code, .error, at: place, message, advice: advice)
  }

  private func value(_ name: String) -> JSONValue? {
    let values = feature.values(name)
    if values.count > 1 {
      invalid(
        "\(values.count) properties that differ could each be `\(name)`", advice: "leave one, and call it `\(name)`")
    }
    return values.count == 1 ? values.first : nil
  }

  private func bad<T>(_ name: String, _ wanted: String) -> T? {
    invalid("the property `\(name)` cannot be understood", advice: "it should be \(wanted)")
    return nil
  }
}

public import Geometry

extension Geographic {
  /// Written with letters: `43.32470° N, 21.90330° E`, `43°19.482′ N, 21°54.198′ E`, `43°19′28.9″ N, 21°54′11.9″ E`.
  ///
  /// It reads back, to the last digit written, without naming the language; for German and French, whose O means east
  /// and west, the language must be named. An angle that is not finite is written as it is and does not read back.
  public func formatted(as precision: AnglePrecision, language: Language = .english) -> String {
    formatAngle(latitude, axis: .latitude, as: precision, language: language) + ", "
      + formatAngle(longitude, axis: .longitude, as: precision, language: language)
  }
}

/// Writes one angle with its letter. Rounded once, in units of the last digit, so that no 60 is ever written.
public func formatAngle(
  _ degrees: Double, axis: Axis, as precision: AnglePrecision, language: Language = .english
) -> String {
  let form = precision.form
  let decimals = min(max(precision.decimals, 0), form.mostDecimals)
  let scale = powerOfTen(decimals)
  let units = (degrees.magnitude * Double(form.unitsInDegree * scale)).rounded()
  guard units < 0x1p63 else { return "\(degrees)°" }
  let count = Int64(units)
  let letters = language.letters
  let letter =
    switch axis {
    // Whatever rounds to zero is written as north and east.
    case .latitude: degrees < 0 && count > 0 ? letters.south : letters.north
    case .longitude: degrees < 0 && count > 0 ? letters.west : letters.east
    }
  return sexagesimal(count, form, decimals: decimals, scale: scale) + " " + letter
}

private func sexagesimal(_ count: Int64, _ form: AnglePrecision.Form, decimals: Int, scale: Int64) -> String {
  let (whole, part) = count.quotientAndRemainder(dividingBy: scale)
  let fraction = decimals == 0 ? "" : "." + padded(part, to: decimals)
  switch form {
  case .degrees: return "\(whole)\(fraction)°"
  case .minutes: return "\(whole / 60)°\(padded(whole % 60, to: 2))\(fraction)′"
  case .seconds:
    return "\(whole / 3600)°\(padded(whole / 60 % 60, to: 2))′\(padded(whole % 60, to: 2))\(fraction)″"
  }
}

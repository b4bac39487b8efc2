/// The Gauss coefficients of one release of the World Magnetic Model.
struct Epoch: Hashable, Sendable {
  /// The degree of every WMM since 2000, and the number of its terms, of order 0 and more.
  static let degree = 12
  static let terms = degree * (degree + 3) / 2

  let name: String
  /// The instant for which the coefficients hold, and the two between which they may be used, in decimal years.
  let reference, from, until: Double
  let error: DeclinationError?
  /// g and h in nT and their change in nT a year, degree by degree and order by order from 0.
  let field, change: [GaussPair]

  /// The coefficients at an instant.
  func field(in year: Double) -> [GaussPair] {
    let years = year - reference
    return zip(field, change).map { GaussPair(g: $0.g + years * $1.g, h: $0.h + years * $1.h) }
  }
}

/// One term of a spherical harmonic series, Schmidt semi-normalised.
struct GaussPair: Hashable, Sendable {
  var g, h: Double
}

/// The model's own statement of how far its declination may be off, as one standard deviation: crust and disturbances
/// of the day included, iron beside the compass not.
struct DeclinationError: Hashable, Sendable {
  /// Degrees, and degrees times nT.
  let constant, slope: Double

  /// Degrees, where the horizontal intensity is so many nT.
  func degrees(horizontal: Double) -> Double {
    let varying = slope / horizontal
    return min(180, (constant * constant + varying * varying).squareRoot())
  }
}

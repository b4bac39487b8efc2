/// Why there is no declination, with a stable code, what was found, and what to do.
public enum GeomagnetismError: Error, Hashable, Sendable {
  /// The model's data file does not read as it should: a fault of this program's build.
  case dataFile(line: Int, reason: String)
  /// Outside 2000-01-01 to 2030-01-01, or no number.
  case date(year: Double)
  /// No place on the Earth.
  case position(longitude: Double, latitude: Double)
  /// Outside the kilometre below and the 850 km above the ellipsoid that the WMM is made for.
  case height(metres: Double)
  /// Near a magnetic pole, where a compass does not point north: horizontal intensity under 2000 nT.
  case blackout(horizontal: Double)

  public var code: String {
    switch self {
    case .dataFile: "magnetic.data-file"
    case .date: "magnetic.date"
    case .position: "magnetic.position"
    case .height: "magnetic.height"
    case .blackout: "magnetic.blackout"
    }
  }

  /// What was found.
  public var message: String {
    switch self {
    case .dataFile(let line, let reason): "the World Magnetic Model's data file, line \(line): \(reason)"
    case .date(let year): "the World Magnetic Model here covers 2000-01-01 to 2030-01-01, not the year \(year)"
    case .position(let longitude, let latitude): "longitude \(longitude), latitude \(latitude) is no place on the Earth"
    case .height(let metres): "a height of \(metres) m is outside -1 km to 850 km, which the model covers"
    case .blackout(let horizontal): "the horizontal field is \(Int(horizontal)) nT: a compass is of no use here"
    }
  }

  /// What to do about it.
  public var advice: String {
    switch self {
    case .dataFile: "report this; the program was built from a damaged file"
    case .date: "correct the date of the bearings, or give the bearings from true or grid north"
    case .position: "correct the position"
    case .height: "give the height in metres above the ellipsoid"
    case .blackout: "give the bearings from true or grid north"
    }
  }
}

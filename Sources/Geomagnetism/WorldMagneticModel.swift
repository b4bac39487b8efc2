public import Geometry

/// The World Magnetic Model from 2000.0 to 2030.0: what a compass needle was off true north, where and when.
///
///     let field = try WorldMagneticModel.load().declination(at: Geographic(21.9033, 43.3247), in: DecimalYear(2026.5))
///     field.declination  // 5.61
///
/// Each year is computed by the release that was made for it. The model knows the Earth's core only: a rock, a fence or
/// a vehicle beside the compass may turn the needle by more than all of it.
public struct WorldMagneticModel: Hashable, Sendable {
  let epochs: [Epoch]

  /// The coefficients that came with the program.
  public static func load() throws(GeomagnetismError) -> WorldMagneticModel { try loaded.get() }

  /// Read once: 576 lines cost more than a thousand places.
  private static let loaded = Result { () throws(GeomagnetismError) in
    WorldMagneticModel(epochs: try EpochFile.epochs(of: PackageResources.WMM2000_2030_txt))
  }

  /// The first and the last instant covered.
  public var span: ClosedRange<DecimalYear> {
    DecimalYear(epochs.first?.from ?? 0)...DecimalYear(epochs.last?.until ?? 0)
  }

  /// The field at a place; `height` in metres above the ellipsoid.
  ///
  /// The last instant of a release belongs to the next one, if there is one.
  public func field(
    at position: Geographic, height: Double = 0, in year: DecimalYear
  ) throws(GeomagnetismError) -> MagneticField {
    let epoch =
      epochs.first { $0.from <= year.value && year.value < $0.until }
      ?? epochs.last { $0.until == year.value }
    guard let epoch else { throw .date(year: year.value) }
    guard position.isOnEarth else {
      throw .position(longitude: position.longitude, latitude: position.latitude)
    }
    guard height >= -1_000, height <= 850_000 else { throw .height(metres: height) }
    let harmonics = Harmonics(position, height: height)
    return MagneticField(
      model: epoch.name, vector: harmonics.vector(epoch.field(in: year.value)),
      change: harmonics.vector(epoch.change), error: epoch.error)
  }

  /// The field where a compass may be used at all: in the blackout zone round a magnetic pole it is refused.
  ///
  /// Where `compass` is `.caution` the caller says so beside the number.
  public func declination(
    at position: Geographic, height: Double = 0, in year: DecimalYear
  ) throws(GeomagnetismError) -> MagneticField {
    let field = try field(at: position, height: height, in: year)
    guard field.compass != .blackout else { throw .blackout(horizontal: field.vector.horizontal) }
    return field
  }
}

internal import Geomagnetism
internal import Geometry
internal import Projection
internal import Survey

/// Why a leg that reads well has no direction.
enum LegFailure: Error, Hashable {
  case bearing
  case noConvergence
  case magnetic(GeomagnetismError)
  case geodesic(GeodesicError)
}

/// Brings bearings to true north.
struct LegAzimuths {
  let convergence: GridConvergence?

  struct Direction {
    /// Degrees east of true north, 0 to 360, and what was added to get there.
    let azimuth, correction: Double
    var model: String?
    var isCaution = false
  }

  /// Declination and convergence are those of the place where the leg begins, where the compass was held.
  func direction(of leg: Leg, at position: Geographic) throws(LegFailure) -> Direction {
    guard let bearing = leg.unit.degrees(leg.bearing) else { throw .bearing }
    switch leg.reference {
    case .trueNorth: return turned(bearing, by: 0)
    case .gridNorth:
      guard let angle = convergence?(position), angle.isFinite else { throw .noConvergence }
      return turned(bearing, by: angle)
    case .magneticNorth(let date):
      do throws(GeomagnetismError) {
        guard let year = DecimalYear(year: date.year, month: date.month, day: date.day) else {
          throw GeomagnetismError.date(year: Double(date.year))
        }
        let field = try WorldMagneticModel.load().declination(at: position, in: year)
        var direction = turned(bearing, by: field.declination)
        (direction.model, direction.isCaution) = (field.model, field.compass == .caution)
        return direction
      } catch { throw .magnetic(error) }
    }
  }

  private func turned(_ bearing: Double, by correction: Double) -> Direction {
    let azimuth = (bearing + correction).truncatingRemainder(dividingBy: 360)
    return Direction(azimuth: azimuth < 0 ? azimuth + 360 : azimuth, correction: correction)
  }
}

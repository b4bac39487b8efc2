internal import Geomagnetism
public import Geometry
internal import Notation
internal import Positions
public import Projection
public import Survey

/// Makes the table of turning points of perimeters: each place in every form that a team may need.
public struct TurningPoints: ~Copyable {
  private let grid: CoordinateOperation?
  private let fromGrid: Transformer?
  private let date: CivilDate?

  /// `grid` leads from the survey's grid to WGS 84, as its sheets are read; `date` is the day for magnetic bearings, none
  /// without it. Throws `magnetic.date` for a day that the model does not cover.
  public init(grid: CoordinateOperation?, date: CivilDate?) throws(ProjectionError) {
    self.grid = grid
    self.date = date
    if let date {
      do throws(GeomagnetismError) {
        guard let year = DecimalYear(year: date.year, month: date.month, day: date.day) else {
          throw GeomagnetismError.date(year: Double(date.year))
        }
        // Anywhere: near a magnetic pole rows have no magnetic bearing, and elsewhere all have one.
        _ = try WorldMagneticModel.load().declination(at: Geographic(0, 0), in: year)
      } catch { throw ProjectionError(error.code, operation: "magnetic bearings", reason: error.message) }
    }
    if let grid { fromGrid = try Transformer.open(grid) } else { fromGrid = nil }
  }

  /// A row for each corner, with the leg that leads to it; that of the first comes from the last.
  ///
  /// `names` are ids, types, sigmas and descriptions of corners that have them; others are numbered.
  public func rows(of shape: String, _ corners: [Geographic], names: [PlacedPoint] = []) -> [TurningPointRow] {
    let ids = corners.indices.map { names.count == corners.count ? names[$0].point.id : "\($0 + 1)" }
    return corners.indices.map { index in
      let before = (index + corners.count - 1) % corners.count
      let point = names.count == corners.count ? names[index].point : nil
      var row = row(corners[index], id: ids[index])
      (row.shape, row.number) = (shape, index + 1)
      row.type = point?.type ?? (index == 0 ? .start : .turning)
      row.description = point?.description
      row.sigma = names.count == corners.count ? names[index].sigma : nil
      leg(&row, from: corners[before], named: ids[before], to: corners[index])
      return row
    }
  }

  /// One place by itself.
  public func row(_ place: Geographic, id: String) -> TurningPointRow {
    var row = TurningPointRow(id: id, position: place)
    if let moved = fromGrid?.inverse(place.longitude, place.latitude) {
      row.grid = Projected(moved.x, moved.y)
      row.gridName = grid?.source.code ?? grid?.source.name
    }
    if let utm = UTM(place) {
      row.utm = TurningPointRow.UTM(
        zone: utm.zone, isNorth: utm.isNorthern, Projected(utm.easting, utm.northing))
    }
    return row
  }

  private func leg(_ row: inout TurningPointRow, from: Geographic, named id: String, to: Geographic) {
    guard let geodesic = try? Geodesic(from: from, to: to), geodesic.length > 0 else { return }
    (row.fromPoint, row.distance) = (id, geodesic.length)
    row.trueBearing = turned(geodesic.azimuth, by: 0)
    guard let date, let year = DecimalYear(year: date.year, month: date.month, day: date.day),
      let field = try? WorldMagneticModel.load().declination(at: from, in: year)
    else { return }
    (row.magneticBearing, row.magneticDate) = (turned(geodesic.azimuth, by: -field.declination), date)
  }

  private func turned(_ azimuth: Double, by angle: Double) -> Double {
    let bearing = (azimuth + angle).truncatingRemainder(dividingBy: 360)
    return bearing < 0 ? bearing + 360 : bearing
  }
}

import Geometry
public import Survey

/// The point sheet of IMSMA NG: eleven columns in a fixed order.
///
/// Two traps on the other side: IMSMA NG does not look at `ProjName` when it imports, so the CRS has to be chosen there,
/// and in a CSV it takes the decimal sign of the PC's locale. XLSX has no decimal sign.
public enum IMSMASheet {
  public static let header = [
    "ProjName", "PolyID", "PointNo", "PointID", "PointType", "Xcoord", "Ycoord", "Distance", "Bearing", "FrPointID",
    "PointDesc",
  ]

  /// Which of a row's coordinates become X and Y: X is east or the longitude.
  public enum Coordinates: Hashable, Sendable { case grid, utm, geographic }
  public enum Bearing: Hashable, Sendable { case trueNorth, magnetic }

  /// `project` is what stands under `ProjName`: the name of the CRS. Without a type, the first point of a polygon becomes
  /// its Start Point and the others Turning Points.
  public static func table(
    _ rows: [TurningPointRow], project: String, coordinates: Coordinates, bearing: Bearing = .trueNorth
  ) -> SheetTable {
    SheetTable(
      name: "Points", header: header,
      rows: rows.map { row in
        let (x, y, decimals) = place(row, coordinates)
        let type = row.type ?? (row.shape == nil ? nil : row.number == 1 ? .start : .turning)
        return [
          .text(project), .text(row.shape), .number(row.number.map(Double.init), 0), .text(row.id), .text(type?.name),
          .number(x, decimals), .number(y, decimals), .number(row.distance, 3),
          .number(bearing == .trueNorth ? row.trueBearing : row.magneticBearing, 4), .text(row.fromPoint),
          .text(row.description),
        ]
      })
  }

  private static func place(_ row: TurningPointRow, _ coordinates: Coordinates) -> (Double?, Double?, decimals: Int) {
    switch coordinates {
    case .grid: (row.grid?.easting, row.grid?.northing, 3)
    case .utm: (row.utm?.position.easting, row.utm?.position.northing, 3)
    case .geographic: (row.position?.longitude, row.position?.latitude, 8)
    }
  }
}

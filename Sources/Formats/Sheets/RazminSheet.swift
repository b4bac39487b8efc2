import Geometry
public import Survey

/// Razmin's own table of turning points; `docs/sheets.md` explains its columns.
public enum RazminSheet {
  public static let header = [
    "shape_id", "point_no", "point_id", "point_type", "crs", "easting_m", "northing_m", "utm_zone", "utm_easting_m",
    "utm_northing_m", "latitude_deg", "longitude_deg", "sigma_m", "from_point", "distance_m", "bearing_true_deg",
    "bearing_magnetic_deg", "magnetic_date", "description",
  ]

  /// Metres to the millimetre, latitude and longitude to 1e-8 degree (about a millimetre), bearings to 1e-4.
  public static func table(_ rows: [TurningPointRow]) -> SheetTable {
    SheetTable(name: "Turning points", header: header, rows: rows.map(cells))
  }

  private static func cells(_ row: TurningPointRow) -> [SheetTable.Cell] {
    let zone = row.utm.map { "\($0.zone)\($0.isNorth ? "N" : "S")" }
    return [
      .text(row.shape), .number(row.number.map(Double.init), 0), .text(row.id), .text(row.type?.name),
      .text(row.gridName), .number(row.grid?.easting, 3), .number(row.grid?.northing, 3),
      .text(zone), .number(row.utm?.position.easting, 3), .number(row.utm?.position.northing, 3),
      .number(row.position?.latitude, 8), .number(row.position?.longitude, 8), .number(row.sigma, 3),
      .text(row.fromPoint), .number(row.distance, 3), .number(row.trueBearing, 4), .number(row.magneticBearing, 4),
      .text(row.magneticDate.map { "\($0)" }), .text(row.description),
    ]
  }
}

extension SheetTable.Cell {
  static func text(_ text: String?) -> Self { text.map { $0.isEmpty ? .empty : .text($0) } ?? .empty }
  static func number(_ value: Double?, _ decimals: Int) -> Self {
    value.map { .number($0, decimals: decimals) } ?? .empty
  }
}

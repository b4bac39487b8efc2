internal import Formats
internal import Projection
internal import Survey

/// What is wrong with a file of features, and what of it is an error.
extension FeatureFiles {
  /// Reports a file that cannot be read.
  func refuse(_ name: String, _ error: FileUnreadable, at place: Place) {
    report.add(
      error.code, .error, at: error.line > 0 ? Place(name, line: error.line) : place,
      "\"\(name.prefix(200))\": \(error.message)", advice: "nothing of this file is used until it can be read")
  }

  /// Reports an operation on coordinates that failed.
  func report(_ error: any Error, of name: String, at place: Place) {
    let failed = error as? ProjectionError
    report.add(
      failed?.code ?? "crs.operation", .error, at: place,
      failed.map { "\($0.operation): \($0.reason)" } ?? "\"\(name.prefix(200))\": \(error)",
      advice: "see docs/coordinates.md")
  }

  func leaveOut(_ problem: Problem, _ level: Finding.Level, at place: Place, advice: String) {
    report.leaveOut(problem.code, level, at: place, problem.message, advice: advice)
  }

  /// Problems of shapefiles that take no ground away; what properties lack by them is an error of its own.
  private static let remarks = [
    "shp.ring-open", "shp.ring-empty", "shp.ring-order", "shp.ring-nesting", "shp.length", "shp.trailing",
    "shp.deleted",
    "shp.no-table", "dbf.column", "dbf.value", "dbf.encoding",
  ]

  func tell(_ problem: Problem, _ name: String, _ level: Finding.Level) {
    let place = Place(name, line: problem.line)
    if ["geojson.ring-open", "kml.ring-open", "gpkg.ring-open"].contains(problem.code) {
      report.add(problem.code, .warning, at: place, problem.message, advice: "repeat the first corner at the end")
    } else if Self.remarks.contains(problem.code) {
      report.leaveOut(
        problem.code, .warning, at: place, problem.message, advice: "the shapes themselves are used: look at the file")
    } else if problem.code == "kml.overlay" {
      report.add(problem.code, .info, at: place, problem.message, advice: "nothing, if it only illustrates the map")
    } else {
      report.leaveOut(
        problem.code, level, at: place, problem.message, advice: "this piece is not used: mend it in the file")
    }
  }

  /// KML is in longitude and latitude, whatever was declared.
  func checkKML(_ file: FeatureFile, _ crs: FileCRS?) throws(FileUnreadable) {
    guard file.format.name == KML.name, let crs, !crs.isGeographic else { return }
    throw FileUnreadable(
      file.file.path, .refused, code: "kml.crs",
      "is KML, which is in longitude and latitude on WGS 84 and never in \(crs.name): take `crs` out")
  }

  /// Whether points are read from no file of this kind; reported where it is so.
  func holdsNoPoints(_ name: String, _ place: Place) -> Bool {
    let others = ["xls", "xlsx", "ods", "dxf", "gml", "gpx"]
    guard let ending = name.lowercased().split(separator: ".").last, others.contains(String(ending)) else {
      return false
    }
    report.add(
      "file.format", .error, at: place, "\"\(name.prefix(200))\" is no file that points are read from",
      advice: ending == "gpx"
        ? "finds among its waypoints are read by rules: logs = [\"\(name.prefix(200))\"]; see docs/finds.md"
        : "save it as CSV in UTF-8; see docs/finds.md")
    return true
  }

  /// A table whose columns nobody knows would be taken for broken GeoJSON.
  func checkTable(_ file: FeatureFile, _ name: String) throws(FileUnreadable) {
    guard file.format.name == GeoJSON.name, [".csv", ".tsv"].contains(where: name.lowercased().hasSuffix) else {
      return
    }
    throw FileUnreadable(
      file.file.path, .refused, code: "file.format",
      "is no table with the columns `lat` and `lon`, or `easting` and `northing`, and no form: name its columns so")
  }

  func isOther(_ name: String, _ place: Place) -> Bool {
    let others = ["csv", "xls", "xlsx", "ods", "dxf", "gml", "gpx"]
    guard let ending = name.lowercased().split(separator: ".").last, others.contains(String(ending)) else {
      return false
    }
    report.add(
      "file.format", .error, at: place,
      "\"\(name.prefix(200))\" is neither GeoJSON, KML, GeoPackage nor Shapefile, and polygons are read from nothing else yet",
      advice: "convert it: ogr2ogr -t_srs EPSG:4326 NEW.geojson OLD.\(ending)")
    return true
  }
}

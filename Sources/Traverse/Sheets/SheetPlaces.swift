internal import Geometry
internal import Notation
internal import Positions
internal import Projection
internal import Survey

/// Gives the points of a sheet that have coordinates their places.
struct SheetPlaces {
  let file: String
  /// Of coordinates on a grid, or of degrees on another datum; `nil` for longitude and latitude on WGS 84.
  let crs: ReferenceSystem?
  let converter: GridConverter?
  private(set) var findings: [Finding] = []

  init(file: String, crs: ReferenceSystem?, converter: GridConverter?) {
    (self.file, self.crs, self.converter) = (file, crs, converter)
  }

  /// `nil` for a point without coordinates, and, with a finding, for one whose coordinates cannot be used.
  mutating func place(_ point: SheetPoint) -> Geographic? {
    let place: Geographic?
    do throws(CoordinateFault) { place = try position(point) } catch {
      findings.append(
        Finding(
          error.code, .error, at: Place(file, line: point.line), "point \(point.id.prefix(64)): \(error.message)",
          advice: "correct the point, or declare its CRS"))
      return nil
    }
    if let place, let other = try? otherPosition(point), other.distance(to: place) > 1 {
      findings.append(
        Finding(
          "sheet.two-positions", .error, at: Place(file, line: point.line),
          "point \(point.id.prefix(64)): its grid coordinates and its latitude and longitude are "
            + "\(metres(other.distance(to: place))) apart",
          advice: "find out on which datum the sheet was exported; neither is used"))
      return nil
    }
    return place
  }

  private func position(_ point: SheetPoint) throws(CoordinateFault) -> Geographic? {
    if let text = point.notation { return try written(text) }
    if let grid = point.grid, crs.map({ !$0.isGeographic || point.geographic == nil }) ?? (point.geographic == nil) {
      return try onGrid(grid)
    }
    return try point.geographic.map { pair throws(CoordinateFault) in try inDegrees(pair) }
  }

  /// The other one, of a point that has both.
  private func otherPosition(_ point: SheetPoint) throws(CoordinateFault) -> Geographic? {
    guard point.grid != nil, let geographic = point.geographic, crs.map({ !$0.isGeographic }) ?? false else {
      return nil
    }
    // What receivers write beside the grid is WGS 84, whatever the grid's datum.
    return try SheetPlaces(file: file, crs: nil, converter: nil).inDegrees(geographic)
  }

  private func written(_ text: String) throws(CoordinateFault) -> Geographic {
    let pair = try PositionInput(crs: crs.flatMap { $0.isGeographic ? $0 : nil }).read(text)
    return pair.crs == ReferenceSystem.wgs84
      ? Geographic(pair.first, pair.second) : try carried(pair.first, pair.second, by: converter)
  }

  private func onGrid(_ pair: SheetCoordinates) throws(CoordinateFault) -> Geographic {
    guard let first = pair.first.number, let second = pair.second.number else {
      return try written(pair.first.text + " " + pair.second.text)
    }
    guard let crs else { throw CoordinateFault("crs.undeclared", "nobody says in which CRS \(first), \(second) is") }
    let scale = (pair.unit?.metres ?? crs.metresPerUnit) / crs.metresPerUnit
    return try carried(first * scale, second * scale, by: converter)
  }

  private func inDegrees(_ pair: SheetCoordinates) throws(CoordinateFault) -> Geographic {
    let datum = crs.flatMap { $0.isGeographic ? $0 : nil }
    let read = try PositionInput(crs: datum).read(latitude: pair.second.text, longitude: pair.first.text)
    // Beside a grid they are on WGS 84, and not what the grid's converter takes.
    return try carried(read.first, read.second, by: datum == nil ? nil : converter)
  }

  private func carried(_ first: Double, _ second: Double, by converter: GridConverter?) throws(CoordinateFault)
    -> Geographic
  {
    if let converter { return try converter.position(first, second) }
    let place = Geographic(first, second)
    guard place.isOnEarth else {
      throw CoordinateFault("coordinate.range", "\(first), \(second) is no longitude and latitude in degrees")
    }
    guard first != 0 || second != 0 else {
      throw CoordinateFault("coordinate.null-island", "0, 0 is what programs write where they have no position")
    }
    return place
  }
}

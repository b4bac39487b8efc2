internal import Formats
internal import Geometry
internal import Positions
internal import Presets
internal import Projection
internal import Survey

/// Whether what is read can be where it is said to be.
extension References {
  /// Takes in the hazards that were read, and sees whether they can be where they are said to be.
  func add(hazards: [Hazard], operationsAt place: Place) {
    places = HazardPlaces(hazards)
    let corners = hazards.flatMap { $0.polygons.flatMap { $0.outer.corners } }
    guard !corners.isEmpty else { return }
    // What is only for areas and for other files must not be of another country either.
    for code in georeference.named {
      do { try georeference.confine(code, to: corners) } catch {
        report.add(
          error.code, .error, at: place, "\(error.operation) \(error.reason)", advice: "see docs/coordinates.md")
        isRefused = true
      }
    }
    let named = georeference.isPresetNamed ? georeference.preset : nil
    if let country = countryIfSwapped(places.centers, named: named) {
      report.add(
        "coordinate.swapped", named == nil ? .warning : .error, at: hazards[0].place,
        "the hazards lie \(named == nil ? "in no country that Razmin knows" : "outside of \(country.name)"), and would "
          + "lie in \(country.name) if longitude and latitude were exchanged",
        advice: "longitude comes first; correct the file, or the preset")
      if named != nil { isRefused = true }
    }
  }

  /// Whether a file of an activity or of finds may be used, which lies wholly aside of the hazards or not; reported where
  /// it does.
  func isNear(_ what: String, nearest: Geographic?, file: String, _ section: Section, at place: Place) -> Bool {
    // The numbers as they stand are wanted only for what is to be said: they cost another reading of the file.
    guard let nearest, !places.isEmpty, places.distance(to: nearest) > HazardPlaces.near else { return true }
    let crs =
      (try? LayersCRS.of(
        files.layers(file, section.plainString("layer")), declared: section.plainString("crs")))?.crs
    let numbers = files.corners(file, section).prefix(1).map { ($0, crs?.isGeographic ?? true) }
    guard let finding = places.finding(what, at: place, nearest: nearest, numbers: numbers) else { return true }
    report.add(finding.code, finding.level, at: finding.place, finding.message, advice: finding.advice)
    return finding.level != .error
  }

  /// Whether one point of many may be used: over 50 km from every hazard it is reported, whatever lies beside it.
  func isNear(_ what: String, _ position: Geographic, in positions: LogPositions?, at place: Place) -> Bool {
    guard !places.isEmpty, places.distance(to: position) > HazardPlaces.far else { return true }
    let numbers = positions?.numbers(of: position) ?? (Projected(position.longitude, position.latitude), true)
    guard let finding = places.finding(what, isWhole: false, at: place, nearest: position, numbers: [numbers]) else {
      return true
    }
    report.add(finding)
    return false
  }
}

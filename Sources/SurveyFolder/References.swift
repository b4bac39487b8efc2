internal import Formats
internal import Geometry
internal import Positions
internal import Presets
internal import Projection
internal import Survey
internal import Traverse

/// Where the coordinates of a survey's files are: one operation a datum, chosen before anything is read in earnest.
final class References {
  var georeference: Georeference
  /// Whether a hazard's CRS was refused: then nobody knows where the survey's land is, and nothing is computed.
  var isRefused = false
  let files: FeatureFiles
  let report: Report
  private let surveyGrid: String?
  /// Where hazards are known to be, for comparisons.
  var places = HazardPlaces([])
  var hazards: Box<Geographic> { places.all }
  var conversions: [SourceKey: Conversion] = [:]
  /// What is in the survey's own frame already.
  var unconverted: Set<SourceKey> = []

  struct SourceKey: Hashable { var crs, frame: String; var epoch: Double? }

  /// Reads what `[survey]` says of coordinates.
  init(_ head: Section, _ wishes: SurveyFolder.Wishes, files: FeatureFiles) {
    (self.files, report, surveyGrid) = (files, head.report, head.plainString("grid"))
    // `loadSurvey` has seen to it that the frame is known.
    let frame = head.plainString("frame").flatMap { ReferenceFrame($0) } ?? .wgs84
    var preset: Preset?
    if let name = wishes.preset ?? head.string("preset") {
      do { preset = try Presets.named(name) } catch {
        report.add(
          "survey.preset", .error, at: head.place("preset"), error.message, advice: "razmin presets lists them")
        isRefused = true
      }
    }
    georeference = Georeference(
      frame: frame, preset: preset,
      named: wishes.operations.isEmpty ? head.oneOrMore("operation") : wishes.operations,
      allowsMissingGrid: wishes.allowsMissingGrid || head.bool("allow_missing_grid") ?? false)
  }

  /// Looks where the hazards are, before any of them is read in earnest.
  func look(at sections: [Section]) {
    var positions: [Geographic] = []
    var pairs: [(crs: ReferenceSystem, points: [Projected])] = []
    for section in sections {
      guard let name = section.plainString("file") else { continue }
      if isSheet(name) {
        guard let (crs, corners) = files.sheetCorners(name, section) else { continue }
        if crs.code == ReferenceSystem.wgs84 {
          positions += corners.map { Geographic($0.easting, $0.northing) }.filter(\.isOnEarth)
        } else {
          pairs.append((crs, corners))
        }
        continue
      }
      let layer = section.plainString("layer")
      if files.needsCRS(name, layer) {
        guard let crs = (try? LayersCRS.of(files.layers(name, layer), declared: section.plainString("crs")))?.crs else {
          continue
        }
        let corners = files.corners(name, section)
        if crs.code != ReferenceSystem.wgs84 {
          if !corners.isEmpty { pairs.append((crs, corners)) }
        } else {
          positions += corners.map { Geographic($0.easting, $0.northing) }.filter(\.isOnEarth)
        }
        continue
      }
      // What is not there is reported when it is read.
      if section.isPlain, files.isThere(name) {
        // Read in earnest at once, since nothing has to be chosen for it: a country's file is not read twice.
        positions += (files.features(name, at: section.place("file"), in: .plain, pieces: .error) ?? [])
          .flatMap { $0.geometry?.polygons.flatMap(\.outer.corners) ?? [] }
        continue
      }
      let corners = files.corners(name, section)
      guard !corners.isEmpty else { continue }
      if let text = section.plainString("crs"), let crs = try? ReferenceSystem.named(text),
        crs.code != ReferenceSystem.wgs84
      {
        pairs.append((crs, corners))
      } else if corners.allSatisfy({ Geographic($0.easting, $0.northing).isOnEarth }) {
        positions += corners.map { Geographic($0.easting, $0.northing) }
      }
    }
    georeference.settle(positions: thinned(positions), pairs: pairs)
  }

  /// One of all positions within some kilometre: boundaries are known to several. The outermost ones alone would not do,
  /// since a country may lie between them.
  private func thinned(_ positions: [Geographic]) -> [Geographic] {
    var cells: Set<Projected> = []
    return positions.filter {
      cells.insert(Projected(($0.longitude * 100).rounded(), ($0.latitude * 100).rounded())).inserted
    }
  }

  /// Around the hazards that have been read.
  var known: Box<Geographic>? { hazards.isEmpty ? nil : hazards }

  /// Where the survey's hazards are, as far as they have been read.
  var center: Geographic? { hazards.isEmpty ? nil : hazards.center }

  func refuseHazards() { isRefused = true }

  /// Degrees from true north to the north of a grid, or, where the coordinates are on none, of the survey's.
  func convergence(of crs: ReferenceSystem?) throws(ProjectionError) -> GridConvergence? {
    var grid = crs
    if grid?.isGeographic ?? true {
      grid = try surveyGrid.map { code throws(ProjectionError) in try ReferenceSystem(code) }
    }
    return try grid?.convergence(preferred: georeference.pinnedOperations)
  }
}

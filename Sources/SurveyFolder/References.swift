internal import Formats
internal import Geometry
internal import Positions
internal import Presets
internal import Projection
internal import Survey
internal import Traverse

/// Where the coordinates of a survey's files are: one operation a datum, chosen before anything is read in earnest.
final class References {
  private(set) var georeference: Georeference
  /// Whether a hazard's CRS was refused: then nobody knows where the survey's land is, and nothing is computed.
  private(set) var isRefused = false
  private let files: FeatureFiles
  private let report: Report
  private let surveyGrid: String?
  /// Where hazards are known to be, for comparisons.
  private(set) var places = HazardPlaces([])
  private var hazards: Box<Geographic> { places.all }
  private var conversions: [SourceKey: Conversion] = [:]

  private struct SourceKey: Hashable { var crs, frame: String; var epoch: Double? }

  /// Reads what `[survey]` says of coordinates.
  init(_ head: Section, _ wishes: SurveyFolder.Wishes, files: FeatureFiles) {
    (self.files, report, surveyGrid) = (files, head.report, head.plainString("grid"))
    var frame = ReferenceFrame.wgs84
    if let text = head.string("frame") {
      frame = head.frame(text) ?? frame
    }
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

  /// How the files of a table are to be read; `nil`, and reported, where they cannot be.
  ///
  /// `epoch` is when the positions were measured, in decimal years, where the table tells it by itself.
  func source(
    of section: Section, file: String?, isHazard: Bool = false, epoch: Double? = nil, at place: Place? = nil,
    pieces level: Finding.Level = .error, takesPoints: Bool = false
  ) -> FileSource? {
    let layer = section.plainString("layer")
    if let file, files.needsCRS(file, layer) { return source(of: section, layersOf: file, isHazard, epoch) }
    if section.isPlain, let file {
      // Where not one position of it could be taken for degrees, the numbers may be of a grid.
      let isEmpty = files.holdsNoPosition(
        file, at: place ?? section.place("file"), pieces: level, takesPoints: takesPoints)
      guard isEmpty else { return .plain }
      return isDegrees(files.corners(file, section), section) ? .plain : refuse(isHazard)
    }
    return source(
      of: section, crs: section.string("crs"), samples: file.map { files.corners($0, section) } ?? [],
      isHazard: isHazard, epoch: epoch)
  }

  /// The same for a file that says itself what it is in, or should.
  private func source(of section: Section, layersOf file: String, _ isHazard: Bool, _ epoch: Double?) -> FileSource? {
    let before = report.errors
    let declared = section.string("crs")
    guard report.errors == before else { return refuse(isHazard) }
    let corners = files.corners(file, section)
    do {
      guard let own = try LayersCRS.of(files.layers(file, section.plainString("layer")), declared: declared) else {
        return .plain
      }
      if let remark = own.remark {
        report.add("crs.unidentified", .warning, at: section.place("crs"), remark, advice: "see that it is right")
      }
      return source(
        of: section, crs: own.crs.code ?? own.crs.definition, samples: corners, isHazard: isHazard, epoch: epoch)
    } catch {
      let pair = error.code == "crs.undeclared" ? corners.first : nil
      let guesses = pair.map { pair in
        let found = gateCandidates(pair.easting, pair.northing, near: known).map(\.text)
        return "; its pair \(pair.easting), \(pair.northing) would be in "
          + (found.isEmpty ? "no CRS that Razmin would know" : found.joined(separator: "; "))
      }
      report.add(
        error.code, .error, at: section.place(declared == nil ? "file" : "crs"),
        "\"\(file.prefix(200))\": \(error.operation) \(error.reason)\(guesses ?? "")",
        advice: "see docs/shapefiles.md and docs/geopackage.md")
      return refuse(isHazard)
    }
  }

  /// The same for a CRS and numbers that are known already; `nil` is longitude and latitude on WGS 84.
  func source(
    of section: Section, crs declared: String?, samples: [Projected], isHazard: Bool, epoch: Double? = nil
  ) -> FileSource? {
    let before = report.errors
    let name = declared ?? ReferenceSystem.wgs84
    let frameText = section.string("frame")
    let frame = frameText.flatMap { section.frame($0) }
    guard report.errors == before else { return refuse(isHazard) }
    let key = SourceKey(crs: name, frame: frame.map { "\($0)" } ?? "", epoch: frame == nil ? nil : epoch)
    if let known = conversions[key] { return FileSource(crs: name, conversion: known, isNamed: true) }
    do {
      let crs = try ReferenceSystem.named(name == "OGC:CRS84" ? ReferenceSystem.wgs84 : name)
      if name != ReferenceSystem.wgs84, name != "OGC:CRS84" { section.tell(about: crs) }
      if let frame, !crs.isGeographic {
        report.add(
          "crs.frame", .error, at: section.place("frame"),
          "a frame (\(frame)) for coordinates on a grid, whose datum is the grid's own",
          advice: "take out `frame`, or `crs`")
        return refuse(isHazard)
      }
      var samples = samples
      if samples.isEmpty, !hazards.isEmpty { samples = georeference.rough([hazards.center], in: crs) }
      if declared == nil, !samples.isEmpty, !isDegrees(samples, section) { return refuse(isHazard) }
      let conversion = try georeference.conversion(from: crs, at: samples, declared: frame, epoch: epoch)
      guard let conversion else { return FileSource(crs: name, conversion: nil, isNamed: declared != nil) }
      conversions[key] = conversion
      return FileSource(crs: name, conversion: conversion, isNamed: true)
    } catch {
      report.add(
        error.code, .error, at: section.place(error.code.hasPrefix("frame") ? "frame" : "crs"),
        "\(error.operation): \(error.reason)", advice: "see docs/coordinates.md")
      return refuse(isHazard)
    }
  }

  /// Whether some of a file can be longitude and latitude, as where nothing is declared; reported where it cannot. A
  /// corner that was mistyped is the reader's to tell.
  private func isDegrees(_ pairs: [Projected], _ section: Section) -> Bool {
    guard let pair = pairs.first, !pairs.contains(where: { Geographic($0.easting, $0.northing).isOnEarth }) else {
      return true
    }
    let found = gateCandidates(pair.easting, pair.northing, near: known).map(\.text)
    report.add(
      "crs.undeclared", .error, at: section.place("file"),
      "\"\((section.plainString("file") ?? "").prefix(200))\" is not in longitude and latitude, and nobody says what "
        + "in: its pair \(pair.easting), \(pair.northing) would be in "
        + (found.isEmpty ? "no CRS that Razmin would know" : found.joined(separator: "; ")),
      advice: "declare it: crs = \"EPSG:...\"; or ask those who made the file")
    return false
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

  private func refuse(_ isHazard: Bool) -> FileSource? {
    if isHazard { isRefused = true }
    return nil
  }
}

extension Section {
  /// Whether nothing is said about where its coordinates are, so that they are longitude and latitude on WGS 84.
  var isPlain: Bool { table["crs"] == nil && table["frame"] == nil }

  /// One of the frames that are known.
  func frame(_ text: String) -> ReferenceFrame? {
    if let frame = ReferenceFrame(text) { return frame }
    report.add(
      "survey.value", .error, at: place("frame"), "`frame` is \"\(text.prefix(64))\"",
      advice: "it may be \(ReferenceFrame.names.joined(separator: ", ")), with an epoch such as ITRF2014@2026.35")
    return nil
  }

  /// Says what is surprising about a CRS that somebody declared.
  func tell(about crs: ReferenceSystem) {
    let code = crs.code ?? crs.name
    if crs.isDeprecated {
      let next = crs.successors.map { "\($0.code) (\($0.name), \($0.isNorthFirst ? "northing" : "easting") first)" }
      report.add(
        "crs.deprecated", .warning, at: place("crs"),
        "\(code) (\(crs.name), \(crs.isNorthFirst ? "northing" : "easting") first) is deprecated",
        advice: next.isEmpty ? "look for its successor" : "use \(next.joined(separator: " or "))")
    } else if crs.isNorthFirst, !crs.isGeographic {
      report.add(
        "crs.axis-order", .info, at: place("crs"), "\(code) is defined with the northing first",
        advice: "nothing, where the file has the easting first, as GIS files do: Razmin reads it so")
    }
  }
}

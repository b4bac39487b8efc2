internal import Formats
internal import Geometry
internal import Positions
internal import Projection
internal import Survey

/// Reads the survey's GeoJSON and KML files, each once.
final class FeatureFiles {
  private(set) var inputs: [FieldSurvey.Input] = []
  private let root: FolderRoot
  private let report: Report
  private var read: [Key: [GeoFeature]?] = [:]

  /// One file may be read in several ways.
  private struct Key: Hashable {
    var file: String
    var conversion: Conversion?
  }

  init(root: FolderRoot, report: Report) { (self.root, self.report) = (root, report) }

  /// What identifies a file that is to be read later; `nil`, and reported, where it cannot be opened.
  func readable(_ name: String, at place: Place) -> String? {
    guard let (path, identity) = locate(name, at: place) else { return nil }
    do {
      _ = try ByteSource(path: path)
      return identity
    } catch {
      report.add(
        error.code, .error, at: place, "\"\(name.prefix(200))\": \(error.message)",
        advice: "nothing of this file is used until it can be read")
      return nil
    }
  }

  func add(_ input: FieldSurvey.Input) { if !inputs.contains(input) { inputs.append(input) } }

  /// The path of a file in the folder; `nil`, and reported, where it is not there.
  func openable(_ name: String, at place: Place) -> String? { locate(name, at: place)?.open }

  /// The same without a word.
  func quietlyOpenable(_ name: String) -> String? { (try? root.file(name))?.open }

  func isThere(_ name: String) -> Bool { (try? root.file(name)) != nil }

  /// A file that the survey names, reported where it is not there or not in the folder.
  private func locate(_ name: String, at place: Place) -> (open: String, identity: String)? {
    do {
      return try root.file(name)
    } catch {
      switch error {
      case .leavesFolder:
        report.add(
          "path.outside-folder", .error, at: place, "\"\(name.prefix(200))\" leads out of the survey folder",
          advice: "copy the file into the folder, and name it by its path from there")
      case .notFound:
        report.add(
          "file.not-found", .error, at: place, "there is no file \"\(name.prefix(200))\" in the survey folder",
          advice: "correct the name, or put the file there; capitals count")
      }
      return nil
    }
  }

  /// The features of a file, or `nil` where it cannot be used at all; whatever is wrong is reported.
  ///
  /// `level` is that of a piece of the file that cannot be used.
  func features(
    _ name: String, at place: Place, in source: FileSource, pieces level: Finding.Level
  ) -> [GeoFeature]? {
    guard let (path, identity) = locate(name, at: place) else { return nil }
    let key = Key(file: identity, conversion: source.conversion)
    if let known = read[key] { return known }
    let features = isOther(name, place) ? nil : load(path, as: name, place, source, level)
    read[key] = .some(features)
    return features
  }

  /// Whether a plain file was read, or is read now, and has no geometry that could be used.
  func holdsNoPosition(_ name: String, at place: Place, pieces level: Finding.Level) -> Bool {
    // What is not there is reported once, when it is read.
    guard isThere(name) else { return false }
    let features = features(name, at: place, in: .plain, pieces: level) ?? []
    return !features.contains { $0.geometry != nil }
  }

  /// The corners of the box around the numbers of each feature of a file, as they stand there, and its centre; none where
  /// it cannot be read. Nothing is reported: the file is read again in earnest.
  func corners(_ name: String, _ section: Section) -> [Projected] {
    guard let found = try? root.file(name) else { return [] }
    let collector = PairCollector()
    let crs = FileCRS(name: section.crsCode, isGeographic: false, converter: collector)
    try? LogReader.eachLog(of: found.open) { _ in
    } _: { file in
      var input = try file.open()
      try readFeatures(&input, in: crs) { _ in
        collector.endPiece()
      } problem: { _ in
      }
    }
    return collector.cornersOfPieces
  }

  private func load(
    _ path: String, as name: String, _ place: Place, _ source: FileSource, _ level: Finding.Level
  ) -> [GeoFeature]? {
    var features: [GeoFeature] = []
    do {
      let crs = try source.open()
      try LogReader.eachLog(of: path) { refusal in
        tell(Problem(refusal.code, line: refusal.line, "\(refusal.path): \(refusal.message)"), name, level)
      } _: { file in
        var input = try file.open()
        try readFeatures(&input, in: crs) {
          features.append($0)
        } problem: {
          tell($0, name, level)
        }
        let sha256 = try input.finish().sha256
        inputs.append(FieldSurvey.Input(path: name, sha256: file.archiveSHA256 ?? sha256))
      }
      return features
    } catch let error as ProjectionError {
      report.add(
        error.code, .error, at: place, "\(error.operation): \(error.reason)", advice: "see docs/coordinates.md")
      return nil
    } catch {
      guard let error = error as? FileUnreadable else { return nil }
      report.add(
        error.code, .error, at: error.line > 0 ? Place(name, line: error.line) : place,
        "\"\(name.prefix(200))\": \(error.message)", advice: "nothing of this file is used until it can be read")
      return nil
    }
  }

  private func tell(_ problem: Problem, _ name: String, _ level: Finding.Level) {
    let place = Place(name, line: problem.line)
    if problem.code == "geojson.ring-open" || problem.code == "kml.ring-open" {
      report.add(problem.code, .warning, at: place, problem.message, advice: "repeat the first corner at the end")
    } else if problem.code == "kml.overlay" {
      report.add(problem.code, .info, at: place, problem.message, advice: "nothing, if it only illustrates the map")
    } else {
      report.leaveOut(
        problem.code, level, at: place, problem.message, advice: "this piece is not used: mend it in the file")
    }
  }

  /// GeoJSON, or KML, which is in longitude and latitude whatever was declared.
  private func readFeatures(
    _ input: inout ByteSource, in crs: FileCRS?, feature: (GeoFeature) -> Void, problem: (Problem) -> Void
  ) throws(FileUnreadable) {
    guard KML.recognizes(try input.head()) else {
      return try GeoJSON.readFeatures(&input, in: crs, feature: feature, problem: problem)
    }
    if let crs, !crs.isGeographic, !(crs.converter is PairCollector) {
      throw FileUnreadable(
        input.path, .refused, code: "kml.crs",
        "is KML, which is in longitude and latitude on WGS 84 and never in \(crs.name): take `crs` out")
    }
    try KML.readFeatures(&input, in: crs?.converter, feature: feature, problem: problem)
  }

  private func isOther(_ name: String, _ place: Place) -> Bool {
    let others = ["gpkg", "shp", "dbf", "shx", "csv", "xls", "xlsx", "ods", "dxf", "gml", "gpx"]
    guard let ending = name.lowercased().split(separator: ".").last, others.contains(String(ending)) else {
      return false
    }
    report.add(
      "file.format", .error, at: place,
      "\"\(name.prefix(200))\" is neither GeoJSON nor KML, and polygons are read from nothing else yet",
      advice: "convert it: ogr2ogr -t_srs EPSG:4326 NEW.geojson OLD.\(ending)")
    return true
  }
}

extension Section {
  /// The code of the CRS that the table declares, or what stands there where it has none.
  fileprivate var crsCode: String {
    guard let text = plainString("crs") else { return "EPSG:4326" }
    return (try? ReferenceSystem.named(text))?.code ?? text
  }
}

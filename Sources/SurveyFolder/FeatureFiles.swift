internal import Formats
internal import Geometry
internal import Positions
internal import Projection
internal import Survey

/// Reads the survey's files of features, each once.
final class FeatureFiles {
  private(set) var inputs: [FieldSurvey.Input] = []
  /// Logs whose waypoints were looked at.
  var waypointLogs: [WaypointSource] = []
  private let root: FolderRoot
  let report: Report
  private var read: [Key: [GeoFeature]?] = [:]
  /// Of every file in an archive.
  private var layersOfFiles: [String: [[FeatureLayer]]] = [:]

  /// One file may be read in several ways.
  private struct Key: Hashable {
    var file: String
    var conversion: Conversion?
    var isNamed: Bool
    var takesPoints: Bool
    var layer: String?
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
  func quietlyOpenable(_ name: String) -> String? { (try? file(name))?.open }

  func isThere(_ name: String) -> Bool { (try? file(name)) != nil }

  /// A file that the survey names, reported where it is not there or not in the folder.
  private func locate(_ name: String, at place: Place) -> (open: String, identity: String)? {
    do {
      return try file(name)
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

  /// A file in the folder, with all that is read with it, which must not lead out of the folder either.
  private func file(_ name: String) throws(FolderRoot.PathError) -> (open: String, identity: String) {
    let found = try root.file(name)
    // What else is wrong with them is told when they are read.
    for path in (try? Shapefile.companions(of: found.open)) ?? [] { _ = try root.file(relative(path, to: name)) }
    return found
  }

  /// The path in the folder of a file that lies beside another.
  private func relative(_ path: String, to name: String) -> String {
    let folder = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
    return folder + (path.split(separator: "/").last ?? "")
  }

  /// What the layers of a file, or of all files in an archive, say of their CRS; none where it cannot be read, which is told
  /// when it is read in earnest. `layer` is the one that is meant, of a file that has several.
  func layers(_ name: String, _ layer: String? = nil) -> [FeatureLayer] {
    let all = layersOfEach(name).flatMap { $0 }
    // A name that none of them has is told when the file is read in earnest.
    guard let layer, all.contains(where: { $0.name == layer }) else { return all }
    return all.filter { $0.name == layer }
  }

  private func layersOfEach(_ name: String) -> [[FeatureLayer]] {
    guard let found = try? file(name) else { return [] }
    if let known = layersOfFiles[found.identity] { return known }
    var layers: [[FeatureLayer]] = []
    try? LogReader.eachLog(of: found.open) { _ in
    } _: { member in
      if let found = try? FeatureFile.open(member, takesPoints: true) { layers.append(found.layers) }
    }
    layersOfFiles[found.identity] = layers
    return layers
  }

  /// Whether it is clear which layer of a file is meant; reported where it is not.
  private func isClear(_ name: String, _ layer: String?, at place: Place) -> Bool {
    let each = layersOfEach(name)
    let names = each.joined().map { "\"\($0.name.prefix(64))\"" }.prefix(50).joined(separator: ", ")
    if let layer {
      guard !each.isEmpty, !each.joined().contains(where: { $0.name == layer }) else { return true }
      report.add(
        "gpkg.layers", .error, at: place,
        "\"\(name.prefix(200))\" has no layer \"\(layer.prefix(64))\"; it has \(names)",
        advice: "correct `layer`, or take it out where the file has one layer only")
      return false
    }
    guard each.contains(where: { $0.count > 1 }) else { return true }
    report.add(
      "gpkg.layers", .error, at: place, "\"\(name.prefix(200))\" has several layers: \(names)",
      advice: "say which one is meant: layer = \"...\"")
    return false
  }

  /// The same for a log, without unpacking an archive that only holds other logs.
  func logNeedsCRS(_ name: String) -> Bool {
    guard let found = try? file(name), LogReader.mayNameCRS(found.open) else { return false }
    return needsCRS(name)
  }

  /// Whether it is for somebody to say what the coordinates of a file are in: they are not on WGS 84 by its format.
  func needsCRS(_ name: String, _ layer: String? = nil) -> Bool { layers(name, layer).contains { $0.crs != .wgs84 } }

  /// The features of a file, or `nil` where it cannot be used at all; whatever is wrong is reported.
  ///
  /// `level` is that of a piece of the file that cannot be used; `takesPoints` says whether a table or a form may be read.
  func features(
    _ name: String, layer: String? = nil, at place: Place, in source: FileSource, pieces level: Finding.Level,
    takesPoints: Bool = false
  ) -> [GeoFeature]? {
    guard let (path, identity) = locate(name, at: place) else { return nil }
    let key = Key(
      file: identity, conversion: source.conversion, isNamed: source.isNamed, takesPoints: takesPoints, layer: layer)
    if let known = read[key] { return known }
    let isReadable =
      (takesPoints ? !holdsNoPoints(name, place) : !isOther(name, place)) && isClear(name, layer, at: place)
    let features = !isReadable ? nil : load(path, as: name, layer, place, source, level, takesPoints)
    read[key] = .some(features)
    return features
  }

  /// Whether a plain file was read, or is read now, and has no geometry that could be used.
  func holdsNoPosition(
    _ name: String, at place: Place, pieces level: Finding.Level, takesPoints: Bool
  ) -> Bool {
    // What is not there is reported once, when it is read.
    guard isThere(name) else { return false }
    let features = features(name, at: place, in: .plain, pieces: level, takesPoints: takesPoints) ?? []
    return !features.contains { $0.geometry != nil }
  }

  /// The corners of the box around the numbers of each feature of a file, as they stand there, and its centre; none where
  /// it cannot be read. Nothing is reported: the file is read again in earnest.
  func corners(_ name: String, _ section: Section) -> [Projected] {
    guard let found = try? file(name) else { return [] }
    let collector = PairCollector()
    let crs = FileCRS(name: section.crsCode, isGeographic: false, converter: collector)
    try? LogReader.eachLog(of: found.open) { _ in
    } _: { file in
      let features = try FeatureFile.open(file, takesPoints: true)
      let wanted = section.plainString("layer")
      for layer in features.layers where wanted == nil || layer.name == wanted {
        _ = try features.readFeatures(of: layer, in: crs) { _ in
          collector.endPiece()
        } problem: { _ in
        }
      }
    }
    return collector.cornersOfPieces
  }

  private func load(
    _ path: String, as name: String, _ wanted: String?, _ place: Place, _ source: FileSource, _ level: Finding.Level,
    _ takesPoints: Bool
  ) -> [GeoFeature]? {
    var features: [GeoFeature] = []
    // Whether rows of a table may belong to other shapes than those they stand beside.
    var isShifted = false
    do {
      let crs = try source.open()
      try LogReader.eachLog(of: path) { refusal in
        tell(Problem(refusal.code, line: refusal.line, "\(refusal.path): \(refusal.message)"), name, level)
      } _: { file in
        let found: FeatureFile
        do throws(FileUnreadable) {
          found = try FeatureFile.open(file, takesPoints: takesPoints)
        } catch {
          // What else lies in an archive does not take its other files with it.
          guard file.archiveSHA256 != nil else { throw error }
          return tell(Problem(error.code, line: error.line, "\(file.path): \(error.message)"), name, level)
        }
        for layer in found.layers where wanted == nil || layer.name == wanted {
          try checkKML(found, crs)
          try checkTable(found, file.path)
          // WGS 84 needs no conversion, and must still have been named by somebody.
          let own = crs ?? (layer.crs != .wgs84 && source.isNamed ? .wgs84 : nil)
          let reading = try found.readFeatures(of: layer, in: own) {
            features.append($0)
          } problem: {
            isShifted = isShifted || $0.code == "dbf.count"
            tell($0, name, level)
          }
          for (index, read) in reading.files.enumerated() where index == 0 || file.archiveSHA256 == nil {
            add(
              FieldSurvey.Input(
                path: index == 0 ? name : relative(read.path, to: name), sha256: file.archiveSHA256 ?? read.sha256))
          }
        }
      }
      guard !isShifted else {
        report.add(
          "dbf.count", .error, at: place,
          "\"\(name.prefix(200))\": its table has another number of rows than it has shapes, and nobody knows which "
            + "belongs to which", advice: "nothing of this file is used: export it again")
        return nil
      }
      return features
    } catch let error as ProjectionError {
      self.report(error, of: name, at: place)
      return nil
    } catch {
      if let error = error as? FileUnreadable { refuse(name, error, at: place) }
      return nil
    }
  }
}

extension Section {
  /// The code of the CRS that the table declares, or what stands there where it has none.
  fileprivate var crsCode: String {
    guard let text = plainString("crs") else { return "EPSG:4326" }
    return (try? ReferenceSystem.named(text))?.code ?? text
  }
}

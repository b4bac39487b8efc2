internal import Formats
internal import Geometry
internal import Positions
internal import Projection
internal import Survey

/// How the files of a table are to be read.
extension References {
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
    if unconverted.contains(key) {
      if declared == nil, !samples.isEmpty, !isDegrees(samples, section) { return refuse(isHazard) }
      return FileSource(crs: name, conversion: nil, isNamed: declared != nil)
    }
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
      guard let conversion else {
        unconverted.insert(key)
        return FileSource(crs: name, conversion: nil, isNamed: declared != nil)
      }
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

  private func refuse(_ isHazard: Bool) -> FileSource? {
    if isHazard { isRefused = true }
    return nil
  }
}

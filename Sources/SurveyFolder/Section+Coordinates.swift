internal import Positions
internal import Projection
internal import Survey

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

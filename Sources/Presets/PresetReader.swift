internal import Formats
import Geometry

/// Reads presets from the bytes of a GeoJSON file. Nothing is skipped: the first thing that is wrong is thrown.
enum PresetReader {
  static func read(_ bytes: [UInt8]) throws(PresetError) -> [Preset] {
    var input = ByteSource(bytes: bytes, path: "presets.geojson")
    var features: [GeoFeature] = []
    var problem: String?
    do throws(FileUnreadable) {
      try GeoJSON.readFeatures(&input) {
        features.append($0)
      } problem: {
        problem = problem ?? "\($0)"
      }
    } catch { problem = "\(error)" }
    if let problem { throw .data("the file", problem) }
    var presets: [Preset] = []
    var names: Set<String> = []
    for feature in features {
      let preset = try preset(feature)
      for name in Set([preset.id] + preset.codes) where !names.insert(name.lowercased()).inserted {
        throw .data(preset.id, "\(name) stands twice")
      }
      presets.append(preset)
    }
    guard !presets.isEmpty else { throw .data("the file", "no preset in it") }
    return presets
  }

  private static func preset(_ feature: GeoFeature) throws(PresetError) -> Preset {
    let members = PresetMembers(feature.properties, of: "line \(feature.line)")
    let id = try members.text("id")
    let own = PresetMembers(feature.properties, of: id)
    let boundary = feature.geometry?.polygons ?? []
    guard !boundary.isEmpty else { throw .data(id, "no boundary") }
    let tolerance = try own.number("boundary_m")
    // Over 100 km the flat metres of `place` are no longer good for the comparison.
    guard (1...100_000).contains(tolerance) else { throw .data(id, "boundary_m is no number from 1 to 100 000") }
    var box = Box<Geographic>()
    for polygon in boundary { box.include(polygon.box) }
    let operations = try own.objects("operations", operation)
    guard Set(operations.map(\.source)).count == operations.count else {
      throw .data(id, "two operations from one CRS")
    }
    return Preset(
      id: id, name: try own.text("name"), codes: try own.texts("codes"),
      official: try own.objects("official", entry), legacy: try own.objects("legacy", entry),
      general: try own.objects("general", entry), operations: operations,
      grids: try own.objects("grids", isOptional: true, grid),
      undecided: try own.objects("undecided", isOptional: true, undecided),
      cautions: try own.objects("cautions", isOptional: true, caution),
      notes: try own.texts("notes", isOptional: true), sources: try own.texts("sources"),
      boundary: boundary, boundaryTolerance: tolerance, box: box)
  }

  private static func entry(_ members: PresetMembers) throws(PresetError) -> CRSEntry {
    CRSEntry(
      crs: try members.code("crs"), what: try members.text("what"), prefix: try members.integer("prefix"),
      isDeprecated: try members.flag("deprecated") ?? false)
  }

  private static func operation(_ members: PresetMembers) throws(PresetError) -> PinnedOperation {
    let accuracy = try members.number("accuracy_m")
    guard accuracy >= 0, let isOwn = try members.flag("own") else { throw members.bad("accuracy_m or own") }
    return PinnedOperation(
      source: try members.code("from"), operation: try members.code("operation"), target: try members.code("to"),
      accuracy: accuracy, isOwn: isOwn, why: try members.text("why"))
  }

  private static func grid(_ members: PresetMembers) throws(PresetError) -> GridFileOperation {
    GridFileOperation(
      source: try members.code("from"), operation: try members.code("operation"), target: try members.code("to"),
      accuracy: try members.number("accuracy_m"), file: try members.text("file"))
  }

  private static func undecided(_ members: PresetMembers) throws(PresetError) -> UndecidedOperation {
    UndecidedOperation(
      source: try members.code("from"), candidates: try members.texts("candidates"), why: try members.text("why"))
  }

  private static func caution(_ members: PresetMembers) throws(PresetError) -> Caution {
    guard let isInsideOnly = try members.flag("inside_only") else { throw members.bad("inside_only") }
    return Caution(
      operation: try members.code("operation"), isInsideOnly: isInsideOnly, why: try members.text("why"))
  }
}

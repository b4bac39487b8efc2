import Presets
public import Projection

extension ReferenceSystem {
  /// A CRS as users name it: by code, WKT2 or full name, or by a country's preset.
  ///
  /// `serbia` is the national grid of the preset, `serbia 7` its grid whose eastings begin with 7. Throws `crs.unknown`
  /// where the country has no such grid, or several.
  public static func named(_ text: String) throws(ProjectionError) -> ReferenceSystem {
    let refusal: ProjectionError
    do { return try ReferenceSystem(text) } catch { refusal = error }
    guard refusal.code == "crs.unknown", text.utf8.count <= 64 else { throw refusal }
    var words = text.split { $0 == " " || $0 == ":" }.map(String.init)
    let prefix = words.count > 1 ? words.last.flatMap { Int($0) } : nil
    if prefix != nil { words.removeLast() }
    guard let preset = try? Presets.named(words.joined(separator: " ")) else { throw refusal }
    let entries = prefix == nil ? preset.official : preset.official + preset.legacy
    let grids = entries.filter { (prefix == nil || $0.prefix == prefix) && !$0.isDeprecated }
      .compactMap { try? ReferenceSystem($0.crs) }.filter { !$0.isGeographic }
    guard let only = grids.first, grids.count == 1 else {
      let known = (preset.official + preset.legacy).map(\.crs).joined(separator: ", ")
      throw ProjectionError(
        "crs.unknown", operation: text,
        reason:
          "the preset \(preset.name) has \(grids.isEmpty ? "no such grid" : "several such grids"); name one by its "
          + "code: \(known)")
    }
    return only
  }
}

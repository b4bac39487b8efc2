/// The presets that the programme ships.
///
///     let preset = try Presets.named("kosovo")
///     if case .wholly(let preset) = try Presets.containing(corners) { use(preset.operations) }
public enum Presets {
  /// In the order of the data file. Parsed at the first call, once for the process; throws `preset.data` where the
  /// data are damaged.
  public static var all: [Preset] { get throws(PresetError) { try loaded.get() } }

  private static let loaded = Result { () throws(PresetError) in
    try PresetReader.read(PackageResources.presets_geojson)
  }

  /// By id, name or ISO 3166 code, whatever the case; throws `preset.unknown` with the nearest spelling.
  public static func named(_ name: String) throws(PresetError) -> Preset {
    let all = try all
    let wanted = folded(name)
    func answers(_ preset: Preset) -> [String] { ([preset.id, preset.name] + preset.codes).map(folded) }
    if let found = all.first(where: { answers($0).contains(wanted) }) { return found }
    throw .unknown(name, nearest: nearest(to: wanted, among: all), all: all.map(\.id))
  }

  /// The preset inside whose boundary alone an operation may be taken, such as Kosovo for `EPSG:9143`.
  public static func confinement(of operation: String) throws(PresetError) -> Preset? {
    try all.first { $0.caution(about: operation)?.isInsideOnly == true }
  }

  /// Lower case, with hyphens for blanks and underscores.
  private static func folded(_ name: String) -> String {
    String(name.lowercased().map { $0 == " " || $0 == "_" ? "-" : $0 })
  }

  /// The id of the one preset of which the word is a part, or else of the one whose id takes the fewest edits; `nil` where
  /// that are more than a third of the word.
  private static func nearest(to wanted: String, among presets: [Preset]) -> String? {
    guard (3...64).contains(wanted.utf8.count) else { return nil }
    let parts = presets.filter { $0.id.contains(wanted) }
    if let only = parts.first, parts.count == 1 { return only.id }
    let ranked = presets.map { ($0.id, edits(wanted, $0.id)) }
    guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= max(2, wanted.utf8.count / 3) else { return nil }
    return best.0
  }

  /// The fewest insertions, deletions and replacements that make one word the other (V. I. Levenshtein, 1965).
  private static func edits(_ a: String, _ b: String) -> Int {
    let b = Array(b.utf8)
    var row = Array(0...b.count)
    for byte in a.utf8 {
      var diagonal = row[0]
      row[0] += 1
      for j in b.indices {
        let best = min(row[j] + 1, row[j + 1] + 1, diagonal + (byte == b[j] ? 0 : 1))
        (diagonal, row[j + 1]) = (row[j + 1], best)
      }
    }
    return row[b.count]
  }
}

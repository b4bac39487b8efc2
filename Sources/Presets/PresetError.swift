/// Why there is no preset to give.
public struct PresetError: Error, Hashable, Sendable {
  /// Stable, dotted: `preset.unknown` or `preset.data`.
  public let code: String
  /// What was found and what to do, in one sentence.
  public let message: String

  static func unknown(_ name: String, nearest: String?, all: [String]) -> PresetError {
    let advice = nearest.map { "did you mean \($0)?" } ?? "there are \(all.joined(separator: ", "))"
    return PresetError(code: "preset.unknown", message: "there is no preset \"\(name.prefix(60))\": \(advice)")
  }

  /// The data file is part of the programme, so this says that the programme was built wrong.
  static func data(_ place: String, _ what: String) -> PresetError {
    PresetError(code: "preset.data", message: "presets.geojson, \(place): \(what); install the programme again")
  }
}

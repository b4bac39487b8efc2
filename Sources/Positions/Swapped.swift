public import Geometry
public import Presets

/// The country that positions would be in if longitude and latitude were exchanged, where as they stand they are in none
/// that Razmin knows, or not in the one that was named.
///
/// Both ways round may be on Earth: Nis (21.9 E, 43.3 N) falls into Arabia. Nobody can be sure of it, so this is asked.
public func countryIfSwapped(_ places: [Geographic], named: Preset?) -> Preset? {
  let presets = named.map { [$0] } ?? (try? Presets.all) ?? []
  let swapped = places.map { Geographic($0.latitude, $0.longitude) }
  guard !places.isEmpty, !places.contains(where: { place in presets.contains { $0.place(of: place) != .outside } })
  else { return nil }
  return presets.first { preset in swapped.allSatisfy { preset.place(of: $0) != .outside } }
}

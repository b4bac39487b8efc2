public import Geometry

/// To which preset a set of positions belongs.
public enum Containment: Hashable, Sendable {
  /// Every position is inside this preset, farther from its boundary than that may be wrong.
  case wholly(Preset)
  /// Not every position is inside one preset: some are close to a boundary, in several presets, or in none. The presets
  /// that any position is inside or near, in the data's order, and the first position that is not inside the first.
  case unclear([Preset], at: Geographic)
  /// Every position is outside all presets; also where there is none.
  case none
}

extension Presets {
  /// Where the positions lie. Only positions are looked at: what runs between two of them is as far from the boundary
  /// as they are, give or take its length.
  public static func containing(_ positions: some Sequence<Geographic>) throws(PresetError) -> Containment {
    let all = try all
    var touched = Array(repeating: false, count: all.count)
    /// The one preset that all positions so far are inside.
    var whole: Int?
    var doubtful: Geographic?
    for position in positions {
      var inside: Int?
      // Most positions lie where the one before did.
      if let whole, doubtful == nil, all[whole].place(of: position) == .inside { continue }
      for (index, preset) in all.enumerated() {
        let place = preset.place(of: position)
        if place != .outside { touched[index] = true }
        if place == .inside { inside = index }
      }
      if inside == nil || whole.map({ $0 != inside }) == true { doubtful = doubtful ?? position }
      if whole == nil, doubtful == nil { whole = inside }
    }
    let near = all.indices.filter { touched[$0] }.map { all[$0] }
    guard let doubtful else { return whole.map { .wholly(all[$0]) } ?? .none }
    return near.isEmpty ? .none : .unclear(near, at: doubtful)
  }
}

import Geometry
import Presets
import Projection

/// A CRS that teams are known to use, and a rough way from it to degrees.
struct KnownGrid {
  let code: String
  let name: String
  /// `nil` where the numbers are degrees already.
  private let system: ReferenceSystem?
  private let preset: Preset?
  /// The millions of metres in front of eastings of a Gauss-Krueger zone, which people leave out; `nil` where there are none.
  let prefix: Int?

  static func degrees(_ name: String) -> KnownGrid {
    KnownGrid(code: ReferenceSystem.wgs84, name: "WGS 84, \(name)", system: nil, preset: nil, prefix: nil)
  }

  private init(code: String, name: String, system: ReferenceSystem?, preset: Preset?, prefix: Int?) {
    (self.code, self.name, self.system, self.preset, self.prefix) = (code, name, system, preset, prefix)
  }

  init?(_ code: String, preset: Preset?, prefix: Int? = nil) {
    guard let system = try? ReferenceSystem(code), !system.isGeographic else { return nil }
    self.init(code: code, name: system.name, system: system, preset: preset, prefix: prefix)
  }

  /// Where a pair of this grid is; `nil` where it cannot be in it.
  func position(_ pair: Projected) -> Geographic? {
    guard let system, abs(pair.easting) > 180 || abs(pair.northing) > 180, let area = system.areaOfUse else {
      return nil
    }
    // First by the map projection alone, which is cheap and right to a kilometre or two.
    guard let base = system.base, let geographic = try? ReferenceSystem(base),
      let rough = run(try? candidates(from: system, to: geographic, over: nil).first, pair),
      area.grown(by: 0.5).contains(rough)
    else { return nil }
    return precise(system, pair) ?? rough
  }

  /// By the operation that the country pins, or else by the most accurate one.
  private func precise(_ system: ReferenceSystem, _ pair: Projected) -> Geographic? {
    guard let wgs84 = try? ReferenceSystem(ReferenceSystem.wgs84) else { return nil }
    for pin in preset?.operations ?? [] where pin.source == system.base {
      if let found = try? operation(pin.operation, from: system, to: wgs84), let place = run(found, pair) {
        return place
      }
    }
    let usable = (try? candidates(from: system, to: wgs84, over: nil))?.filter(\.isUsable) ?? []
    return run(usable.min { ($0.accuracy ?? .infinity, $0.code) < ($1.accuracy ?? .infinity, $1.code) }, pair)
  }

  private func run(_ operation: CoordinateOperation?, _ pair: Projected) -> Geographic? {
    guard let operation, let transformer = try? Transformer.open(operation),
      let moved = transformer.transform(pair.easting, pair.northing)
    else { return nil }
    return Geographic(moved.x, moved.y)
  }
}

/// The grids of all presets, each once, and UTM on WGS 84 over them.
func knownGrids() -> [KnownGrid] {
  var seen: Set<String> = []
  var grids: [KnownGrid] = []
  for preset in (try? Presets.all) ?? [] {
    for entry in preset.official + preset.legacy + preset.general
    where !entry.isDeprecated && seen.insert(entry.crs).inserted {
      if let grid = KnownGrid(entry.crs, preset: preset, prefix: entry.prefix) { grids.append(grid) }
    }
  }
  // Zones 33 to 44 reach from the Adriatic to the Pamir.
  for zone in 33...44 where seen.insert("EPSG:326\(zone)").inserted {
    if let grid = KnownGrid("EPSG:326\(zone)", preset: nil) { grids.append(grid) }
  }
  return grids
}

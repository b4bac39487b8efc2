public import Geometry
import Positions
public import Projection
public import Survey

extension PointSheet {
  /// What the sheet's coordinates are in: what was declared, or what the file itself says by a name that the registry
  /// has; `nil` where all are latitude and longitude, or carry their zone in their text.
  ///
  /// Throws `crs.undeclared`, with what the first pair could be, where neither says.
  public func crs(declared: String?, near place: Box<Geographic>? = nil) throws -> ReferenceSystem? {
    if let declared { return try ReferenceSystem.named(declared) }
    if let crsName, let found = Self.registered(crsName) { return found }
    guard let first = points.first(where: { $0.geographic == nil && $0.notation == nil && $0.grid != nil }),
      let pair = first.grid
    else { return nil }
    let named = crsName.map { "the file calls it \"\($0.prefix(80))\", which the registry does not have" }
    guard let x = pair.first.number, let y = pair.second.number else { return nil }
    let scale = pair.unit?.metres ?? 1
    let found = gateCandidates(x * scale, y * scale, near: place).map(\.text).joined(separator: "; ")
    throw CoordinateFault(
      "crs.undeclared",
      "row \(first.line): nobody says in which CRS \(pair.first.text), \(pair.second.text) is"
        + (named.map { " (\($0))" } ?? "") + (found.isEmpty ? "" : "; it could be \(found)"))
  }

  /// Programs write the order of axes behind the name: `MGI 1901 / Balkans zone 7 (E-N)`. Only the whole name or code
  /// counts, never one that is alike.
  private static func registered(_ name: String) -> ReferenceSystem? {
    var names = [name]
    if let bracket = name.lastIndex(of: "(") {
      names.append(String(name[..<bracket].reversed().drop { $0 == " " }.reversed()))
    }
    for name in names {
      guard let crs = try? ReferenceSystem(name) else { continue }
      if [crs.name, crs.code].contains(where: { $0?.lowercased() == name.lowercased() }) { return crs }
    }
    return nil
  }

  /// The numbers of its coordinates, in the unit of a CRS.
  public func samples(in crs: ReferenceSystem) -> [Projected] {
    points.compactMap { point in
      guard crs.isGeographic, let pair = point.geographic else {
        guard let x = point.grid?.first.number, let y = point.grid?.second.number else { return nil }
        let scale = crs.isGeographic ? 1 : (point.grid?.unit?.metres ?? crs.metresPerUnit) / crs.metresPerUnit
        return Projected(x * scale, y * scale)
      }
      // Degrees may be written with minutes.
      let read = try? PositionInput(crs: crs).read(latitude: pair.second.text, longitude: pair.first.text)
      return read.map { Projected($0.first, $0.second) }
    }
  }
}

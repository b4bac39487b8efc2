import Geometry

/// The terrestrial frame that positions in degrees are given in, and where it drifts the epoch.
///
/// WGS 84 and the ITRFs move with the whole Earth, ETRS89 with Europe: they coincided in 1989 and part by 2.5 cm a year
/// (EUREF Technical Note 1). A receiver alone, or with SBAS, gives WGS 84; one with a national network gives ETRS89.
public struct ReferenceFrame: Hashable, Sendable, CustomStringConvertible {
  /// As it is printed: `WGS 84`, `ETRS89`, `ITRF2014`.
  public let name: String
  /// The geographic CRS, in two dimensions, by which PROJ knows it.
  let crs: String
  /// Decimal year; `nil` where not given.
  public let epoch: Double?
  /// Whether it moves with Europe.
  public let isEuropean: Bool

  /// The CRS that other sources are carried to where this is the survey's frame: longitude and latitude.
  public var geographicCRS: String { isEuropean ? "EPSG:4258" : ReferenceSystem.wgs84 }

  public static let wgs84 = ReferenceFrame("WGS 84", "EPSG:9000", nil, isEuropean: false)

  private init(_ name: String, _ crs: String, _ epoch: Double?, isEuropean: Bool) {
    (self.name, self.crs, self.epoch, self.isEuropean) = (name, crs, epoch, isEuropean)
  }

  public var description: String { epoch.map { "\(name)@\($0)" } ?? name }

  /// The words of `frame`, and what PROJ calls them.
  ///
  /// WGS 84 in its realisations since 2012 (G1674 on) is ITRF2008 and ITRF2014 to some centimetres (NGA.STND.0036), and is
  /// taken for ITRF2014. ETRS89 without a realisation is taken for ETRF2000, which EUREF recommends for national systems
  /// and SRB_ETRS89 realises.
  private static let known: [(words: [String], name: String, crs: String, isEuropean: Bool)] = [
    (["wgs84", "epsg:4326"], "WGS 84", "EPSG:9000", false),
    (["etrs89", "epsg:4258"], "ETRS89", "EPSG:9067", true),
    (["etrf2000", "epsg:9067"], "ETRF2000", "EPSG:9067", true),
    (["srbetrs89", "epsg:8685"], "SRB_ETRS89", "EPSG:9067", true),
    (["etrf2014", "epsg:9069"], "ETRF2014", "EPSG:9069", true),
    (["itrf2020", "epsg:9990"], "ITRF2020", "EPSG:9990", false),
    (["itrf2014", "epsg:9000"], "ITRF2014", "EPSG:9000", false),
    (["itrf2008", "epsg:8999"], "ITRF2008", "EPSG:8999", false),
    (["itrf2005", "epsg:8998"], "ITRF2005", "EPSG:8998", false),
    (["itrf2000", "epsg:8997"], "ITRF2000", "EPSG:8997", false),
  ]

  public static var names: [String] { known.map(\.name) }

  /// Takes `WGS 84`, `ETRS89`, `ITRF2014@2026.35` and the like; `nil` for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let word = (parts.first ?? "").lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }
    guard parts.count <= 2, let match = Self.known.first(where: { $0.words.contains(word) }) else { return nil }
    var epoch: Double?
    if parts.count == 2 {
      guard let year = Double(parts[1]), (1980...2100).contains(year) else { return nil }
      epoch = year
    }
    self.init(match.name, match.crs, epoch, isEuropean: match.isEuropean)
  }

  /// The operation to another frame; `nil` where both are the same. It needs an epoch where one of them drifts away
  /// from the other.
  public func operation(to other: ReferenceFrame) throws(ProjectionError) -> CoordinateOperation? {
    guard crs != other.crs else { return nil }
    let found = try candidates(from: ReferenceSystem(crs), to: ReferenceSystem(other.crs), over: nil)
      .filter(\.isUsable)
    // Through as few frames as possible, and of those by the smaller code.
    let best = found.min { ($0.code.count, $0.code) < ($1.code.count, $1.code) }
    guard let best else {
      throw ProjectionError(operation: "\(name) to \(other.name)", reason: "PROJ knows no way between these frames")
    }
    return best
  }
}

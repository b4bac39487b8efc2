public import Geometry

/// What the programme knows of one country's coordinates: which reference systems occur there, which operation leads
/// from each legacy one to WGS 84, and where the country lies.
///
/// The boundary serves to choose coordinate operations and for nothing else: it says nothing on any territory's status.
/// All of it is data, in `presets.geojson`; see `docs/presets.md`.
public struct Preset: Hashable, Sendable, Identifiable {
  /// Lower case, words joined by hyphens, such as `north-macedonia`.
  public let id: String
  public let name: String
  /// The two and three letters of ISO 3166-1; for Kosovo `XK` and `XKX`, which users of that standard assign.
  public let codes: [String]

  /// In which the state's survey works today.
  public let official: [CRSEntry]
  /// In which old maps, sheets and records are.
  public let legacy: [CRSEntry]
  /// World-wide frames that programmes use there.
  public let general: [CRSEntry]

  /// The operation to take for each geographic CRS, at most one for each.
  public let operations: [PinnedOperation]
  /// Better than the pinned ones, where their grid file is installed.
  public let grids: [GridFileOperation]
  /// Geographic CRSs for which nobody but the user can choose.
  public let undecided: [UndecidedOperation]
  /// Operations that look fit for the country and are not to be taken unasked.
  public let cautions: [Caution]

  public let notes: [String]
  public let sources: [String]

  /// Generalised; the polygons do not overlap.
  public let boundary: [Polygon<Geographic>]
  /// Metres by which the generalised boundary may be away from the true one.
  public let boundaryTolerance: Double

  let box: Box<Geographic>

  /// The operation pinned for a geographic CRS such as `EPSG:3906`.
  public func operation(from crs: String) -> PinnedOperation? { operations.first { $0.source == crs } }

  /// The caution about an operation such as `EPSG:9143`.
  public func caution(about operation: String) -> Caution? { cautions.first { $0.operation == operation } }
}

/// A coordinate reference system that occurs in a country.
public struct CRSEntry: Hashable, Sendable {
  /// Such as `EPSG:6316`.
  public let crs: String
  /// What it is, for people.
  public let what: String
  /// Millions in the false easting, which name the Gauss-Krueger zone: 7 in 7 573 696.
  public let prefix: Int?
  /// EPSG has withdrawn it; files that name it still occur.
  public let isDeprecated: Bool
}

/// The operation to take from one geographic CRS.
public struct PinnedOperation: Hashable, Sendable {
  /// The geographic CRS that it starts from, such as `EPSG:3906` (MGI 1901).
  public let source: String
  /// Its code, such as `EPSG:9495`.
  public let operation: String
  /// The geographic CRS that it ends at. Where that is not `EPSG:4326`, it is a realisation of ETRS89.
  public let target: String
  /// Metres, as stated by the authority.
  public let accuracy: Double
  /// False where it was made for a wider region, so that taking it is a choice for the user to confirm.
  public let isOwn: Bool
  /// Why this one.
  public let why: String
}

/// An operation that needs a grid file which is not shipped.
public struct GridFileOperation: Hashable, Sendable {
  public let source, operation, target: String
  /// Metres, as stated by the authority.
  public let accuracy: Double
  /// Name of the file that PROJ looks for.
  public let file: String
}

/// A geographic CRS from which no operation is pinned.
public struct UndecidedOperation: Hashable, Sendable {
  public let source: String
  /// Codes among which the user must choose; empty where the authority has none.
  public let candidates: [String]
  public let why: String
}

/// What speaks against an operation.
public struct Caution: Hashable, Sendable {
  public let operation: String
  /// Whether it must not be taken outside the preset's boundary, even on request by its area of use, which is a box.
  public let isInsideOnly: Bool
  public let why: String
}

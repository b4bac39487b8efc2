/// One row of a sheet of points.
public struct SheetPoint: Hashable, Sendable {
  /// The polygon that it belongs to, without blanks at the ends; `nil` for a single point.
  public var shape: String?
  /// Its place in the polygon, as the sheet says it; a shape begins at 1.
  public var number: Int?
  /// Without blanks at the ends; empty where the sheet gives none.
  public var id: String
  /// `nil` where the sheet does not say.
  public var type: PointType?
  /// On a grid, or X and Y of which the sheet does not say what they are; `nil` where the row has none that can be used.
  public var grid: SheetCoordinates?
  /// Longitude and latitude; `nil` where the row has none that can be used.
  public var geographic: SheetCoordinates?
  /// A whole position in one cell, such as an MGRS reference, for the module that knows notations.
  public var notation: String?
  /// One standard deviation of each horizontal axis, in metres.
  public var sigma: Double?
  /// In metres where the header names a unit, otherwise as it stands; above whatever the file means.
  public var height: Double?
  /// From `fromPoint`, in metres.
  public var distance: Double?
  /// From `fromPoint`; more than one where the sheet gives it by several norths.
  public var bearings: [SheetBearing]
  /// The id of the point that distance and bearing were measured from.
  public var fromPoint: String?
  public var description: String?
  /// The line of a text file, the row of a worksheet; from 1.
  public var line: Int

  public init(
    shape: String? = nil, number: Int? = nil, id: String, type: PointType? = nil, grid: SheetCoordinates? = nil,
    geographic: SheetCoordinates? = nil, notation: String? = nil, sigma: Double? = nil, height: Double? = nil,
    distance: Double? = nil,
    bearings: [SheetBearing] = [], fromPoint: String? = nil, description: String? = nil, line: Int
  ) {
    (self.shape, self.number, self.id, self.type) = (shape, number, id, type)
    (self.grid, self.geographic, self.notation) = (grid, geographic, notation)
    (self.sigma, self.height, self.distance) = (sigma, height, distance)
    (self.bearings, self.fromPoint, self.description) = (bearings, fromPoint, description)
    self.line = line
  }
}

extension SheetPoint {
  /// Whether the row says where the point is in any way.
  public var hasPosition: Bool { grid != nil || geographic != nil || notation != nil }
}

/// What a point is, in the words of IMAS 04.10.
public enum PointType: Hashable, Sendable {
  case reference, benchmark, start, turning, intermediate, evidence
  /// In the sheet's own words.
  case other(String)

  /// By its name in any case, with or without "point"; `nil` for a blank one.
  public init?(_ name: String) {
    let words = name.lowercased().split { !$0.isLetter }.filter { $0 != "point" }
    switch words.joined(separator: " ") {
    case "" where name.allSatisfy(\.isWhitespace): return nil
    case "reference", "landmark", "rp": self = .reference
    case "benchmark", "bench mark", "bm": self = .benchmark
    case "start", "starting", "datum", "sp": self = .start
    case "turning", "tp": self = .turning
    case "intermediate", "ip": self = .intermediate
    case "evidence", "ep": self = .evidence
    default: self = .other(name)
    }
  }

  /// As IMSMA NG writes it.
  public var name: String {
    switch self {
    case .reference: "Reference Point"
    case .benchmark: "Benchmark"
    case .start: "Start Point"
    case .turning: "Turning Point"
    case .intermediate: "Intermediate Point"
    case .evidence: "Evidence Point"
    case .other(let name): name
    }
  }

  /// Whether the perimeter of a polygon goes through it.
  public var isCorner: Bool { self == .start || self == .turning || self == .intermediate }
}

/// One coordinate as it stands in a sheet.
public enum SheetValue: Hashable, Sendable {
  /// With the text that it was read from.
  case number(Double, text: String)
  /// In a notation with degrees and minutes, or of a grid of letters: for the module that knows notations.
  case text(String)

  public var number: Double? {
    if case .number(let value, _) = self { value } else { nil }
  }
  public var text: String {
    switch self {
    case .number(_, let text), .text(let text): text
    }
  }
}

/// A pair of coordinates as it stands in a sheet.
public struct SheetCoordinates: Hashable, Sendable {
  public enum Axes: String, Hashable, Sendable {
    /// Easting first, whatever the order in the file.
    case eastingNorthing
    /// Longitude first, whatever the order in the file; in degrees.
    case longitudeLatitude
    /// X first. The file does not say which of them is east, nor whether they are degrees: in Gauss-Krueger grids X is
    /// the northing.
    case xy
  }
  public var axes: Axes
  public var first, second: SheetValue
  /// `nil` where neither the header nor the user says: then it is that of the CRS. Never set for degrees. The numbers are
  /// not converted.
  public var unit: LengthUnit?

  public init(_ axes: Axes, _ first: SheetValue, _ second: SheetValue, unit: LengthUnit? = nil) {
    (self.axes, self.first, self.second, self.unit) = (axes, first, second, unit)
  }
}

/// A unit of length that a sheet may name.
public enum LengthUnit: String, Hashable, Sendable, CaseIterable {
  case metre
  /// EPSG:9002.
  case foot
  /// EPSG:9003. It is 2 millionths longer than the foot: 15 m in an easting of 7 500 km.
  case usSurveyFoot = "us-survey-foot"

  /// By the definitions of the EPSG register.
  public var metres: Double {
    switch self {
    case .metre: 1
    case .foot: 0.3048
    case .usSurveyFoot: 1200.0 / 3937.0
    }
  }
}

/// A bearing from a sheet, in degrees.
public struct SheetBearing: Hashable, Sendable {
  public enum North: String, Hashable, Sendable, CaseIterable {
    case trueNorth = "true"
    case magnetic, grid
  }
  public var degrees: Double
  /// `nil` where the sheet does not say.
  public var north: North?

  public init(_ degrees: Double, _ north: North? = nil) { (self.degrees, self.north) = (degrees, north) }
}

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

/// A bearing as it stands in a sheet.
public struct SheetBearing: Hashable, Sendable {
  public enum North: String, Hashable, Sendable, CaseIterable {
    case trueNorth = "true"
    case magnetic, grid
  }
  /// Of its unit, 0 to a whole turn.
  public var value: Double
  /// As the header says, or else as it was declared; degrees where neither does.
  public var unit: BearingUnit
  /// `nil` where the sheet does not say.
  public var north: North?

  public init(_ value: Double, _ north: North? = nil, unit: BearingUnit = .degrees) {
    (self.value, self.north, self.unit) = (value, north, unit)
  }
}

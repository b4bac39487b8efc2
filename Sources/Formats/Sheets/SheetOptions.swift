public import Survey

/// What the user says about a sheet that the sheet does not say itself.
public struct SheetOptions: Hashable, Sendable {
  /// Without it, the columns decide.
  public var layout: SheetLayout?
  /// Without it, the bytes decide.
  public var encoding: SheetEncoding?
  /// Without it, the numbers decide.
  public var decimal: DecimalSign?
  /// Of grid coordinates, where the header names none.
  public var unit: LengthUnit?
  /// Of bearings, where the header names none; degrees where nobody says.
  public var bearingUnit: BearingUnit?
  /// Which column (from 1) holds what, such as `["id": 1, "easting": 3, "northing": 2]`; `SheetColumn` has the words.
  public var columns: [String: Int] = [:]
  /// The worksheet of an XLSX file; without it, the first.
  public var worksheet: String?

  public init() {}
}

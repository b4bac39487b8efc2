/// A table to be written as CSV or XLSX.
public struct SheetTable: Hashable, Sendable {
  public enum Cell: Hashable, Sendable {
    case empty
    case text(String)
    /// Rounded half away from zero to so many decimals, 0...9. What is not finite becomes an empty cell.
    case number(Double, decimals: Int)
  }
  /// Also the worksheet's name: at most 31 characters.
  public var name: String
  public var header: [String]
  public var rows: [[Cell]]

  public init(name: String, header: [String], rows: [[Cell]]) {
    (self.name, self.header, self.rows) = (name, header, rows)
  }
}

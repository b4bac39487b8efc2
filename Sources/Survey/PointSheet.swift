/// A table of surveyed points as a file has it: every row, with what could not be used said beside it.
///
/// Nothing is converted. Coordinates stay in the CRS and the unit that the file uses; `crsName` is what the file itself
/// says of it, in its own words. A point whose coordinates could not be read is still here, without them, so that a shape
/// never closes over a corner that was lost.
public struct PointSheet: Hashable, Sendable {
  /// As the user named it.
  public var path: String
  public var layout: SheetLayout
  public var reading: SheetReading
  /// What the file calls the CRS of its grid coordinates, such as `MGI 1901 / Balkans zone 7 (E-N)`; `nil` where it does
  /// not say, or where its rows disagree (`sheet.crs`).
  public var crsName: String?
  /// In the order of the file.
  public var points: [SheetPoint]
  public var problems: [Problem]
  /// Columns that no meaning was found for, by their names; they are not read.
  public var unread: [String]
  public var bytes: Int
  /// SHA-256 of the file as it lies on disk, in lower-case hexadecimal.
  public var sha256: String

  public init(
    path: String, layout: SheetLayout, reading: SheetReading, crsName: String? = nil, points: [SheetPoint] = [],
    problems: [Problem] = [], unread: [String] = [], bytes: Int = 0, sha256: String = ""
  ) {
    (self.path, self.layout, self.reading, self.crsName) = (path, layout, reading, crsName)
    (self.points, self.problems, self.unread) = (points, problems, unread)
    (self.bytes, self.sha256) = (bytes, sha256)
  }

  /// The polygons of the sheet in the order in which they first occur, the corners of each in drawing order: by point
  /// number where every point has one and none occurs twice, otherwise as in the file; closing legs last.
  ///
  /// Points that stand for no corner, such as benchmarks, are in it too: see `SheetPoint.type`.
  public var shapes: [(id: String, points: [SheetPoint])] {
    var order: [String] = []
    var groups: [String: [SheetPoint]] = [:]
    for point in points {
      guard let shape = point.shape else { continue }
      if groups[shape] == nil { order.append(shape) }
      groups[shape, default: []].append(point)
    }
    return order.map { ($0, (groups[$0] ?? []).inDrawingOrder) }
  }

  /// Points that belong to no polygon.
  public var singles: [SheetPoint] { points.filter { $0.shape == nil } }
}

extension [SheetPoint] {
  /// The points of one polygon as its perimeter is drawn.
  public var inDrawingOrder: [SheetPoint] {
    let closing = closingLines
    let drawn = filter { !closing.contains($0.line) }
    let numbers = drawn.compactMap(\.number)
    let isNumbered = numbers.count == drawn.count && Set(numbers).count == numbers.count
    return (isNumbered ? drawn.sorted { ($0.number ?? 0) < ($1.number ?? 0) } : drawn)
      + filter { closing.contains($0.line) }
  }

  /// Lines of rows that only lead back to a point that stands before: a leg without coordinates.
  public var closingLines: Set<Int> {
    var seen: Set<String> = []
    return Set(
      filter { !$0.id.isEmpty && !seen.insert($0.id).inserted && $0.hasLeg && !$0.hasPosition }.map(\.line))
  }
}

/// Which program's columns a sheet has.
public enum SheetLayout: String, Hashable, Sendable, CaseIterable {
  case imsma = "IMSMA NG"
  case emlid = "Emlid"
  case trimble = "Trimble"
  case leica = "Leica"
  case razmin = "Razmin"
  /// Of no known program, but with columns whose names tell, or that the user named.
  case table = "table"
}

/// How the bytes of a sheet were read, so that the user can see it.
public struct SheetReading: Hashable, Sendable {
  public enum Container: Hashable, Sendable {
    /// The character between fields: a comma, a semicolon or a tab, or what a `sep=` line names.
    case text(encoding: SheetEncoding, delimiter: Character)
    /// The name of the worksheet.
    case xlsx(worksheet: String)
  }
  public var container: Container
  /// `nil` where no number in a text has a fraction and the user declared none.
  public var decimal: DecimalSign?

  public init(container: Container, decimal: DecimalSign? = nil) {
    (self.container, self.decimal) = (container, decimal)
  }
}

extension SheetReading: CustomStringConvertible {
  public var description: String {
    let sign = decimal.map { ", decimal \($0.rawValue)" } ?? ""
    switch container {
    case .text(let encoding, let delimiter):
      let name: String =
        switch delimiter {
        case "\t": "tab"
        case ";": "semicolon"
        case ",": "comma"
        default: "\"\(delimiter)\""
        }
      return "\(encoding.rawValue), separated by \(name)\(sign)"
    case .xlsx(let worksheet): return "XLSX, worksheet \"\(worksheet)\"\(sign)"
    }
  }
}

public enum SheetEncoding: String, Hashable, Sendable, CaseIterable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case windows1250 = "windows-1250"
  case windows1251 = "windows-1251"
}

public enum DecimalSign: String, Hashable, Sendable, CaseIterable { case point, comma }

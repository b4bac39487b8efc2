import Geometry
public import Survey

/// A table of points with properties: a row a feature, its position in columns of latitude and longitude, or of easting and
/// northing, whose CRS somebody else must name.
///
/// Columns whose names end in a unit (`depth_cm`, `sigma_m`, `mass_kg`) hold numbers, with the decimal sign that all
/// numbers of the table agree on; every other column is text.
public enum PointTable: FeatureFileFormat {
  public static let name = "CSV"

  public static func recognizes(_ head: [UInt8]) -> Bool {
    SubmissionTable(head: head).map { Columns($0.header).pair != nil } ?? false
  }

  private struct Columns {
    /// Of the coordinate that comes first in a position (longitude, easting), and of the other.
    private(set) var pair: (first: Int, second: Int)?
    private(set) var isGeographic = false
    /// Columns of numbers, and what they are.
    private(set) var numbers: [(column: SheetColumn, index: Int)] = []
    /// A unit of a coordinate that is not read here.
    private(set) var badUnit: String?

    init(_ header: [String]) {
      let known = header.map { SheetColumn.named($0) }
      func index(_ column: SheetColumn) -> Int? { known.firstIndex(of: column) }
      if let longitude = index(.longitude), let latitude = index(.latitude) {
        (pair, isGeographic) = ((longitude, latitude), true)
        numbers = [(.longitude, longitude), (.latitude, latitude)]
      } else if let easting = index(.easting), let northing = index(.northing) {
        pair = (easting, northing)
        numbers = [(.easting, easting), (.northing, northing)]
        badUnit = [easting, northing].map { header[$0] }.first {
          let unit = SheetColumnName($0).unit
          return unit != nil && unit != .length(.metre)
        }
      }
      for (index, name) in header.enumerated() where !numbers.contains(where: { $0.index == index }) {
        if Self.isNumber(name) { numbers.append((.height, index)) }
      }
    }

    private static func isNumber(_ name: String) -> Bool {
      ["_cm", "_m", "_kg"].contains { name.lowercased().hasSuffix($0) }
    }
  }

  public static func layers(of file: LogFile) throws(FileUnreadable) -> [FeatureLayer] {
    let columns = try columns(of: NamedTable.read(file.open()), file.path)
    return [FeatureLayer(crs: columns.isGeographic ? .wgs84 : .undeclared)]
  }

  public static func readFeatures(
    of file: LogFile, layer: FeatureLayer, in crs: FileCRS?, feature: (GeoFeature) -> Void,
    problem: (Problem) -> Void
  ) throws(FileUnreadable) -> FeatureReading {
    let table = try NamedTable.read(file.open())
    let columns = try columns(of: table, file.path)
    guard let pair = columns.pair, columns.isGeographic || crs != nil else {
      throw FileUnreadable(
        file.path, .refused, code: "crs.undeclared",
        "has eastings and northings, and nobody says of which CRS: declare it")
    }
    let decimal = try SheetDecimal.find(
      table.body, columns.numbers, container: table.container, declared: nil, path: file.path)
    let names = table.columns.map { $0.lowercased() }
    for row in table.body {
      var read = GeoFeature(geometry: nil, line: row.line)
      read.isUntyped = true
      for (index, name) in names.enumerated() where !name.isEmpty && !row[index].isEmpty {
        let isNumber = columns.numbers.contains { $0.index == index }
        read.properties[name] = isNumber ? row[index].value(decimal).map { .number($0) } : .string(row[index].text)
        // What is no number stays a text, and is told where a number is wanted.
        if read.properties[name] == nil { read.properties[name] = .string(row[index].text) }
      }
      do {
        read.geometry = .point(try position(row, pair, decimal, crs))
        feature(read)
      } catch { problem(Problem(error.code, line: row.line, "\(error.message): the row is not used")) }
    }
    return FeatureReading(files: [FileRead(path: file.path, bytes: table.bytes, sha256: table.sha256)])
  }

  private static func columns(of table: NamedTable, _ path: String) throws(FileUnreadable) -> Columns {
    let columns = Columns(table.columns)
    if let name = columns.badUnit {
      throw FileUnreadable(
        path, .refused, code: "sheet.unit", "has the column \"\(name.prefix(64))\": coordinates are read in metres only"
      )
    }
    guard columns.pair != nil else {
      throw FileUnreadable(
        path, .refused, code: "sheet.columns",
        "has no columns `lat` and `lon`, nor `easting` and `northing`: name them so in its first row")
    }
    return columns
  }

  private static func position(
    _ row: SheetRow, _ pair: (first: Int, second: Int), _ decimal: DecimalSign?, _ crs: FileCRS?
  ) throws(CoordinateFault) -> Geographic {
    guard let first = row[pair.first].value(decimal), let second = row[pair.second].value(decimal) else {
      let texts = [row[pair.first].text, row[pair.second].text].map { "\"\($0.prefix(40))\"" }
      throw CoordinateFault("sheet.coordinate", "\(texts[0]), \(texts[1]) are no pair of numbers")
    }
    return try (crs ?? .wgs84).converter.position(first, second)
  }
}

import Geometry
public import Survey

/// A row is a feature with all of its columns; degrees, or the CRS that is declared.
extension Survey123: FeatureFileFormat {
  public static func readFeatures(
    of file: LogFile, layer: FeatureLayer, in crs: FileCRS?, feature: (GeoFeature) -> Void,
    problem: (Problem) -> Void
  ) throws(FileUnreadable) -> FeatureReading {
    var input = try file.open()
    var table = try SubmissionTable.read(&input)
    guard let columns = Columns(table.header) else {
      throw FileUnreadable(file.path, .refused, code: "csv.columns", line: 1, "has no columns x, y and GlobalID")
    }
    var rows: [SheetRow] = []
    while let row = try table.next() { rows.append(row) }
    if crs == nil { try checkDegrees(rows, columns, file.path) }
    for row in rows {
      do throws(Problem) {
        let place = try position(row, columns, crs)
        var fix = Fix(place, line: row.line)
        let gnss = columns.gnss(row)
        let fault = gnss.describe(&fix)
        guard fix.quality != .invalid else {
          throw fault
            ?? Problem("esri.quality", line: row.line, "the receiver did not know where it was: the row is not used")
        }
        var read = GeoFeature(id: gnss.title, geometry: .point(place), line: row.line)
        read.isUntyped = true
        for (index, name) in columns.names.enumerated() where !row[index].isEmpty {
          read.properties[name.lowercased()] = .string(row[index].text)
        }
        if read.properties["sigma_m"] == nil, let sigma = fix.sigma { read.properties["sigma_m"] = .number(sigma) }
        feature(read)
      } catch { problem(error) }
    }
    if let fault = input.problem { problem(fault) }
    return FeatureReading(files: [try FileRead(consume input)])
  }
}

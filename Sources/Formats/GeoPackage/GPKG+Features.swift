import GeoPackage
public import Survey

extension GPKG {
  public static func layers(of file: LogFile) throws(FileUnreadable) -> [FeatureLayer] {
    var input = try file.open()
    var bytes = try bytes(&input)
    do throws(GeoPackageError) {
      return try GeoPackageFile.reading(&bytes) { (package) throws(GeoPackageError) in
        package.tables.map { FeatureLayer($0.name, crs: $0.declaredCRS) }
      }
    } catch { throw FileUnreadable(file.path, error) }
  }

  public static func readFeatures(
    of file: LogFile, layer: FeatureLayer, in crs: FileCRS?, feature: (GeoFeature) -> Void,
    problem: (Problem) -> Void
  ) throws(FileUnreadable) -> FeatureReading {
    guard let crs else {
      throw FileUnreadable(
        file.path, .refused, code: "crs.undeclared",
        "does not say what the coordinates of its table \"\(layer.name.prefix(100))\" are in: declare it with `crs`")
    }
    var input = try file.open()
    var bytes = try bytes(&input)
    let read = try FileRead(consume input)
    var counts = RecordCounts()
    var limit = ProblemLimit()
    func tell(_ found: Problem) { if limit.allows(found) { problem(found) } }
    do throws(GeoPackageError) {
      try GeoPackageFile.reading(&bytes) { (package) throws(GeoPackageError) in
        for table in package.tables where table.name == layer.name {
          counts.add(
            readTable(table, of: package, in: crs, feature: feature, problem: tell))
        }
      }
    } catch { throw FileUnreadable(file.path, error) }
    for rest in limit.rest { problem(rest) }
    return FeatureReading(files: [read], records: counts)
  }

  /// The names of properties that a survey reads. Without the value of one of them a hazard would be taken for less than it is.
  private static let meant: Set<String> = [
    "id", "class", "recorded", "required_depth_cm", "found", "disposed", "depth_cm", "sigma_m", "status",
  ]

  /// The rows of a table as features on WGS 84; `feature` throws what speaks against using one.
  static func readTable(
    _ table: FeatureTable, of package: borrowing GeoPackageFile, in crs: FileCRS,
    feature: (GeoFeature) throws(Problem) -> Void, problem: (Problem) -> Void
  ) -> RecordCounts {
    if let column = table.computedColumns.first(where: { meant.contains($0.lowercased()) }) {
      problem(
        Problem(
          "gpkg.column", line: 0,
          "the column \"\(column)\" of \"\(table.name.prefix(100))\" is computed, and nothing of a file is run here: "
            + "save the table anew, with its values in it"))
      let rows = package.readRows(of: table) { _ in
      } problem: { _ in
      }
      var counts = RecordCounts()
      counts.seen = rows.seen
      counts.add(aside: "gpkg.column", rows.seen)
      return counts
    }
    var refused: [String: Int] = [:]
    let builder = GeometryBuilder(converter: crs.converter)
    let rows = package.readRows(of: table) { row in
      do throws(Problem) {
        try feature(
          GeoFeature(
            geometry: try row.geometry.map { geometry throws(Problem) in
              try builder.geometry(geometry, row: row.id, remark: problem)
            }, properties: properties(row, table), line: Int(clamping: row.id)))
      } catch {
        refused[error.code, default: 0] += 1
        problem(error)
      }
    } problem: { found in
      problem(Problem(found.code, line: Int(clamping: found.id), found.message))
    }
    var counts = RecordCounts()
    (counts.seen, counts.used) = (rows.seen, rows.used - refused.values.reduce(0, +))
    for (code, count) in rows.aside { counts.add(aside: code, count) }
    for (code, count) in refused { counts.add(aside: code, count) }
    return counts
  }

  /// A binary value, such as a photograph, is none that a property can have, and is not taken for an empty one either.
  private static func properties(_ row: FeatureRow, _ table: FeatureTable) -> [String: JSONValue] {
    var properties: [String: JSONValue] = [:]
    for (name, value) in zip(table.columns, row.values) {
      switch value {
      case .null: properties[name] = .null
      case .boolean(let value): properties[name] = .bool(value)
      case .integer(let number): properties[name] = Int(exactly: number).map { .int($0) } ?? .number(Double(number))
      case .real(let number): properties[name] = .number(number)
      case .text(let text): properties[name] = .string(text)
      case .blob: properties[name] = .string("(binary)")
      }
    }
    return properties
  }
}

extension RecordCounts {
  /// Adds those of another part of a file.
  mutating func add(_ other: RecordCounts) {
    (seen, used, self.other) = (seen + other.seen, used + other.used, self.other + other.other)
    for (code, count) in other.aside { add(aside: code, count) }
  }
}

extension FeatureTable {
  fileprivate var declaredCRS: LayerCRS {
    let source = "the table \"\(name.prefix(100))\""
    return switch crs {
    case .code(let code): .named(DeclaredCRS(code, source: source))
    case .text(let text): .named(DeclaredCRS(text, source: source))
    case .undeclared: .undeclared
    }
  }
}

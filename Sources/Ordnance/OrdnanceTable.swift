public import Formats
internal import Survey

extension OrdnanceCatalogue {
  /// The columns of a catalogue, in their order; only `name` must be there. Aliases are parted by `|`.
  public static let columns = [
    "name", "aliases", "category", "submunitions_per_container", "container", "mass_kg", "fuze", "source", "mark",
  ]

  /// The catalogue that the programme ships. Parsed at the first call; throws where its data are damaged.
  public static func builtIn() throws(OrdnanceError) -> OrdnanceCatalogue { try shipped.get() }

  private static let shipped = Result { () throws(OrdnanceError) in
    let table: NamedTable
    do throws(FileUnreadable) {
      table = try NamedTable.read(ByteSource(bytes: PackageResources.ordnance_csv, path: "ordnance.csv"))
    } catch { throw OrdnanceError(error.code, line: error.line, error.message) }
    return try OrdnanceCatalogue(table)
  }

  /// Nothing is skipped: the first thing that is wrong is thrown, with its line.
  public init(_ table: NamedTable) throws(OrdnanceError) {
    if let unknown = table.columns.first(where: { !Self.columns.contains($0.lowercased()) }) {
      throw OrdnanceError(
        "ordnance.columns", line: 1,
        "there is no column `\(unknown.prefix(64))`: the columns are \(Self.columns.joined(separator: ", "))")
    }
    var entries: [OrdnanceEntry] = []
    for row in table.rows { entries.append(try OrdnanceEntry(row)) }
    try self.init(entries)
  }
}

extension OrdnanceEntry {
  fileprivate init(_ row: NamedTable.Row) throws(OrdnanceError) {
    guard let name = row["name"], !folded(name).isEmpty else {
      throw OrdnanceError("ordnance.value", line: row.line, "a row without a name")
    }
    self.init(
      name: name, aliases: (row["aliases"] ?? "").split(separator: "|").map(String.init).filter { !folded($0).isEmpty },
      category: row["category"], line: row.line)
    submunitionsPerContainer = try row.value("submunitions_per_container", "a whole number over 0") { text in
      Int(text).flatMap { $0 > 0 ? $0 : nil }
    }
    mass = try row.value("mass_kg", "a number over 0, with a point") { text in
      Double(text).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
    }
    mark = try row.value("mark", "V, S or M") { Mark(rawValue: $0) }
    (container, fuze, source) = (row["container"], row["fuze"], row["source"])
  }
}

extension NamedTable.Row {
  fileprivate func value<T>(_ column: String, _ wanted: String, _ read: (String) -> T?) throws(OrdnanceError) -> T? {
    guard let text = self[column] else { return nil }
    guard let value = read(text) else {
      throw OrdnanceError(
        "ordnance.value", line: line, "`\(column)` is \"\(text.prefix(64))\": it should be \(wanted)")
    }
    return value
  }
}

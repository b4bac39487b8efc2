import Survey

/// The worksheets of a workbook in its order, each with the member of the archive that holds it.
///
/// ECMA-376 Part 1, 18.2: `xl/workbook.xml` names the worksheets, `xl/_rels/workbook.xml.rels` (Part 2, 9.3) says where
/// they and the shared strings lie.
final class XLSXWorkbook: XMLSink {
  static let part = "xl/workbook.xml"
  static let relationsPart = "xl/_rels/workbook.xml.rels"

  let refusal: FileUnreadable? = nil
  private var sheets: [(name: String, relation: String)] = []
  private var targets: [String: String] = [:]
  private(set) var stringsPart: String?

  func start(_ name: String, _ attributes: XMLAttributes) {
    if name == "sheet", let title = attributes["name"], let id = relation(attributes) {
      sheets.append((title, id))
    } else if name == "Relationship", let id = attributes["Id"], let target = attributes["Target"] {
      targets[id] = Self.member(target)
      if attributes["Type"]?.hasSuffix("/sharedStrings") == true { stringsPart = Self.member(target) }
    }
  }

  func text(_ bytes: [UInt8]) {}
  func end(_ name: String) {}

  /// `r:id`, whose local name nothing else in a `sheet` has.
  private func relation(_ attributes: XMLAttributes) -> String? { attributes["id"] }

  /// Relative to the folder of the workbook, or to the archive.
  private static func member(_ target: String) -> String {
    target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
  }

  /// Those beside the one that is read, so that nobody thinks they were.
  func others(than name: String) -> Problem? {
    let others = sheets.map(\.name).filter { $0 != name }
    guard !others.isEmpty else { return nil }
    let names = others.prefix(20).map { "\"\($0.prefix(40))\"" }.joined(separator: ", ")
    return Problem(
      "xlsx.not-read", line: 0, "only worksheet \"\(name.prefix(40))\" is read; the workbook also has \(names)")
  }

  /// The worksheet of this name, or the first; throws `xlsx.worksheet` where there is none.
  func worksheet(_ wanted: String?, path: String) throws(FileUnreadable) -> (name: String, part: String) {
    let names = sheets.prefix(20).map { "\"\($0.name.prefix(40))\"" }.joined(separator: ", ")
    guard let sheet = wanted.map({ name in sheets.first { $0.name == name } }) ?? sheets.first,
      let part = targets[sheet.relation]
    else {
      throw FileUnreadable(
        path, .refused, code: "xlsx.worksheet",
        wanted.map { "has no worksheet \"\($0)\"; those it has are \(names)" } ?? "is a workbook without a worksheet")
    }
    return (sheet.name, part)
  }
}

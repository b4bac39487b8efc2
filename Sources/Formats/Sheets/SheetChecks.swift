import Survey

/// What of a sheet can be doubted without knowing its CRS.
enum SheetChecks {
  static func problems(_ sheet: PointSheet) -> [Problem] {
    var problems = duplicateIDs(sheet.points) + alikeShapes(sheet.points)
    let groups = Dictionary(grouping: sheet.points.filter { $0.shape != nil }) { $0.shape ?? "" }
    for shape in sheet.shapes {
      let all = groups[shape.id] ?? []
      let closing = all.closingLines
      let written = all.filter { !closing.contains($0.line) }
      problems += numbering(shape.id, written)
      problems += types(shape.id, shape.points.filter { !closing.contains($0.line) })
      let corners = Set(shape.points.filter { $0.type?.isCorner ?? true }.map { $0.id.isEmpty ? "\($0.line)" : $0.id })
      if corners.count < 3 {
        problems.append(
          Problem(
            "sheet.too-few", line: written.first?.line ?? 0,
            "polygon \"\(shown(shape.id))\" has \(corners.count) different corners: give those that are missing"))
      }
    }
    return problems
  }

  private static func shown(_ id: String) -> Substring { id.prefix(80) }

  /// Ids repeat from polygon to polygon, but not in one, except where a leg leads back to a point and closes on it.
  private static func duplicateIDs(_ points: [SheetPoint]) -> [Problem] {
    var seen: [String?: [String: Int]] = [:]
    var problems: [Problem] = []
    for point in points where !point.id.isEmpty {
      if let line = seen[point.shape]?[point.id] {
        guard !point.hasLeg || point.hasPosition else { continue }
        problems.append(
          Problem(
            "sheet.duplicate-id", line: point.line,
            "point \"\(shown(point.id))\" stands in line \(line) already: remove one, or give it an id of its own"))
      } else {
        seen[point.shape, default: [:]][point.id] = point.line
      }
    }
    return problems
  }

  /// `A1` with a Cyrillic А makes two polygons out of one.
  private static func alikeShapes(_ points: [SheetPoint]) -> [Problem] {
    var first: [String: String] = [:]
    var problems: [Problem] = []
    var seen: Set<String> = []
    for point in points {
      guard let shape = point.shape, seen.insert(shape).inserted else { continue }
      let look = String(shape.prefix(200).uppercased().map { lookalikes[$0] ?? $0 })
      guard let other = first[look] else {
        first[look] = shape
        continue
      }
      problems.append(
        Problem(
          "sheet.alike-id", line: point.line,
          "polygons \"\(shown(other))\" and \"\(shown(shape))\" look alike but differ in case or in script: two polygons"
        ))
    }
    return problems
  }

  private static let lookalikes: [Character: Character] = Dictionary(
    uniqueKeysWithValues: zip("АВЕЅЗІЈКМНОРСТУХ", "ABES3IJKMHOPCTYX"))

  /// Point numbers begin at 1 and go on without gaps, in the order of the rows.
  private static func numbering(_ shape: String, _ points: [SheetPoint]) -> [Problem] {
    let numbers = points.compactMap(\.number)
    guard let first = points.first, !numbers.isEmpty else { return [] }
    let name = "polygon \"\(shown(shape))\""
    if numbers.count < points.count {
      let line = points.first { $0.number == nil }?.line ?? first.line
      return [
        Problem("sheet.numbering", line: line, "\(name) has points without a number: drawn in the order of the rows")
      ]
    }
    if let again = zip(points, points.dropFirst()).first(where: { $0.number == $1.number }) ?? repeated(points) {
      let number = again.1.number.map { "\($0)" } ?? ""
      return [
        Problem(
          "sheet.numbering", line: again.1.line,
          "\(name) has point number \(number) twice: drawn in the order of the rows; number its points anew")
      ]
    }
    var problems: [Problem] = []
    if let late = zip(points, points.dropFirst()).first(where: { ($0.number ?? 0) > ($1.number ?? 0) }) {
      problems.append(
        Problem(
          "sheet.order", line: late.1.line,
          "the rows of \(name) are not in the order of its point numbers: drawn by number")
      )
    }
    let sorted = numbers.sorted()
    if sorted.first != 1 || sorted.last != sorted.count {
      let missing = sorted.first == 1 ? zip(sorted, 1...).first { $0 != $1 }?.1 : 1
      problems.append(
        Problem(
          "sheet.numbering", line: first.line,
          "\(name) has \(numbers.count) points and no number \(missing ?? 1): a corner may be missing"))
    }
    return problems
  }

  private static func repeated(_ points: [SheetPoint]) -> (SheetPoint, SheetPoint)? {
    var seen: [Int: SheetPoint] = [:]
    for point in points {
      guard let number = point.number else { continue }
      if let other = seen[number] { return (other, point) }
      seen[number] = point
    }
    return nil
  }

  /// The start point is the first, and there is no point in a perimeter that is no corner of it.
  private static func types(_ shape: String, _ points: [SheetPoint]) -> [Problem] {
    var problems: [Problem] = []
    for (index, point) in points.enumerated() {
      guard let type = point.type else { continue }
      let name = "\(type.name) \"\(shown(point.id))\""
      if !type.isCorner {
        problems.append(
          Problem(
            "sheet.type", line: point.line,
            "\(name.prefix(120)) is listed with polygon \"\(shown(shape))\", of which it is no corner"))
      } else if type == .start, index > 0 {
        problems.append(
          Problem(
            "sheet.type", line: point.line, "\(name) is not the first point of polygon \"\(shown(shape))\""))
      } else if index == 0, type != .start {
        problems.append(
          Problem(
            "sheet.type", line: point.line, "polygon \"\(shown(shape))\" begins with \(name), not with its Start Point")
        )
      }
    }
    return problems
  }
}

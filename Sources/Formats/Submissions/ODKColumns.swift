/// What the columns of an export of ODK or Kobo hold.
struct ODKColumns {
  /// One question whose numbers have columns of their own: `site-Latitude`, `_site_latitude`, `site:Latitude`.
  struct Family {
    var latitude, longitude, altitude, accuracy: Int?
  }

  private enum Part { case latitude, longitude, altitude, accuracy }
  private static let endings: [(String, Part)] = [
    ("latitude", .latitude), ("longitude", .longitude), ("altitude", .altitude), ("accuracy", .accuracy),
    ("precision", .accuracy),
  ]
  /// Columns that only these programs write.
  private static let marks = identities.union(["_submission_time", "submissiondate", "formhub/uuid"])
  private static let identities: Set<String> = [
    "key", "instanceid", "meta-instanceid", "meta/instanceid", "meta:instanceid", "_uuid",
  ]
  private static let titles = ["name", "label", "title", "id", "point_id"]

  /// By the question, in lower case, in the order of the columns.
  private(set) var families: [(question: String, columns: Family)] = []
  /// Every other column, by its question.
  private(set) var others: [(question: String, column: Int)] = []
  /// What a submission is called: a question of that kind, or else its identity.
  private(set) var title: Int?
  let isMarked: Bool

  init(_ header: [String]) {
    let names = header.map { $0.lowercased() }
    isMarked = names.contains(where: Self.marks.contains)
    for (index, name) in names.enumerated() {
      guard let (ending, part) = Self.endings.first(where: { name.hasSuffix($0.0) }), name.count > ending.count,
        let separator = name.dropLast(ending.count).last, "-_:./ ".contains(separator)
      else {
        others.append((Self.plain(name), index))
        continue
      }
      let question = Self.plain(String(name.dropLast(ending.count + 1)))
      let known = families.firstIndex { $0.question == question }
      let at = known ?? families.endIndex
      if known == nil { families.append((question, Family())) }
      switch part {
      case .latitude: families[at].columns.latitude = index
      case .longitude: families[at].columns.longitude = index
      case .altitude: families[at].columns.altitude = index
      case .accuracy: families[at].columns.accuracy = index
      }
    }
    families.removeAll { $0.columns.latitude == nil || $0.columns.longitude == nil }
    let last = names.map { $0.split(whereSeparator: { "-/:.".contains($0) }).last.map(String.init) ?? "" }
    title =
      Self.titles.lazy.compactMap { last.firstIndex(of: $0) }.first ?? names.firstIndex(where: Self.identities.contains)
  }

  /// Kobo puts `_` before the columns that it adds.
  private static func plain(_ name: String) -> String { String(name.drop { $0 == "_" }) }
}

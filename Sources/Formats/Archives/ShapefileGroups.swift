/// The shapefiles of an archive: their files are gathered, in whatever order they come, and handed on together.
struct ShapefileGroups {
  private struct Group {
    var name: String
    /// Endings that are still to come.
    var expected: Set<String>
    var shape: [UInt8]?
    var siblings: [String: Siblings.Member] = [:]
  }

  /// A shapefile with all that belongs to it.
  struct Complete {
    /// Of its `.shp` in the archive.
    var name: String
    var content: [UInt8]
    var siblings: [String: Siblings.Member]
  }

  /// Endings of what programs put beside a `.shp` and nothing here needs.
  private static let unneeded: Set<String> = [
    "shx", "sbn", "sbx", "qix", "qpj", "cst", "fbn", "fbx", "ain", "aih", "atx", "ixs", "mxs", "qmd", "qml", "sld",
    "xml",
  ]

  private var groups: [String: Group] = [:]
  /// Of all shapefiles, those too that were handed on.
  private let stems: Set<String>
  private var held = 0

  /// Of the names of all files in an archive.
  init(names: [String]) {
    stems = Set(names.filter { Siblings.ending($0) == "shp" }.map(Siblings.stem))
    for name in names where Siblings.ending(name) == "shp" {
      groups[Siblings.stem(name)] = Group(name: name, expected: ["shp"])
    }
    for name in names where Shapefile.siblings.contains(Siblings.ending(name)) {
      groups[Siblings.stem(name)]?.expected.insert(Siblings.ending(name))
    }
  }

  /// Whether a file belongs to a shapefile, and what it holds does not matter.
  func isUnneeded(_ name: String) -> Bool {
    let stem = Siblings.stem(name)
    // `hazards.shp.xml` are metadata.
    let isMetadata = Siblings.ending(name) == "xml" && stems.contains(Siblings.stem(stem))
    return isMetadata || stems.contains(stem) && Self.unneeded.contains(Siblings.ending(name))
  }

  func isPart(_ name: String) -> Bool {
    let ending = Siblings.ending(name)
    return groups[Siblings.stem(name)] != nil && (ending == "shp" || Shapefile.siblings.contains(ending))
  }

  /// Whether another file stands for it already.
  func isKnown(_ name: String) -> Bool {
    guard let group = groups[Siblings.stem(name)] else { return false }
    let ending = Siblings.ending(name)
    return ending == "shp" ? group.shape != nil : group.siblings[ending] != nil
  }

  /// Whether so much fits into memory besides what is waiting.
  func fits(_ bytes: Int) -> Bool { held + bytes <= ArchiveLimits.waitingBytes }

  /// Takes a part in, or notes with `nil` that it cannot be read; returns its shapefile once nothing more is to come.
  mutating func add(_ name: String, path: String, _ content: [UInt8]?) -> Complete? {
    let (stem, ending) = (Siblings.stem(name), Siblings.ending(name))
    guard var group = groups[stem] else { return nil }
    group.expected.remove(ending)
    if let content {
      held += content.count
      if ending == "shp" { group.shape = content } else { group.siblings[ending] = .init(path: path, content: content) }
    }
    guard group.expected.isEmpty else {
      groups[stem] = group
      return nil
    }
    groups[stem] = nil
    return complete(group)
  }

  /// What is left at the end, with what there is of it.
  mutating func rest() -> [Complete] {
    defer { groups = [:] }
    return groups.values.sorted { $0.name < $1.name }.compactMap { complete($0) }
  }

  private mutating func complete(_ group: Group) -> Complete? {
    held -= (group.shape?.count ?? 0) + group.siblings.values.reduce(0) { $0 + $1.content.count }
    return group.shape.map { Complete(name: group.name, content: $0, siblings: group.siblings) }
  }
}

internal import Survey

/// Types of ordnance by every spelling that is known for them.
///
///     let catalogue = try OrdnanceCatalogue.builtIn()
///     catalogue["blu 97"]?.category  // "submunition"
public struct OrdnanceCatalogue: Hashable, Sendable {
  public private(set) var entries: [OrdnanceEntry]
  /// Indices of entries by folded spelling.
  private var index: [String: Int]

  public static let empty = OrdnanceCatalogue()

  private init() { (entries, index) = ([], [:]) }

  /// Throws `ordnance.twice` where two entries share a spelling.
  public init(_ entries: [OrdnanceEntry]) throws(OrdnanceError) {
    (self.entries, index) = (entries, [:])
    for (position, entry) in entries.enumerated() {
      for spelling in Set(entry.spellings.map(folded)) {
        if let other = index.updateValue(position, forKey: spelling) {
          throw OrdnanceError(
            "ordnance.twice", line: entry.line,
            "\"\(entry.name.prefix(64))\" shares a spelling with \"\(entries[other].name.prefix(64))\"")
        }
      }
    }
  }

  /// The entry that a spelling means, however it is capitalised, spaced and hyphenated; `nil` where there is none.
  public subscript(spelling: String) -> OrdnanceEntry? { index[folded(spelling)].map { entries[$0] } }

  /// The category that a word means, as this catalogue writes it; `nil` where it knows none.
  ///
  /// Known are its categories and the spellings of entries that are called as their category is.
  public func category(_ word: String) -> String? {
    let key = OrdnanceCategory.key(word)
    return entries.first { entry in
      guard let category = entry.category else { return false }
      let names = OrdnanceCategory.key(entry.name) == OrdnanceCategory.key(category) ? entry.spellings : []
      return ([category] + names).contains { OrdnanceCategory.key($0) == key }
    }?.category
  }

  /// Every category, each once, in the order of the entries.
  public var categories: [String] {
    entries.compactMap(\.category).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Every spelling as it is written.
  public var spellings: [String] { entries.flatMap(\.spellings) }

  /// With the entries of another, which go before its own: an entry that shares a spelling with one of those is left out.
  public func preceded(by own: OrdnanceCatalogue) throws(OrdnanceError) -> OrdnanceCatalogue {
    try OrdnanceCatalogue(own.entries + entries.filter { entry in !entry.spellings.contains { own[$0] != nil } })
  }
}

/// Why a catalogue cannot be used.
public struct OrdnanceError: Error, Hashable, Sendable {
  /// Stable, dotted.
  public let code: String
  public let line: Int
  /// What was found, in one sentence.
  public let message: String

  init(_ code: String, line: Int, _ message: String) { (self.code, self.line, self.message) = (code, line, message) }
}

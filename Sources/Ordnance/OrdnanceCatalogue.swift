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

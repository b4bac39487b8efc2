/// Whether expat waits for the end of one tag or comment for too long.
///
/// expat keeps a token whole, and looks at all of it again with each block: one without an end would take hours and all
/// memory.
struct UnclosedToken {
  static let reason = "a tag or a comment of more than 8 MiB"
  private static let longest = 8 << 20
  private var fed = 0
  private var reached = 0
  /// Whether expat has worked through all that it was given.
  var isNone: Bool { fed == reached }

  /// After each block: its bytes, and the index that expat has come to, -1 where it only stored the block.
  mutating func isTooLong(fed count: Int, reached index: Int) -> Bool {
    fed += count
    reached = max(reached, index)
    return fed - reached > Self.longest
  }
}

/// One type of ordnance, as far as a public source tells of it.
public struct OrdnanceEntry: Hashable, Sendable {
  public var name: String
  /// Other spellings that mean it.
  public var aliases: [String]
  /// The word of IMAS for its kind, such as `submunition`.
  public var category: String?
  /// How many submunitions one container holds: of a container its own, of a submunition that of `container`.
  public var submunitionsPerContainer: Int?
  /// The name of the container that drops it.
  public var container: String?
  /// Kilograms; nominal where the source says so.
  public var mass: Double?
  /// The kind of its fuze, where that is public.
  public var fuze: String?
  /// Where all this was read.
  public var source: String?
  public var mark: Mark?
  /// Where the row begins in its file.
  public var line: Int

  /// How far a row may be relied upon: the least sure of its facts decides.
  public enum Mark: String, Hashable, Sendable, CaseIterable {
    /// Read at the named source.
    case verified = "V"
    /// A secondary source says so.
    case secondary = "S"
    /// Common knowledge in the field, not checked against a primary text.
    case unchecked = "M"
  }

  public init(name: String, aliases: [String] = [], category: String? = nil, line: Int) {
    (self.name, self.aliases, self.category, self.line) = (name, aliases, category, line)
  }

  /// The name and the aliases.
  public var spellings: [String] { [name] + aliases }
}

public import Survey

/// One event of a survey's history, as it is kept; what its words mean is the business of whoever made it.
public struct StoredEvent: Hashable, Sendable {
  /// From 1, without a gap.
  public var number: Int
  public var kind: String, about: String, id: String
  public var date: CivilDate?
  public var organisation: String?, role: String?
  /// The number of the event that it corrects or withdraws.
  public var corrects: Int?
  /// What it says, as JSON, and the hash that seals it and all before it.
  public var record: String, hash: String

  public init(
    number: Int, kind: String, about: String, id: String, date: CivilDate?, organisation: String?, role: String?,
    corrects: Int?, record: String, hash: String
  ) {
    (self.number, self.kind, self.about, self.id, self.date) = (number, kind, about, id, date)
    (self.organisation, self.role, self.corrects) = (organisation, role, corrects)
    (self.record, self.hash) = (record, hash)
  }
}

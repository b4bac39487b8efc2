public import Formats
public import Survey

/// One thing that a survey says: a hazard was recorded, changed its class, work ended, an item was found.
public struct Fact: Hashable, Sendable {
  /// In the order in which facts of one day are told.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case survey
    case hazard
    case classChange = "class-change"
    case log
    case activity
    case find, disposal
    case spotTask = "spot-task"
    case spotTaskStarted = "spot-task-started"
    case spotTaskClosed = "spot-task-closed"
    case strike
  }

  /// What it is about: no two facts of a survey have the same.
  public struct Subject: Hashable, Sendable {
    public var kind: Kind
    /// Of a class change, its hazard and day; of a log, its activity and path.
    public var id: String

    public init(_ kind: Kind, _ id: String) { (self.kind, self.id) = (kind, id) }
  }

  public var subject: Subject
  /// The day that it is about, as the record gives it.
  public var date: CivilDate?
  /// Who says so, and as what.
  public var organisation: String?
  public var role: String?
  /// What it says, as JSON in one form: equal facts give equal bytes.
  public var record: String

  public init(
    _ kind: Kind, _ id: String, on date: CivilDate?, by organisation: String? = nil, as role: String? = nil,
    record: JSONObject
  ) {
    (subject, self.date) = (Subject(kind, id), date)
    (self.organisation, self.role, self.record) = (organisation, role, json(record))
  }
}

func json(_ members: JSONObject) -> String {
  var writer = JSONWriter()
  writer.write(members)
  return String(decoding: writer.bytes, as: UTF8.self)
}

extension Fact {
  /// As it is stored.
  public init(
    stored kind: Kind, _ id: String, on date: CivilDate?, by organisation: String?, as role: String?, record: String
  ) {
    (subject, self.date) = (Subject(kind, id), date)
    (self.organisation, self.role, self.record) = (organisation, role, record)
  }

  /// By day, then by kind, then by what it is about: however the files of a survey are listed, the order is the same.
  public static func isInOrder(_ a: Fact, _ b: Fact) -> Bool {
    let key = { (fact: Fact) in
      (
        fact.date?.daysSinceEpoch ?? Int.min, Kind.allCases.firstIndex(of: fact.subject.kind) ?? 0, fact.subject.id
      )
    }
    return key(a) < key(b)
  }
}

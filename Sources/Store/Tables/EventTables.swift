import GeoPackage
import Survey

extension Table {
  /// All that was ever told of the survey. An import adds to it, and never takes from it.
  static var events: Table {
    Table(
      "events", "What was told of the survey, each event sealed by the hash of all before it",
      blank: { _ in
        StoredEvent(
          number: 0, kind: "", about: "", id: "", date: nil, organisation: nil, role: nil, corrects: nil, record: "",
          hash: "")
      },
      fields: [
        Field("number", \.number),
        Field("kind", \.kind),
        Field("about", \.about),
        Field("id", \.id),
        Field("date", \.date),
        Field("organisation", \.organisation),
        Field("role", \.role),
        Field("corrects", \.corrects),
        Field("record", \.record),
        Field("hash", \.hash),
      ],
      of: \.events, take: { $1.content.events.append($0) })
  }

  /// Accounts of groups of hazards, by the hash of all that each rests on.
  static var accounts: Table {
    Table(
      "accounts", "Accounts of groups of hazards, by the SHA-256 of all that they rest on; docs/store.md",
      blank: { _ in StoredAccount(key: "", numbers: []) },
      fields: [Field("key", \.key), .numbers("numbers", \.numbers)],
      of: \.accounts, take: { $1.content.accounts.append($0) })
  }
}

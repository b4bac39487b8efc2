/// Any JSON value; an object keeps the order of its members, so that the same value always gives the same bytes.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int)
  /// Written with as few digits as read back the same number; `null` where it is not finite, which JSON cannot say.
  case number(Double)
  /// Written with exactly so many decimals (0 to 9), rounded to nearest; `null` where it is not finite.
  case fixed(Double, decimals: Int)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

/// The members of a JSON object, in order.
public struct JSONObject: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  public struct Member: Hashable, Sendable {
    public var name: String
    public var value: JSONValue
    public init(_ name: String, _ value: JSONValue) { (self.name, self.value) = (name, value) }
  }
  public var members: [Member]

  public init(_ members: [Member] = []) { self.members = members }
  public init(dictionaryLiteral members: (String, JSONValue)...) {
    self.members = members.map { Member($0, $1) }
  }

  /// The last member of that name; setting replaces it in place or appends, setting `nil` removes every such member.
  public subscript(name: String) -> JSONValue? {
    get { members.last { $0.name == name }?.value }
    set {
      guard let newValue else { return members.removeAll { $0.name == name } }
      if let index = members.lastIndex(where: { $0.name == name }) {
        members[index].value = newValue
      } else {
        members.append(Member(name, newValue))
      }
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral text: String) { self = .string(text) }
  public init(integerLiteral value: Int) { self = .int(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(JSONObject(members.map { JSONObject.Member($0, $1) }))
  }
}

extension JSONValue {
  /// The text of a string; `nil` for anything else.
  public var text: String? { if case .string(let text) = self { text } else { nil } }

  /// The value of any kind of number; `nil` for anything else.
  public var double: Double? {
    switch self {
    case .int(let value): Double(value)
    case .number(let value), .fixed(let value, _): value
    default: nil
    }
  }
}

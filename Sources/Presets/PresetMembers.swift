internal import Formats

/// The members of one JSON object of the data, each asked for by the type that it must have.
struct PresetMembers {
  private let members: [String: JSONValue]
  /// What a complaint names.
  private let owner: String

  init(_ members: [String: JSONValue], of owner: String) { (self.members, self.owner) = (members, owner) }

  func bad(_ name: String) -> PresetError { .data(owner, "\(name) is missing or not what it should be") }

  func text(_ name: String) throws(PresetError) -> String {
    guard let text = members[name]?.text, !text.isEmpty else { throw bad(name) }
    return text
  }

  /// An authority and a number, such as `EPSG:6316`.
  func code(_ name: String) throws(PresetError) -> String {
    let text = try text(name)
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, Int(parts[1]) != nil else { throw bad(name) }
    return text
  }

  func number(_ name: String) throws(PresetError) -> Double {
    guard let number = members[name]?.double, number.isFinite else { throw bad(name) }
    return number
  }

  /// `nil` only where the member is missing.
  func integer(_ name: String) throws(PresetError) -> Int? {
    guard let value = members[name] else { return nil }
    guard case .int(let number) = value else { throw bad(name) }
    return number
  }

  /// `nil` only where the member is missing.
  func flag(_ name: String) throws(PresetError) -> Bool? {
    guard let value = members[name] else { return nil }
    guard case .bool(let flag) = value else { throw bad(name) }
    return flag
  }

  func texts(_ name: String, isOptional: Bool = false) throws(PresetError) -> [String] {
    var texts: [String] = []
    for value in try array(name, isOptional) {
      guard let text = value.text else { throw bad(name) }
      texts.append(text)
    }
    return texts
  }

  func objects<T>(
    _ name: String, isOptional: Bool = false, _ read: (PresetMembers) throws(PresetError) -> T
  ) throws(PresetError) -> [T] {
    var found: [T] = []
    for value in try array(name, isOptional) {
      guard case .object(let object) = value else { throw bad(name) }
      var members: [String: JSONValue] = [:]
      for member in object.members where members.updateValue(member.value, forKey: member.name) != nil {
        throw bad("\(name): \(member.name), twice:")
      }
      found.append(try read(PresetMembers(members, of: "\(owner), \(name)")))
    }
    return found
  }

  private func array(_ name: String, _ isOptional: Bool) throws(PresetError) -> [JSONValue] {
    if members[name] == nil, isOptional { return [] }
    guard case .array(let values) = members[name] else { throw bad(name) }
    return values
  }
}

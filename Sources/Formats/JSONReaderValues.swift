extension JSONValue {
  /// The bytes that the values of one feature may take in memory.
  static let maxSize = 64 << 20

  /// Reads the value that began with `token`. What goes over the budget, counted in bytes of memory, is skipped; the
  /// budget is then negative. A member that stands twice is there twice.
  init(_ json: inout JSONReader, _ token: JSONToken, budget: inout Int) throws(JSONFailure) {
    budget -= 32
    guard budget >= 0 else {
      try json.skip(token)
      self = .null
      return
    }
    switch token {
    case .true: self = true
    case .false: self = false
    case .number: self = json.integer.map(JSONValue.int) ?? .number(json.number)
    case .string:
      budget -= json.text.count
      self = .string(json.takeText())
    case .beginArray:
      var elements: [JSONValue] = []
      while true {
        let element = try json.next()
        if element == .endArray { break }
        let value = try JSONValue(&json, element, budget: &budget)
        if budget >= 0 { elements.append(value) }
      }
      self = .array(elements)
    case .beginObject:
      // The depth that the tokenizer allows bounds the recursion.
      var object = JSONObject()
      while try json.next() == .name {
        budget -= 32 + json.text.count
        let name = json.takeText()
        let token = try json.next()
        let value = try JSONValue(&json, token, budget: &budget)
        if budget >= 0 { object.members.append(JSONObject.Member(name, value)) }
      }
      self = .object(object)
    default: self = .null
    }
  }

  init(_ json: inout JSONReader, _ token: JSONToken) throws(JSONFailure) {
    var budget = Self.maxSize
    try self.init(&json, token, budget: &budget)
  }
}

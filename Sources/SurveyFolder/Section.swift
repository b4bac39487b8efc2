internal import Survey

/// One table of `survey.toml`: reads keys as what they should be, and reports what they are instead.
struct Section {
  static let file = "survey.toml"

  /// Such as `activities[1]`.
  let path: String
  let table: [String: TOMLNode]
  let lines: KeyLines
  let report: Report

  /// Where a key stands, or the table where there is no such key.
  func place(_ key: String, _ element: Int? = nil) -> Place {
    let at = path.isEmpty ? key : path + "." + key
    return Place(Self.file, line: lines.line(of: element.map { "\(at)[\($0)]" } ?? at))
  }

  var place: Place { Place(Self.file, line: lines.line(of: path)) }

  /// Reports keys that are none.
  func check(known: [String]) {
    for key in table.keys.sorted() where !known.contains(key) {
      let near = nearest(to: key, among: known)
      report.add(
        "survey.unknown-key", .error, at: place(key), "there is no key `\(key.prefix(64))` in \(title)",
        advice: near.map { "did you mean `\($0)`?" } ?? "the keys are: \(known.joined(separator: ", "))")
    }
  }

  /// Reports a key without which the table means nothing.
  func requireKey(_ key: String, _ why: String) {
    guard table[key] == nil else { return }
    report.add("survey.missing-key", .error, at: place, "\(title) has no `\(key)`", advice: why)
  }

  func string(_ key: String) -> String? {
    guard let node = table[key] else { return nil }
    guard case .string(let text) = node else { return wrong(key, node, "a string") }
    guard text.contains(where: { !$0.isWhitespace }) else {
      return bad(key, "`\(key)` is empty", "fill it in, or take the line out")
    }
    return text
  }

  /// A string, without a word where it is none: somebody else reports that.
  func plainString(_ key: String) -> String? {
    if case .string(let text)? = table[key] { text } else { nil }
  }

  /// A finite number, at least 0, or more than 0 where `positive`, and `most` at most.
  func number(_ key: String, positive: Bool = false, most: Double = .infinity) -> Double? {
    guard let node = table[key] else { return nil }
    guard case .number(let value) = node else { return wrong(key, node, "a number") }
    guard value.isFinite, positive ? value > 0 : value >= 0 else {
      return bad(key, "`\(key)` is \(value)", "give a number \(positive ? "greater than 0" : "of 0 or more")")
    }
    guard value <= most else { return bad(key, "`\(key)` is \(value)", "give a number of \(Int(most)) at most") }
    return value
  }

  func bool(_ key: String) -> Bool? {
    guard let node = table[key] else { return nil }
    guard case .bool(let value) = node else { return wrong(key, node, "true or false") }
    return value
  }

  func date(_ key: String) -> CivilDate? {
    guard let node = table[key] else { return nil }
    guard case .date(let value) = node else { return wrong(key, node, "a date such as 2026-05-03, without quotes") }
    return value
  }

  func strings(_ key: String) -> [String] {
    guard let node = table[key] else { return [] }
    guard case .array(let nodes) = node else { return wrong(key, node, "a list of strings") ?? [] }
    var texts: [String] = []
    for node in nodes {
      guard case .string(let text) = node else { return wrong(key, node, "a list of strings") ?? [] }
      texts.append(text)
    }
    return texts
  }

  /// A string, or a list of them.
  func oneOrMore(_ key: String) -> [String] {
    if case .string? = table[key] { string(key).map { [$0] } ?? [] } else { strings(key) }
  }

  /// Whether there is no such list, or nothing in it.
  func isMissing(_ key: String) -> Bool {
    if case .array(let nodes)? = table[key] { nodes.isEmpty } else { table[key] == nil }
  }

  /// One of a list of words.
  func choice<T>(_ key: String, _ words: [(String, T)]) -> T? {
    guard let text = string(key) else { return nil }
    if let match = words.first(where: { $0.0 == text }) { return match.1 }
    let names = words.map(\.0)
    let near = nearest(to: text, among: names).map { "did you mean \"\($0)\"? " } ?? ""
    return bad(
      key, "`\(key)` is \"\(text.prefix(64))\"", near + "it may be: \(names.joined(separator: ", "))")
  }

  /// The table as a message names it: `activities[1]` is the second of its list.
  private var title: String {
    if path.isEmpty { return "survey.toml" }
    guard let bracket = path.firstIndex(of: "["), let index = Int(path[bracket...].dropFirst().dropLast()) else {
      return "[\(path)]"
    }
    return "[[\(path[..<bracket])]] number \(index + 1)"
  }

  private func wrong<T>(_ key: String, _ node: TOMLNode, _ wanted: String) -> T? {
    report.add(
      "survey.type", .error, at: place(key), "`\(key)` is \(node.name)", advice: "it should be \(wanted)")
    return nil
  }

  private func bad<T>(_ key: String, _ message: String, _ advice: String) -> T? {
    report.add("survey.value", .error, at: place(key), message, advice: advice)
    return nil
  }
}

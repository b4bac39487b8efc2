import Geometry
public import Survey

/// Submissions of ODK or KoboToolbox as JSON: an array, or an object with `results` (Kobo) or `value` (OData), or one
/// submission; geometry as `ODK` reads it, or as GeoJSON objects, as OData gives it. Its records are as `ODK`'s.
public enum ODKJSON: LogFormat {
  public static let name = "ODK JSON"

  private static let lists: Set<String> = ["results", "value", "data", "submissions"]
  private static let titles = ["name", "label", "title", "id", "point_id", "__id", "_uuid", "instanceID", "_id"]
  /// Of GeoJSON (RFC 7946, section 3.1), but for the collection, whose parts are looked at.
  private static let geometries: Set<String> = [
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
  ]
  /// Repeats the first geopoint of a submission.
  private static let repeated = "_geolocation"

  public static func recognizes(_ head: [UInt8]) -> Bool {
    let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let first = head[start...].first(where: { $0 > 0x20 }),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    else { return false }
    let text = String(decoding: head, as: UTF8.self)
    if text.contains("\"FeatureCollection\"") { return false }
    return ["\"_uuid\"", "\"instanceID\"", "/instanceID\"", "\"_submission_time\"", "\"@odata.context\"", "\"__id\""]
      .contains { text.contains($0) }
  }

  public static func read(
    _ input: inout ByteSource, options: ReadOptions, into sink: inout some LogSink
  ) throws(FileUnreadable) -> (format: String, creator: String?) {
    var counts = RecordCounts()
    try eachSubmission(&input) { value, line in
      submission(value, line, into: &sink, counting: &counts)
    } problem: { problem in
      // What lies on another page is no record of this file.
      if problem.code != ODKPage.code {
        counts.seen += 1
        counts.add(aside: problem.code)
      }
      sink.add(problem)
    }
    sink.add(counts)
    if let problem = input.problem { sink.add(problem) }
    return (name, nil)
  }

  /// Hands on every submission of a file with the line in which it begins, and what could not be read.
  static func eachSubmission(
    _ input: inout ByteSource, _ submission: (JSONValue, Int) -> Void, problem: (Problem) -> Void
  ) throws(FileUnreadable) {
    var json = JSONReader(consume input)
    var failure: FileUnreadable?
    do throws(JSONFailure) { try read(&json, submission, problem) } catch {
      switch error {
      case .unreadable(let error): failure = error
      case .syntax(let fault):
        problem(Problem("odk.json", line: fault.line, "\(fault.message); nothing behind it was read"))
      }
    }
    input = json.close()
    if let failure { throw failure }
  }

  private static func read(
    _ json: inout JSONReader, _ submission: (JSONValue, Int) -> Void, _ problem: (Problem) -> Void
  ) throws(JSONFailure) {
    let root = try json.next()
    if root == .beginArray { return try list(&json, submission, problem) }
    guard root == .beginObject else { return try json.skip(root) }
    var rest: [(String, JSONValue)] = []
    var page = ODKPage()
    var hasList = false
    var budget = JSONValue.maxSize
    let line = json.line
    while try json.next() == .name {
      let name = json.takeText()
      let token = try json.next()
      if lists.contains(name), token == .beginArray {
        hasList = true
        try list(
          &json,
          {
            page.records += 1
            submission($0, $1)
          }, problem)
      } else {
        let (value, line) = (try JSONValue(&json, token, budget: &budget), json.line)
        page.take(name, value, line)
        rest.append((name, value))
      }
    }
    guard !hasList else {
      if let fault = page.fault { problem(fault) }
      if budget < 0 {
        problem(Problem("odk.too-large", line: line, "over 64 MiB beside the submissions: they are not used"))
      }
      return
    }
    hand(.object(JSONObject(rest.map { .init($0.0, $0.1) })), line, budget, submission, problem)
  }

  private static func list(
    _ json: inout JSONReader, _ submission: (JSONValue, Int) -> Void, _ problem: (Problem) -> Void
  ) throws(JSONFailure) {
    while true {
      let token = try json.next()
      if token == .endArray { return }
      let line = json.line
      var budget = JSONValue.maxSize
      let value = try JSONValue(&json, token, budget: &budget)
      hand(value, line, budget, submission, problem)
    }
  }

  private static func hand(
    _ value: JSONValue, _ line: Int, _ budget: Int, _ submission: (JSONValue, Int) -> Void,
    _ problem: (Problem) -> Void
  ) {
    guard budget >= 0 else {
      return problem(Problem("odk.too-large", line: line, "a submission of more than 64 MiB: it is not used"))
    }
    submission(value, line)
  }

  private static func submission(
    _ value: JSONValue, _ line: Int, into sink: inout some LogSink, counting counts: inout RecordCounts
  ) {
    var title = ""
    if case .object(let object) = value {
      for key in titles where title.isEmpty {
        if let text = object[key]?.text { title = text } else if case .int(let id)? = object[key] { title = "\(id)" }
      }
    }
    let seen = counts.seen
    walk(value, question: "", title, line, into: &sink, counting: &counts)
    if counts.seen == seen { counts.addOther() }
  }

  private static func walk(
    _ value: JSONValue, question: String, _ title: String, _ line: Int, into sink: inout some LogSink,
    counting counts: inout RecordCounts
  ) {
    switch value {
    case .string(let text):
      GeoText(text)?.add(to: &sink, title: title, question: question, line: line, counting: &counts)
    case .array(let elements):
      for element in elements {
        walk(element, question: question, title, line, into: &sink, counting: &counts)
      }
    case .object(let object):
      if let geo = GeoText(geometry: object) {
        return geo.add(to: &sink, title: title, question: question, line: line, counting: &counts)
      }
      if let type = object["type"]?.text, geometries.contains(type) {
        counts.seen += 1
        counts.add(aside: "odk.coordinate")
        sink.add(Problem("odk.coordinate", line: line, "a \(type) without readable coordinates: it is not used"))
      }
      for member in object.members where member.name != repeated {
        walk(member.value, question: member.name, title, line, into: &sink, counting: &counts)
      }
    case .null, .bool, .int, .number, .fixed: break
    }
  }
}

extension GeoText {
  /// A Point, LineString or Polygon (its outer ring) of OData, whose `properties` may tell the accuracy; `nil` for other
  /// objects.
  init?(geometry object: JSONObject) {
    guard let type = object["type"]?.text, case .array(var list)? = object["coordinates"] else { return nil }
    var holes = 0
    switch type {
    case "Point": list = [.array(list)]
    case "LineString": break
    case "Polygon":
      guard case .array(let outer)? = list.first else { return nil }
      holes = list.count - 1
      list = outer
    default: return nil
    }
    var accuracies: [Double?] = []
    if case .object(let properties)? = object["properties"] {
      if case .array(let values)? = properties["accuracies"] { accuracies = values.map(\.double) }
      if let accuracy = properties["accuracy"]?.double { accuracies = [accuracy] }
    }
    self.init(isTrace: type != "Point", written: list.count + holes)
    for (index, element) in list.enumerated() {
      guard case .array(let numbers) = element, numbers.count >= 2, let x = numbers[0].double,
        let y = numbers[1].double,
        Self.isPlace(Geographic(x, y))
      else {
        addBad("position \(index + 1)")
        continue
      }
      add(
        Point(
          position: Geographic(x, y), altitude: numbers.count > 2 ? numbers[2].double : nil,
          accuracy: index < accuracies.count ? accuracies[index] : nil))
    }
    for hole in 0..<max(0, holes) { addBad("the hole \(hole + 1) of an area") }
  }
}

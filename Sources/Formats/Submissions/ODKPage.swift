import Survey

/// What an answer of a server says of the submissions that are not in it: Kobo's `count`, `next` and `previous`
/// (support.kobotoolbox.org/api.html, "pagination"), and OData's `@odata.count` and `@odata.nextLink` (OData JSON Format
/// 4.01, sections 4.5.4 and 4.5.5).
struct ODKPage {
  static let code = "odk.incomplete"

  /// Submissions that are in it.
  var records = 0
  private var total: (count: Double, line: Int)?
  /// A member that leads to another page.
  private var link: (name: String, line: Int)?

  mutating func take(_ name: String, _ value: JSONValue, _ line: Int) {
    switch name {
    case "count", "@odata.count":
      if let count = value.double ?? value.text.flatMap({ GeoText.number($0) }) { total = (count, line) }
    case "next", "previous", "@odata.nextLink":
      if value != .null, value.text != "", link == nil { link = (name, line) }
    default: break
    }
  }

  /// `nil` where nothing says that submissions are missing.
  var fault: Problem? {
    let missing = "the file is one page of several, and the submissions of the others are not in it"
    if let total, total.count > Double(records) {
      let all = Int(exactly: total.count).map { "\($0)" } ?? "more"
      return Problem(Self.code, line: total.line, "\(missing): it has \(records), and says that there are \(all)")
    }
    return link.map { Problem(Self.code, line: $0.line, "\(missing): `\($0.name)` leads to one") }
  }
}

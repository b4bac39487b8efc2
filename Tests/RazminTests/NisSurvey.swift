import Foundation

/// A survey of one hazard of 240 m by 220 m at Nis, for mistakes to be made in.
struct NisSurvey {
  let path: String
  private let scratch: Scratch

  static let corners = [(21.9020, 43.3240), (21.9050, 43.3240), (21.9050, 43.3260), (21.9020, 43.3260)]

  /// `head` goes into [survey], `hazard` into [[hazards]], `tables` behind; `files` are written beside.
  init(
    _ scratch: Scratch, head: String = "", hazard: String = "", corners: [(Double, Double)] = NisSurvey.corners,
    member: String = "", tables: String = "", files: [String: String] = [:]
  ) throws {
    self.scratch = scratch
    path = scratch.path + "/survey"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    var files = files
    files["survey.toml"] = """
      [survey]
      id = "NIS-01"
      name = "Nis"
      required_depth_cm = 20
      \(head)

      [[hazards]]
      file = "hazards.geojson"
      \(hazard)

      \(tables)
      """
    files["hazards.geojson"] =
      "{\"type\": \"FeatureCollection\", \(member) \"features\": [\n" + Self.feature(corners, Self.properties) + "]}\n"
    for (name, text) in files { _ = try scratch.write(text, to: "survey/" + name) }
  }

  static let properties = "\"id\": \"H-1\", \"class\": \"CHA\", \"recorded\": \"2026-01-02\""

  static func feature(_ corners: [(Double, Double)], _ properties: String) -> String {
    let ring = (corners + corners.prefix(1)).map { "[\($0.0), \($0.1)]" }.joined(separator: ", ")
    return "{\"type\": \"Feature\", \"properties\": {\(properties)}, "
      + "\"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[\(ring)]]}}"
  }

  static func polygons(_ corners: [(Double, Double)]) -> String {
    "{\"type\": \"FeatureCollection\", \"features\": [\n" + feature(corners, "") + "]}\n"
  }

  /// An activity by a log of this name, with whatever else it says.
  static func track(_ log: String, _ more: String = "") -> String {
    activity("track", "logs = [\"\(log)\"]\nswath_m = 2\nsigma_m = 0.02\n\(more)")
  }

  static func activity(_ geometry: String, _ more: String) -> String {
    """
    [[activities]]
    id = "A-1"
    kind = "clearance"
    claims = "cleared"
    start = 2026-05-03
    end = 2026-05-03
    depth_cm = 30
    geometry = "\(geometry)"
    \(more)
    """
  }

  /// A lane of forty fixes, a second and a step apart.
  static func lane(_ header: String, from start: (Double, Double), step: Double) -> String {
    let rows = (0..<40).map { second in
      "\(start.0 + Double(second) * step),\(start.1),2026-05-03T09:00:\(second < 10 ? "0" : "")\(second)Z\n"
    }
    return header + ",time\n" + rows.joined()
  }

  func run(_ command: String, _ options: String = "") throws -> Run {
    try shell("\"$RAZMIN\" \(command) \(options) '\(path)'")
  }

  /// Square metres of the ledger's nominal totals.
  func totals() throws -> JSON {
    let run = try run("ledger", "--format json")
    let ledger = try json(run.output)["ledger"] as? JSON
    return ledger?["nominal"] as? JSON ?? [:]
  }
}

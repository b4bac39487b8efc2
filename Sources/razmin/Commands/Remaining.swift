import ArgumentParser
import Formats
import GeoPackage
import Geometry
import LandRelease
import Projection
import Survey
import Traverse

struct Remaining: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Divide recorded hazards into what remains and what was cleared, reduced or cancelled.",
    discussion: "Example: razmin remaining sample-surveys/nis-apron --as-of 2026-05-05 -o remaining.geojson")

  @OptionGroup var survey: SurveyOptions

  /// A state of land, or the points of the tasks that are no land.
  enum Layer: String, CaseIterable, ExpressibleByArgument {
    case remaining, cleared, reduced, cancelled
    case spotTask = "spot-task"
  }

  @Option(parsing: .upToNextOption, help: "Only these layers: remaining, cleared, reduced, cancelled, spot-task.")
  var layer: [Layer] = []

  @Flag(help: "Show what is surely released (edges less k sigma) instead of the nominal state.")
  var assured = false

  enum Format: String, CaseIterable, ExpressibleByArgument { case geojson, geojsonseq, kml, gpx, csv, gpkg, sheet }

  @Option(
    help: """
      geojson; geojsonseq (RFC 8142); kml, with styles; gpx, to stake out; csv, with WKT; gpkg, a GeoPackage with a \
      layer a state and its styles (docs/geopackage.md); sheet, a table of turning points with bearings (docs/sheets.md). \
      Only geojson and gpkg hold the account.
      """)
  var format = Format.geojson

  @Option(help: "With --format sheet: the day for magnetic bearings (YYYY-MM-DD); none without it.")
  var magnetic: CivilDate?

  @Option(
    name: .shortAndLong, help: "Write to this file instead of standard output; a sheet to NAME.xlsx as XLSX.",
    completion: .file())
  var output: String?

  func validate() throws { if format == .gpkg { try needFile(output) } }

  func run() async throws {
    try await ending {
      var session = try await survey.load()
      let names = Set(layer.isEmpty ? Layer.allCases : layer)
      let shown = Set(LandState.allCases.filter { state in names.contains { $0.rawValue == state.rawValue } })
      let tasks = names.contains(.spotTask) ? session.survey.spotTasks(asOf: survey.asOf) : []
      if format == .gpkg { return try await package(&session, shown, tasks) }
      if format == .sheet { return try await sheet(&session, shown, tasks) }
      if let format = FeatureFormat(rawValue: format.rawValue) {
        return try await features(&session, shown, tasks, format)
      }
      let grid = session.survey.grid
      var writer = GeoJSONWriter(try Output.open(output))
      let result = try await survey.divide(&session, assured: assured) { feature in
        guard shown.contains(feature.layer) else { return }
        try writer.feature(.polygons(feature.polygons), feature.properties(grid: grid))
      }
      for task in tasks { try writer.feature(.points([task.position]), task.properties(asOf: survey.asOf)) }
      let account = result.account(of: session, asOf: survey.asOf, assured: assured)
      try writer.finish(["razmin": .object(account)]).finish()
      Console.say(result.ledger.summary)
      return session.outcome(result)
    }
  }
}

extension Remaining {
  /// The features without the account.
  private func features(
    _ session: inout SurveySession, _ shown: Set<LandState>, _ tasks: [SpotTask], _ format: FeatureFormat
  ) async throws -> Outcome {
    let grid = session.survey.grid
    var writer = FeatureWriter(
      format, name: session.survey.name, description: "history: \(session.history.words)", to: try Output.open(output))
    let result = try await survey.divide(&session, assured: assured) { feature in
      guard shown.contains(feature.layer) else { return }
      try writer.feature(.polygons(feature.polygons), feature.properties(grid: grid))
    }
    for task in tasks { try writer.feature(.points([task.position]), task.properties(asOf: survey.asOf)) }
    try writer.finish().finish()
    Console.say(result.ledger.summary)
    session.history.say()
    return session.outcome(result)
  }

  /// A layer for each state that is shown, empty or not, one for tasks where there are any, and the account.
  private func package(
    _ session: inout SurveySession, _ shown: Set<LandState>, _ tasks: [SpotTask]
  ) async throws -> Outcome {
    let (grid, states) = (session.survey.grid, LandState.allCases.filter(shown.contains))
    var writer = try GeoPackageFeatureWriter.open(
      output ?? "", layers: states.map { .release($0) } + (tasks.isEmpty ? [] : [.spotTasks]))
    let result = try await survey.divide(&session, assured: assured) { feature in
      guard shown.contains(feature.layer) else { return }
      try writer.feature(
        .polygons(feature.polygons), feature.properties(grid: grid), layer: feature.layer.rawValue)
    }
    for task in tasks {
      try writer.feature(.points([task.position]), task.properties(asOf: survey.asOf), layer: SpotTask.layer)
    }
    let account = result.account(of: session, asOf: survey.asOf, assured: assured)
    let day = session.survey.lastDay(asOf: survey.asOf)
    try writer.finish(["razmin": .object(account)], lastChange: day.map { "\($0)" })
    Console.say(result.ledger.summary)
    return session.outcome(result)
  }

  /// The perimeters of what is shown, corner by corner, to stake out.
  private func sheet(
    _ session: inout SurveySession, _ shown: Set<LandState>, _ tasks: [SpotTask]
  ) async throws -> Outcome {
    var features: [ReleaseFeature] = []
    let result = try await survey.divide(&session, assured: assured) { feature in
      if shown.contains(feature.layer) { features.append(feature) }
    }
    let maker = try TurningPoints(grid: try result.grid?.reversed(), date: magnetic)
    var rows: [TurningPointRow] = []
    var counts: [String: Int] = [:]
    for feature in features {
      let name = "\(feature.hazard.id) \(feature.layer.rawValue)"
      for polygon in feature.polygons {
        counts[name, default: 0] += 1
        let piece = "\(name) \(counts[name, default: 1])"
        for (index, ring) in polygon.rings.enumerated() {
          rows += maker.rows(of: index == 0 ? piece : "\(piece) hole \(index)", ring.corners.map(\.position))
        }
      }
    }
    try writeSheet(RazminSheet.table(rows), to: output)
    if !tasks.isEmpty { Console.say("spot tasks are points, and not in a sheet of perimeters: take another --format") }
    Console.say(result.ledger.summary)
    session.history.say()
    return session.outcome(result)
  }
}

import ArgumentParser
import Formats
import Geometry
import Notation
import Positions
import Presets
import Projection

struct Convert: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Convert positions between coordinate reference systems and notations.",
    discussion: """
      Pairs are east, north (longitude, latitude) unless --authority-order. Without a position they come from standard \
      input, a line each. --from and --to take a CRS: EPSG:6316, WKT2, a full name, or a preset ("serbia" is its national \
      grid, "serbia 7" its zone 7); --to takes a notation too: dd, dm, dms, utm, ups, mgrs. A position with letters (43°19'28.9"N 21°54'11.9"E), of UTM or MGRS needs no --from. The \
      operation and its accuracy go to standard error.
      Example: razmin convert --from EPSG:6316 --to EPSG:4326 7573696.217 4798205.043
      """)

  @Option(help: "The CRS of bare numbers.") var from: String?
  @Option(help: "A CRS, or dd, dm, dms, utm, ups, mgrs.") var to: String
  @Option(help: "The coordinate operation, such as EPSG:9495; may be given several times, for several datums.")
  var operation: [String] = []
  @Option(help: "The country whose operations are taken; razmin presets lists them.") var preset: String?
  @Flag(help: "Take an operation though a better one is known whose grid is not installed.")
  var allowMissingGrid = false
  @Flag(help: "Bare numbers, in and out, come in the order of the CRS's definition.") var authorityOrder = false
  @Option(help: "Of the letters for north, south, east and west: en, sr-Latn, sr-Cyrl, ru, de, fr.")
  var language: String?
  @Option(help: "Decimals of the last unit written; with mgrs the digits of each axis.") var decimals: Int?
  @Flag(help: "Print the operation's pipeline and the other candidates.") var explain = false
  @Option(parsing: .unconditional, help: "Latitude, with --lon: so that nothing has to be guessed.") var lat: String?
  @Option(parsing: .unconditional, help: "Longitude, with --lat.") var lon: String?
  @Option(
    name: .customLong("columns"),
    help: "Columns of a table on standard input, or in --input, such as easting,northing or 3,2; the rest is kept.")
  var columns: String?
  @Option(name: .shortAndLong, help: "Read from this file instead of standard input.", completion: .file())
  var input: String?
  @Argument(parsing: .allUnrecognized, help: "A position, or east and north.") var position: [String] = []

  func validate() throws {
    guard decimals.map({ (0...12).contains($0) }) ?? true else { throw ValidationError("--decimals takes 0 to 12.") }
    guard (lat == nil) == (lon == nil) else { throw ValidationError("--lat and --lon go together.") }
    guard language.map({ Language(rawValue: $0) != nil }) ?? true else {
      throw ValidationError("--language knows \(Language.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    if let option = position.first(where: { $0.hasPrefix("--") }) {
      throw ValidationError("Unknown option '\(option)'.")
    }
  }

  func run() async throws {
    try await ending {
      let spoken = language.flatMap { Language(rawValue: $0) }
      var source = PositionInput(crs: try from.map { text throws(ProjectionError) in try ReferenceSystem.named(text) })
      (source.isAuthorityOrder, source.language) = (authorityOrder, spoken)
      let target = try output(spoken ?? .english)
      if case .crs(let crs, _) = target { tell(crs) }
      if let crs = source.crs { tell(crs) }
      let named = try preset.map { name throws in try Presets.named(name) }
      var work = ConvertSession(
        source: source, target: target, decimals: decimals, explain: explain,
        georeference: Georeference(preset: named, named: operation, allowsMissingGrid: allowMissingGrid))
      if let lat, let lon { return try work.convert(latitude: lat, longitude: lon) }
      if !position.isEmpty { return try work.convert(position.joined(separator: " ")) }
      return try work.convert(
        columns.map { columns throws in try PositionTable(input, columns: columns) } ?? PositionTable(list: input))
    }
  }

  private func output(_ language: Language) throws(ProjectionError) -> PositionOutput {
    switch to.lowercased() {
    case "dd": .angles(AnglePrecision(.degrees, decimals: decimals ?? 8), language)
    case "dm": .angles(AnglePrecision(.minutes, decimals: decimals ?? 6), language)
    case "dms": .angles(AnglePrecision(.seconds, decimals: decimals ?? 4), language)
    case "utm": .utm
    case "ups": .ups
    case "mgrs": .mgrs(digits: min(decimals ?? 5, 11))
    default: .crs(try ReferenceSystem.named(to), isAuthorityOrder: authorityOrder)
    }
  }

  /// What is surprising about a CRS.
  private func tell(_ crs: ReferenceSystem) {
    let name = "\(crs.code ?? crs.definition) (\(crs.name))"
    if crs.isDeprecated {
      let next = crs.successors.map { "\($0.code), \($0.isNorthFirst ? "northing" : "easting") first" }
      Console.say("\(name) is deprecated; its successor is \(next.joined(separator: " or ")) [crs.deprecated]")
    }
    if crs.isNorthFirst, !crs.isGeographic, !authorityOrder {
      Console.say("\(name) is defined with the northing first; pairs are taken and given east first [crs.axis-order]")
    }
  }
}

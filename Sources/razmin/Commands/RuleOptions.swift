import ArgumentParser
import Formats
import Geometry
import Positions
import Presets
import Projection
import Survey
import SurveyFolder

/// When a step counts, and what a file does not say itself: for commands that take logs without a survey.
struct RuleOptions: ParsableArguments {
  @Option(help: "Longest time between two fixes of one stretch, in seconds.")
  var maxGapS = TrackRules().maxGapSeconds

  @Option(help: "Longest distance between two fixes of one stretch, in metres.")
  var maxGapM = TrackRules().maxGapMetres

  @Option(name: .customLong("max-speed-m-s"), help: "Fastest plausible search, in metres per second.")
  var maxSpeedMS = TrackRules().maxSpeed

  @Option(help: "Lowest quality used: autonomous, dgps, rtk-float, rtk-fixed.")
  var minQuality: String?

  @Option(name: .customLong("sigma"), help: "Horizontal sigma of the fixes in metres, instead of what the log says.")
  var sigma: Double?

  @Option(help: "Columns of a CSV file without a telling header, such as lat=3,lon=2,time=1.")
  var columns: String?

  @Option(
    help: "What the coordinates of CSV, GeoJSON and shapefiles are in, such as EPSG:6316, where the file does not say.")
  var crs: String?

  @Option(help: "The coordinate operation from there, such as EPSG:9495.") var operation: String?

  @Option(help: "The country whose operations are taken; razmin presets lists them.") var preset: String?

  func validate() throws {
    guard [maxGapS, maxGapM, maxSpeedMS].allSatisfy({ $0.isFinite && $0 > 0 }) else {
      throw ValidationError("Gaps and speeds are numbers above 0.")
    }
    guard sigma.map({ $0.isFinite && $0 >= 0 }) ?? true else { throw ValidationError("--sigma is a length in metres.") }
    _ = try trackRules()
    _ = try parsedColumns(columns)
  }

  /// Whether nothing is said of when a step counts.
  var isPlain: Bool { (try? trackRules()) == TrackRules() && sigma == nil }

  func trackRules() throws -> TrackRules {
    var rules = TrackRules()
    (rules.maxGapSeconds, rules.maxGapMetres, rules.maxSpeed) = (maxGapS, maxGapM, maxSpeedMS)
    if let minQuality {
      guard let quality = FixQuality(name: minQuality), quality.isMeasured else {
        throw ValidationError("--min-quality knows autonomous, dgps, pps, rtk-float and rtk-fixed.")
      }
      rules.minQuality = quality
    }
    return rules
  }

  /// For all files of one run: the operation of a datum is chosen once.
  func georeference() throws -> Georeference {
    Georeference(
      preset: try preset.map { name throws in try Presets.named(name) }, named: operation.map { [$0] } ?? [])
  }

  /// How one file is to be read; it is looked into where its coordinates decide on the operation.
  func readOptions(for file: LogFile, _ georeference: inout Georeference) throws -> ReadOptions {
    var options = ReadOptions()
    options.columns = try parsedColumns(columns)
    options.crs = try georeference.crs(of: file, declared: crs, options)
    return options
  }
}

extension Georeference {
  /// What carries the coordinates of a file over, by its own word or by what is declared; `nil` where they are on WGS 84
  /// by their format, or nobody says: then a reader refuses them, and says what its numbers could be.
  mutating func crs(of file: LogFile, declared: String?, _ options: ReadOptions = ReadOptions()) throws -> FileCRS? {
    let layers = try FeatureFile.open(file).layers
    guard declared != nil || !layers.contains(where: { $0.crs == .undeclared }) else { return nil }
    guard let own = try LayersCRS.of(layers, declared: declared) else { return nil }
    if let remark = own.remark { Console.say("\(file.path): \(remark) [crs.unidentified]") }
    let system = own.crs
    let name = system.code ?? system.name
    let collector = PairCollector()
    var looking = options
    looking.crs = FileCRS(name: name, isGeographic: system.isGeographic, converter: collector)
    var nowhere = Nowhere()
    _ = try LogReader.read(file, options: looking, into: &nowhere)
    let corners = collector.corners
    settle(
      positions: system.isGeographic ? corners.map { Geographic($0.easting, $0.northing) } : [],
      pairs: system.isGeographic ? [] : [(system, corners)])
    // Where no number could be read none will be: what was declared stays.
    guard !corners.isEmpty else { return looking.crs }
    guard let conversion = try conversion(from: system, at: corners) else {
      return layers.contains { $0.crs != .wgs84 } ? .wgs84 : nil
    }
    Console.say("\(file.path): \(conversion.use.sentence)")
    return FileCRS(name: name, isGeographic: system.isGeographic, converter: try conversion.open())
  }
}

/// Reads a log for its side effects.
private struct Nowhere: LogSink {
  mutating func begin(track: TrackHeader) {}
  mutating func beginSegment() {}
  mutating func add(_ fix: Fix) {}
  mutating func add(_ waypoint: Waypoint) {}
  mutating func add(_ problem: Problem) {}
}

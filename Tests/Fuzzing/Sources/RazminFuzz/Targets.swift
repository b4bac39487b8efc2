import Formats

/// What is fuzzed: a way in for bytes from outside, and the laws that hold whatever they are.
struct Target: Sendable {
  var name: String
  /// Endings of the samples that the search begins with.
  var seeds: [String]
  /// Of `Dictionaries`, where words help.
  var dictionary: String?
  var run: @Sendable (_ bytes: [UInt8]) -> Void

  init(_ name: String, _ seeds: [String], _ dictionary: String? = nil, _ run: @escaping @Sendable ([UInt8]) -> Void) {
    (self.name, self.seeds, self.dictionary, self.run) = (name, seeds, dictionary, run)
  }
}

/// A new reader is one line here.
let targets: [Target] = [
  Target("gpx", [".gpx"], "xml") { readsTheSame(GPX.self, $0) },
  Target("kml", [".kml"], "xml") { readsTheSame(KML.self, $0) },
  Target("tcx", [".tcx"], "xml") { readsTheSame(TCX.self, $0) },
  Target("fit", [".fit"]) { readsTheSame(FIT.self, $0) },
  Target("nmea", [".nmea", ".ubx"], "nmea") { readsTheSame(NMEA.self, $0) },
  Target("rtklib", [".pos"], "rtklib") { readsTheSame(RTKLIB.self, $0) },
  Target("odk-json", [".json"], "json") { readsTheSame(ODKJSON.self, $0) },
  Target("geojson-log", [".geojson"], "json") { readsTheSame(GeoJSONLog.self, $0) },
  Target("esri-json", [".json", ".geojson"], "json") { readsTheSame(EsriJSON.self, $0) },
  Target("gpkg", [".gpkg"]) { readsTheSame(GPKG.self, $0) },
  Target("shapefile", [".shapefile"]) { readsShapefile($0) },
  Target("survey123", [".csv"], "csv") { readsTheSame(Survey123.self, $0) },
  Target("odk-csv", [".csv"], "csv") { readsTheSame(ODK.self, $0) },
  Target("csv", [".csv"], "csv") { readsTheSame(CSV.self, $0) },
  // Told apart by the contents, after decompression and decoding of the text.
  Target("any-log", [".gpx", ".kml", ".nmea", ".csv", ".pos", ".fit", ".gz"], "xml") { readsTheSame(nil, $0) },
  Target("gzip", [".gz"]) { decompressesTheSame($0) },
  Target("archive", [".zip", ".kmz", ".tar", ".gz"]) { readsArchive($0) },
  Target("geojson-features", [".geojson"], "json") {
    readsTheSameFeatures($0) { try GeoJSON.readFeatures(&$0, feature: $1, problem: $2) }
  },
  Target("kml-features", [".kml"], "xml") {
    readsTheSameFeatures($0) { try KML.readFeatures(&$0, feature: $1, problem: $2) }
  },
  Target("sheet-csv", [".csv"], "csv") { readsSheet($0) },
  Target("sheet-xlsx", [".xlsx"]) { readsSheet($0) },
  Target("worksheet", [".worksheet"], "xml") { readsWorkbook($0) },
  Target("position", [".position"], "position") { parsesPosition($0) },
  Target("survey-toml", [".toml"], "toml") { loadsSurvey($0) },
  Target("point-table", [".points"], "csv") { loadsPoints($0) },
  Target("legend", [".legend"], "csv") { loadsTable($0, "[grid]\nbox_m = 50\nlegend = \"a.csv\"") },
  Target("weapons", [".weapons"], "csv") { loadsTable($0, "weapons = \"a.csv\"") },
  Target("time-zone", [".tzif"]) { readsTimeZone($0) },
]

import FoundationEssentials
import Survey
import SurveyFolder

/// A survey folder of a test, gone with it.
struct Folder: ~Copyable {
  let path: String

  init(_ files: [String: String]) throws {
    path = FileManager.default.temporaryDirectory.path + "/razmin-folder-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path + "/survey/logs", withIntermediateDirectories: true)
    for (name, text) in files {
      try Data(text.utf8).write(to: URL(filePath: path + "/survey/" + name))
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func load() -> SurveyFolder.LoadResult { SurveyFolder.load(path + "/survey") }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path + "/survey/" + name, withDestinationPath: target)
  }
}

/// A survey in which nothing is wrong; the cases of the tests each break one thing in it.
enum Sound {
  static let toml = """
    # A survey for tests.
    [survey]
    id = "T-01"
    name = "Test"
    grid = "EPSG:6316"
    time_zone = "Europe/Belgrade"
    required_depth_cm = 20
    fadeout_m = 25
    sigma_factor = 2.5
    weapons = "weapons.csv"

    [[hazards]]
    file = "hazards.geojson"
    crs = "EPSG:4326"

    [[activities]]
    id = "A-1"
    kind = "clearance"
    claims = "cleared"
    start = 2026-05-03
    end = 2026-05-04
    depth_cm = 20
    geometry = "track"
    logs = [
      "logs/a.gpx",  # the first day
      "logs/b.nmea",
    ]
    swath_m = 1.5
    sigma_m = 0.02
    max_gap_s = 5
    min_quality = "rtk-fixed"

    [[activities]]
    id = "A-2"
    kind = "non-technical-survey"
    claims = "cancelled"
    start = 2026-01-01
    end = 2026-01-02
    geometry = "cells"
    files = ["cells.geojson"]

    [[activities]]
    id = "A-3"
    kind = "technical-survey"
    claims = "reduced"
    start = 2026-02-01
    end = 2026-02-02
    searched = true
    geometry = "polygons"
    files = ["cells.geojson"]

    [[activities]]
    id = "A-4"
    kind = "clearance"
    claims = "cleared"
    start = 2026-06-03
    end = 2026-06-04
    depth_cm = 30
    geometry = "perimeter"
    logs = ["logs/c.csv"]
    max_closing_m = 3

    [[finds]]
    file = "finds.geojson"

    [grid]
    box_m = 50
    legend = "legend.csv"
    searched_percent = 90

    [[strikes]]
    file = "strikes.geojson"
    """
  static let square = "[[[21.9,43.3],[21.901,43.3],[21.901,43.301],[21.9,43.301],[21.9,43.3]]]"
  static let holed = """
    [[[21.91,43.3],[21.92,43.3],[21.92,43.31],[21.91,43.3]],\
    [[21.913,43.301],[21.918,43.301],[21.918,43.304],[21.913,43.301]]]
    """
  static let hazards = """
    {"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"id": "H-1", "class": "CHA", "recorded": "2020-01-01", "reported_m2": 9000,\
     "village": "V"}, "geometry": {"type": "Polygon", "coordinates": \(square)}},
    {"type": "Feature", "id": 7, "properties": {"class": "SHA", "recorded": "2019-01-01", "required_depth_cm": 13,\
     "evidence": null}, "geometry": {"type": "MultiPolygon", "coordinates": [\(holed)]}}
    ]}
    """
  static let cells = """
    {"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"status": "cancelled"},\
     "geometry": {"type": "Polygon", "coordinates": \(square)}},
    {"type": "Feature", "properties": {"status": "searched"},\
     "geometry": {"type": "Polygon", "coordinates": \(holed)}},
    {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": \(holed)}}
    ]}
    """
  static let finds = """
    {"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"id": "F-1", "found": "2026-05-03", "type": "BLU-97/B", "category": "submunition", "depth_cm": 4,\
     "activity": "A-1", "sigma_m": 0.5, "condition": "whole", "disposed": "2026-05-04", "disposal": "in place"},\
     "geometry": {"type": "Point", "coordinates": [21.9005, 43.3005]}}
    ]}
    """
  static let legend = """
    status;meaning;colour;finds;min_percent
    found;remnants found;#FF0000;Sub-munitions, hand grenades;
    other;something found;#0000ff;*;
    searched;searched, nothing found;#00FF00;;99,5
    open;not searched;#888888;;
    """
  static let weapons = """
    weapon,length_m,width_m,source
    CBU-X,100,50,"a table, of somebody"
    """
  static let strikes = """
    {"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"id": "U-1", "recorded": "2007-09-01", "heading_deg": 300, "weapon": "CBU-X",\
     "sigma_m": 20, "source": "a list"}, "geometry": {"type": "Point", "coordinates": [21.9002, 43.3002]}}
    ]}
    """
  static var files: [String: String] {
    [
      "legend.csv": legend, "weapons.csv": weapons, "strikes.geojson": strikes,
      "survey.toml": toml, "hazards.geojson": hazards, "cells.geojson": cells, "finds.geojson": finds,
      "logs/a.gpx": "", "logs/b.nmea": "", "logs/c.csv": "",
    ]
  }

  /// The files with one piece of one file replaced; empty where the piece is not there.
  static func broken(_ file: String, _ old: String, _ new: String) -> [String: String] {
    var files = files
    guard var text = files[file], let range = text.firstRange(of: old) else { return [:] }
    text.replaceSubrange(range, with: new)
    files[file] = text
    return files
  }
}

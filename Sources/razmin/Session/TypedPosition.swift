import ArgumentParser
import Geometry
import Notation
import Positions
import Projection

/// A position on the command line, which says itself what it is: by letters, as MGRS or UTM, or by named axes.
struct TypedPosition: ParsableArguments {
  @Option(parsing: .unconditional, help: "Latitude, with --lon: so that nothing has to be guessed.") var lat: String?
  @Option(parsing: .unconditional, help: "Longitude, with --lat.") var lon: String?
  @Argument(
    parsing: .allUnrecognized, help: "A position with its letters (43°19'28.9\"N 21°54'11.9\"E), or of MGRS or UTM.")
  var position: [String] = []

  func validate() throws {
    guard (lat == nil) == (lon == nil) else { throw ValidationError("--lat and --lon go together.") }
    guard (lat == nil) != position.isEmpty else {
      throw ValidationError("Give one position: with letters, as MGRS or UTM, or by --lat and --lon.")
    }
    if let option = position.first(where: { $0.hasPrefix("--") }) {
      throw ValidationError("Unknown option '\(option)'.")
    }
  }

  /// On WGS 84; throws `CoordinateFault` or `ProjectionError` where that cannot be said.
  func read() throws -> Geographic {
    let input = PositionInput(crs: nil)
    let pair: PositionInput.Pair
    if let lat, let lon {
      pair = try input.read(latitude: lat, longitude: lon)
    } else {
      pair = try input.read(position.joined(separator: " "))
    }
    let crs = try ReferenceSystem(pair.crs)
    guard !crs.isGeographic else { return Geographic(pair.first, pair.second) }
    var georeference = Georeference(preset: nil, named: [], allowsMissingGrid: false)
    var conversion = try PairConversion.open(
      from: crs, to: ReferenceSystem("EPSG:4326"), at: [Projected(pair.first, pair.second)], &georeference)
    let (longitude, latitude) = try conversion.convert(pair.first, pair.second)
    return Geographic(longitude, latitude)
  }
}

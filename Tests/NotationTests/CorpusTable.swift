import Foundation
import Geometry
import Notation
import Testing

/// Positions as others collected them (`coords-dms` in the folder that RAZMIN_CORPUS names), with the decimals that
/// their collectors meant. Not a part of this repository.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["RAZMIN_CORPUS"] != nil))
struct CorpusTable {
  private struct Entry: Decodable {
    var verbatimCoordinates: String
    var decimalLatitude, decimalLongitude: Double
  }

  /// Refused are packed degrees, and points that may be decimal or not: `18.24S`, `27.15.45S`.
  @Test func `never another place than meant`() throws {
    let folder = try #require(ProcessInfo.processInfo.environment["RAZMIN_CORPUS"]) + "/coords-dms"
    var (read, refused): (Int, [String]) = (0, [])
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".json") {
      let data = try Data(contentsOf: URL(filePath: folder + "/" + name))
      for entry in try JSONDecoder().decode([Entry].self, from: data) {
        guard let position = try? parsePosition(entry.verbatimCoordinates) else {
          refused.append(entry.verbatimCoordinates)
          continue
        }
        read += 1
        let (latitude, longitude) =
          switch position {
          case .geographic(let place, _): (place.latitude, place.longitude)
          case .degreePair(let first, let second, _): (first, second)
          default: (Double.nan, Double.nan)
          }
        #expect(abs(latitude - entry.decimalLatitude) < 1e-5, "\(entry.verbatimCoordinates)")
        #expect(abs(longitude - entry.decimalLongitude) < 1e-5, "\(entry.verbatimCoordinates)")
      }
    }
    #expect(read > 40 && refused.count < 10, "\(refused)")
  }
}

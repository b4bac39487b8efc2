import Formats
import Survey

/// Everything that a file of features gave.
struct FeatureLog: Equatable {
  var features: [GeoFeature] = []
  var problems: [Problem] = []
  var refusal: FileUnreadable?
}

typealias FeatureReader = (inout ByteSource, (GeoFeature) -> Void, (Problem) -> Void) throws -> Void

/// A file of features says the same wherever its blocks are cut, and every position is one.
func readsTheSameFeatures(_ bytes: [UInt8], _ read: FeatureReader) {
  func all(_ blockSize: Int) -> FeatureLog {
    var input = ByteSource(bytes: bytes, blockSize: blockSize)
    var log = FeatureLog()
    var (features, problems): ([GeoFeature], [Problem]) = ([], [])
    do { try read(&input, { features.append($0) }, { problems.append($0) }) } catch {
      log.refusal = error as? FileUnreadable
    }
    (log.features, log.problems) = (features, problems)
    return log
  }
  let (whole, cut) = (all(ByteSource.standardBlockSize), all(blockSize(for: bytes)))
  if isDamagedXML(whole.problems) && isDamagedXML(cut.problems) {
    law(areBeginnings(whole.features, cut.features), "the features differ before the damage")
  } else {
    law(whole.features == cut.features, "the features differ")
    law(whole.problems == cut.problems, "\(whole.problems) and \(cut.problems)")
  }
  law(whole.refusal == cut.refusal, "\(String(describing: whole.refusal)) and \(String(describing: cut.refusal))")
  for feature in whole.features { if let geometry = feature.geometry { checkIsSound(geometry) } }
}

func checkIsSound(_ geometry: GeoGeometry) {
  switch geometry {
  case .point(let point): law(point.isOnEarth, "\(point)")
  case .multiPoint(let points), .line(let points): for point in points { law(point.isOnEarth, "\(point)") }
  case .multiLine(let lines): for point in lines.joined() { law(point.isOnEarth, "\(point)") }
  case .polygon, .multiPolygon:
    for polygon in geometry.polygons {
      for point in polygon.rings.flatMap(\.corners) { law(point.isOnEarth, "\(point)") }
    }
  case .collection(let members): for member in members { checkIsSound(member) }
  }
}

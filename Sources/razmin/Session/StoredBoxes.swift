import Formats
import Geometry
import LandRelease
import Store
import Survey

extension SurveySession {
  /// The clearance grid, where the survey gives one that can be drawn; what else there is to say `razmin boxes` says.
  func storedBoxes() throws -> [StoredBox] {
    guard let grid = survey.boxes else { return [] }
    let legend = unreadFinds.isEmpty ? grid.legend : nil
    var boxes: [StoredBox] = []
    do {
      _ = try LandRelease.boxes(survey, steps: steps, size: grid.box) { boxes.append($0.stored(legend)) }
    } catch let refused as GridRefused {
      Console.say("the store has no boxes: \(refused.message) [\(refused.code)]")
      return []
    }
    return boxes
  }
}

extension BoxMeasure {
  fileprivate func stored(_ legend: Legend?) -> StoredBox {
    let row = legend?.row(finds: finds, assuredPercent: assuredPercent)
    let drawn = polygons.compactMap { polygon in
      (try? Ring(polygon.outer.corners.map(\.position))).map { Polygon($0) }
    }
    return StoredBox(
      id: id, polygons: drawn, mgrs: content(grid: nil)["mgrs"]?.text, size: size, status: row?.status,
      colour: row?.colour, coveredPercent: coveredPercent, assuredPercent: assuredPercent, remaining: remaining,
      released: released, hazards: hazards.joined(separator: ","), finds: finds.map(\.id).joined(separator: ","),
      activities: activities.map(\.id).joined(separator: ","))
  }
}

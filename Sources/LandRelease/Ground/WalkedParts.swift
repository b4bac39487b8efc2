import Geometry
import Survey

/// Runs of one activity that may touch each other.
struct WalkedPart: Sendable {
  let activity: Int
  var runs: [Run]
  /// Degrees, grown by the radius.
  var box: Box<Geographic>
}

/// Sorts an activity's runs into parts whose swaths cannot touch, in the order of the input.
///
/// A part is the connected ground of one place of work. What two parts claim is disjoint, so their areas may be added.
func walkedParts(_ runs: [Run], activity: Int, radius: Double) -> [WalkedPart] {
  let boxes = runs.map { run in
    // A hundredth more than the radius: the box must hold the swath, however the metres are rounded.
    let scale = LocalScale(latitude: abs(run.box.minY) > abs(run.box.maxY) ? run.box.minY : run.box.maxY)
    let margin = radius * 1.01 + 0.01
    return run.box.grown(byX: margin / max(scale.metresPerLongitude, 1), y: margin / scale.metresPerLatitude)
  }
  var sets = DisjointSets(count: runs.count)
  joinOverlapping(boxes) { sets.join($0, $1) }
  var partOf: [Int: Int] = [:]
  var parts: [WalkedPart] = []
  for index in runs.indices {
    let root = sets.find(index)
    let part = partOf[root] ?? parts.count
    if part == parts.count {
      partOf[root] = part
      parts.append(WalkedPart(activity: activity, runs: [], box: Box()))
    }
    parts[part].runs.append(runs[index])
    parts[part].box.include(boxes[index])
  }
  return parts
}

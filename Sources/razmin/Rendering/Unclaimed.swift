import Formats
import Survey

/// What of a log no ground would be claimed from, and why.
struct Unclaimed {
  /// Stable: the name of the mark, or what it is.
  var reason: String
  var count: Int
  var words: String

  var record: JSONObject { ["reason": .string(reason), "count": .int(count), "words": .string(words)] }
}

extension Inspection {
  var claimed: Int { isDamaged ? 0 : steps }
  private var steps: Int { summary.counts.steps[.claims] + summary.counts.steps[.claimsUndated] }

  /// As `LogFile.checkCompression()` refuses it: nobody knows which of its digits are wrong.
  private var isDamaged: Bool { problems.contains { $0.code == "gzip.corrupt" } }

  /// With the rules given; an activity's dates and geometry may take away more.
  var unclaimed: [Unclaimed] {
    var found: [Unclaimed] = []
    func add(_ reason: String, _ count: Int, _ words: String) {
      if count > 0 { found.append(Unclaimed(reason: reason, count: count, words: words)) }
    }
    if isDamaged {
      add("gzip.corrupt", steps, "steps of a damaged gzip: which of its numbers are wrong is not known")
    }
    for mark in FixMark.allCases where mark != .used { add("\(mark)", summary.counts.fixes[mark], mark.words) }
    let steps = summary.counts.steps
    add("gapTime", steps[.gapTime], "gaps of time: nobody knows where the receiver was meanwhile")
    add("gapDistance", steps[.gapDistance], "gaps of distance: the way between is not known")
    add("tooFast", steps[.tooFast], "steps faster than any search")
    add("timeBackwards", steps[.timeBackwards], "steps back in time: which way was walked first is not known")
    add("waypoints", waypoints, "waypoints: places, and no way that was searched")
    let areas = ["Polygon", "MultiPolygon"].reduce(0) { $0 + shapes[$1, default: 0] }
    add("areas", areas, "areas: ground, and no log; survey.toml takes them as files")
    if let records {
      add("setAside", records.setAside, "records that could not be read, or have no position")
    }
    return found
  }

  /// For people.
  var claimLines: [[String]] {
    var rows: [[String]] = []
    let undated = summary.counts.steps[.claimsUndated]
    rows.append([
      "would claim",
      claimed == 0
        ? "nothing as lanes"
        : "\(claimed) steps as lanes"
          + (undated > 0 ? ", \(undated) of them checked by their length alone: no time" : ""),
    ])
    for (index, item) in unclaimed.enumerated() {
      rows.append([index == 0 ? "would not claim" : "", "\(item.count) \(item.words)"])
    }
    if summary.counts.sigmaAssumed > 0 {
      rows.append(["would doubt", "\(summary.counts.sigmaAssumed) fixes that do not say how accurate they are"])
    }
    return rows
  }
}

extension FixMark {
  fileprivate var words: String {
    switch self {
    case .used: "fixes"
    case .spike: "spikes: the receiver jumped away and back"
    case .duplicate: "fixes at the very time of the one before"
    case .notMeasured: "fixes that are not measured: no position, dead reckoning, typed in or simulated"
    case .lowQuality: "fixes below the quality asked for"
    case .notOnEarth: "fixes that are no longitude and latitude"
    case .outsideDates: "fixes on other days"
    case .planned: "points of routes: planned, and walked by nobody"
    }
  }
}

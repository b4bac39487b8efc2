internal import Survey

/// Collects findings while a folder is read.
final class Report {
  private(set) var findings: [Finding] = []
  private(set) var errors = 0
  /// Whether a piece of input was left out.
  private(set) var isIncomplete = false
  /// Where a recorded hazard, or a file of them, stands that could not be used; likewise for the others.
  var unreadHazards: [Place] = [], unreadFinds: [Place] = [], unreadSpotTasks: [Place] = []
  var unreadStrikes: [Place] = [], unreadActivities: [Place] = [], unreadClassChanges: [Place] = []

  func add(_ code: String, _ level: Finding.Level, at place: Place, _ message: String, advice: String) {
    findings.append(Finding(code, level, at: place, message, advice: advice))
    if level == .error { (errors, isIncomplete) = (errors + 1, true) }
  }

  func add(_ finding: Finding) {
    add(finding.code, finding.level, at: finding.place, finding.message, advice: finding.advice)
  }

  /// Places of the errors that `read` reports.
  func errors(in read: () -> Void) -> [Place] {
    let before = findings.count
    read()
    return findings[before...].filter { $0.level == .error }.map(\.place)
  }

  /// A piece of input that is left out, while the rest of its file is used.
  func leaveOut(_ code: String, _ level: Finding.Level, at place: Place, _ message: String, advice: String) {
    add(code, level, at: place, message, advice: advice)
    isIncomplete = true
  }
}

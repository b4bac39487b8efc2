import ArgumentParser
import Formats
import LandRelease
import Presets
import Projection
import Store
import Survey
import Topology

/// How a command ended, for its exit status.
enum Outcome: Int32, Comparable {
  case done = 0, unusedInput = 2, answerIsNo = 1, usage = 64, notFound = 66, refused = 65, ownFault = 70, noOutput = 74

  /// From least to most: where several apply, the last one of these is told.
  private static let order: [Outcome] = [
    .done, .unusedInput, .answerIsNo, .usage, .refused, .notFound, .ownFault, .noOutput,
  ]
  static func < (a: Self, b: Self) -> Bool {
    (order.firstIndex(of: a) ?? 0) < (order.firstIndex(of: b) ?? 0)
  }

  /// Ends the command with this status; nothing is thrown for 0.
  func exit() throws { if self != .done { throw ExitCode(rawValue) } }
}

/// Runs a command's work, says on standard error what stopped it, and ends with the status of the contract.
func ending(_ work: () async throws -> Outcome) async throws {
  let outcome: Outcome
  do { outcome = try await work() } catch let error as FileUnreadable {
    Console.say("\(place(error)): \(error.message) [\(error.code)]")
    outcome = error.kind == .notFound ? .notFound : .refused
  } catch let error as OutputFailed {
    Console.say("\(error)")
    outcome = .noOutput
  } catch let error as NumberFile.Failed {
    outcome = tell(error.description)
  } catch let error as StoreFailed {
    Console.say("\(error.path): \(error.reason.message) [\(error.reason.code)]")
    error.findings.forEach(Console.say)
    outcome = error.outcome
  } catch let error as SurveyRefused {
    error.findings.forEach(Console.say)
    outcome = error.isMissing ? .notFound : .refused
  } catch let error as ProjectionError {
    outcome = tell(error)
  } catch let error as GridRefused {
    Console.say("\(error.message) [\(error.code)]")
    outcome = error.code == "hazard.unknown" ? .notFound : .refused
  } catch let error as PresetError {
    Console.say("\(error.message) [\(error.code)]")
    outcome = .usage
  } catch let error as TopologyError {
    outcome = tell(error)
  } catch let error as LandReleaseError {
    switch error {
    case .projection(let error): outcome = tell(error)
    case .topology(let error): outcome = tell(error)
    case .storage(let why): outcome = tell(why)
    case .damaged(let why):
      Console.say(why)
      outcome = .refused
    case .arrangement(let why):
      Console.say("\(why); please report this with the survey that shows it")
      outcome = .ownFault
    }
  }
  try outcome.exit()
}

private func tell(_ storage: String) -> Outcome {
  Console.say("\(storage); make room, or set TMPDIR to a folder that has it")
  return .noOutput
}

private func tell(_ error: ProjectionError) -> Outcome {
  Console.say("\(error.operation): \(error.reason) [\(error.code)]")
  return .refused
}

private func tell(_ error: TopologyError) -> Outcome {
  Console.say("\(error.call) failed: \(error.reason); please report this with the survey that shows it")
  return .ownFault
}

/// How the reading of several files went: what could not be used never hides what could.
final class Reading {
  private var used = 0
  private var worst = Outcome.done
  private let hasSeveral: Bool
  /// The path of each log by its identity.
  private var seen: [String: String] = [:]

  /// `logs` are the paths that the user named.
  init(_ logs: [String]) { hasSeveral = logs.count > 1 }

  /// Hands each log at `path` to `work`, an archive's one by one; what cannot be read is told.
  ///
  /// A copy of a log that came before, whatever its name and however it is packed, is told, and skipped unless
  /// `keepsCopies`.
  func each(_ path: String, keepsCopies: Bool = false, _ work: (LogFile) throws -> Void) throws {
    do {
      try LogReader.eachLog(of: path) {
        refuse($0)
      } _: { file in
        guard hasSeveral || file.archiveSHA256 != nil else { return try work(file) }
        let identity: String
        do throws(FileUnreadable) { identity = try file.identity() } catch { return refuse(error) }
        guard let first = seen[identity] else {
          seen[identity] = file.path
          return try work(file)
        }
        Console.say(repeatedLog(file.path, of: first))
        if keepsCopies { try work(file) } else { used += 1 }
      }
    } catch let error as FileUnreadable { refuse(error) }
  }

  func use(problems: [Problem]) {
    used += 1
    if !problems.isEmpty { worst = max(worst, .unusedInput) }
  }

  /// Says why a file could not be read at all.
  func refuse(_ error: FileUnreadable) {
    Console.say("\(place(error)): \(error.message)\(candidates(error)) [\(error.code)]")
    worst = max(worst, error.kind == .notFound ? .notFound : .refused)
  }

  /// What `work` gives, or `nil`, and told, where the file is refused.
  func attempt<T>(_ work: () throws -> T) throws -> T? {
    do { return try work() } catch let error as FileUnreadable {
      refuse(error)
    } catch let error as ProjectionError {
      worst = max(worst, tell(error))
    }
    return nil
  }

  /// Where any file was used the work was done; where none was, the worst refusal is told.
  var outcome: Outcome { used > 0 ? min(worst, .unusedInput) : worst }
}

private func place(_ error: FileUnreadable) -> Place { Place(error.path, line: error.line) }

/// A survey that cannot be used at all.
struct SurveyRefused: Error {
  var findings: [Finding]
  var isMissing: Bool { findings.contains { $0.code == "file.not-found" } }
}

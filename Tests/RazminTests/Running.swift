import Foundation
import Glibc
import Testing

/// How a process ended, and what it wrote.
struct Run: Sendable {
  /// The exit status, or 128 and the signal that killed it.
  var status: Int32
  var output: Data
  var errors: String

  var text: String { String(decoding: output, as: UTF8.self) }
  /// Lines of standard error.
  var lines: [String] { errors.split(separator: "\n").map(String.init) }
}

/// The repository, from this file's own place.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().path

let samples = repository + "/sample-surveys"

/// The executable stands beside the bundle of the tests that are running.
let executable: String = {
  let here = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  return URL(filePath: here).deletingLastPathComponent().path + "/razmin"
}()

/// Runs razmin in a folder, the repository unless another is named.
func razmin(_ arguments: String..., in folder: String = repository) throws -> Run {
  try razmin(arguments: arguments, in: folder)
}

func razmin(arguments: [String], in folder: String = repository) throws -> Run {
  try run([executable] + arguments, in: folder)
}

/// Runs a line of shell in which `$RAZMIN` is the executable.
func shell(_ line: String, in folder: String = repository) throws -> Run {
  try run(["/bin/bash", "-c", "set -o pipefail; " + line], in: folder)
}

/// Output goes to files and not to pipes, so that no process waits for its reader.
private func run(_ command: [String], in folder: String) throws -> Run {
  let scratch = try Scratch()
  let (output, errors) = (scratch.path + "/output", scratch.path + "/errors")
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
  posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT, 0o600)
  let there = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder]
  var arguments = (there + command).map { strdup($0) } + [nil]
  var environment = ["PATH", "PROJ_DATA", "LLVM_PROFILE_FILE", "ASAN_OPTIONS", "LSAN_OPTIONS"].compactMap { name in
    ProcessInfo.processInfo.environment[name].map { strdup("\(name)=\($0)") }
  }
  environment += [strdup("COLUMNS=100"), strdup("RAZMIN=" + executable), nil]
  defer { for pointer in arguments + environment { free(pointer) } }
  var process = pid_t()
  let failure = posix_spawn(&process, there[0], &actions, nil, &arguments, &environment)
  guard failure == 0 else { throw CocoaError(.executableNotLoadable, userInfo: ["path": there[0]]) }
  var ended: Int32 = 0
  while waitpid(process, &ended, 0) < 0, errno == EINTR {}
  let signal = ended & 0x7F
  return Run(
    status: signal == 0 ? (ended >> 8) & 0xFF : 128 + signal,
    output: try Data(contentsOf: URL(filePath: output)),
    errors: String(decoding: try Data(contentsOf: URL(filePath: errors)), as: UTF8.self))
}

/// A folder of a test, gone with it.
final class Scratch: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/razmin-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A copy of a sample; its path.
  func copy(_ sample: String, as name: String? = nil) throws -> String {
    let target = path + "/" + (name ?? sample.split(separator: "/").last.map(String.init) ?? sample)
    try FileManager.default.copyItem(atPath: samples + "/" + sample, toPath: target)
    return target
  }

  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
    return path + "/" + name
  }
}

/// Replaces text in a file; a test that fits no longer fails here.
func change(_ path: String, _ old: String, _ new: String) throws {
  let text = try String(contentsOfFile: path, encoding: .utf8)
  try #require(text.contains(old), "\(path) does not hold \(old)")
  try text.replacingOccurrences(of: old, with: new).write(toFile: path, atomically: false, encoding: .utf8)
}

/// Every file under a folder with its bytes.
func contents(of folder: String) throws -> [String: Data] {
  var found: [String: Data] = [:]
  for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
    found[name] = FileManager.default.contents(atPath: folder + "/" + name)
  }
  return found
}

/// The features of a collection as they stand, one a line, without the account that follows them.
func features(_ run: Run) throws -> [String] {
  let end = try #require(run.text.range(of: "\n],\n\"razmin\":"), "no collection")
  return run.text[..<end.lowerBound].split(separator: "\n").dropFirst().map {
    $0.hasSuffix(",") ? String($0.dropLast()) : String($0)
  }
}

typealias JSON = [String: Any]

func json(_ data: Data) throws -> JSON { try #require(try JSONSerialization.jsonObject(with: data) as? JSON) }

/// Features of a collection, parsed.
func parsed(_ run: Run) throws -> [(properties: JSON, geometry: JSON?)] {
  try #require(try json(run.output)["features"] as? [JSON]).map {
    (try #require($0["properties"] as? JSON), $0["geometry"] as? JSON)
  }
}

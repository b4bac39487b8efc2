import Foundation
import Geometry
import Glibc
import Testing

@testable import Presets

/// The repository, from this file's own place.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().path

let dataFile = repository + "/Sources/Presets/presets.geojson"

/// Runs one of the Python programs of `Tests/Tools` over the data file; its lines, and its exit status.
///
/// Input and output are files, so that neither side waits for the other.
func python(_ program: String, _ mode: String, input: [String] = []) throws -> (lines: [String], status: Int32) {
  let folder = FileManager.default.temporaryDirectory.path + "/presets-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let (text, output) = (folder + "/input", folder + "/output")
  try Data(input.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: text))
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, text, O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
  let interpreter = repository + "/.venv/bin/python"
  let words = [interpreter, repository + "/Tests/Tools/" + program, mode, dataFile]
  var command: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
  defer { for pointer in command { free(pointer) } }
  var process = pid_t()
  let failure = posix_spawn(&process, interpreter, &actions, nil, &command, environ)
  try #require(failure == 0, "there is no \(interpreter): run make oracle once")
  var ended: Int32 = 0
  while waitpid(process, &ended, 0) < 0, errno == EINTR {}
  let answer = String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self)
  let signal = ended & 0x7F
  return (answer.split(separator: "\n").map(String.init), signal == 0 ? (ended >> 8) & 0xFF : 128 + signal)
}

/// Numbers that are the same in every run (S. Vigna's splitmix64).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

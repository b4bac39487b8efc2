import Foundation
import Glibc
import Testing

/// What a program wrote on standard output, and how it ended.
struct ProgramRun {
  let status: Int32
  let text: String
}

/// Runs a program of PROJ or GeographicLib over lines of input. A missing one fails the test.
///
/// Input and output are files, so that neither side waits for the other.
func run(_ program: String, _ arguments: [String], input lines: [String] = []) throws -> ProgramRun {
  let folder = FileManager.default.temporaryDirectory.path + "/projection-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let (input, output) = (folder + "/input", folder + "/output")
  try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: input))
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
  var command = ([program] + arguments).map { strdup($0) } + [nil]
  defer { for pointer in command { free(pointer) } }
  var process = pid_t()
  let failure = posix_spawnp(&process, program, &actions, nil, &command, environ)
  try #require(failure == 0, "\(program) (Debian: proj-bin, geographiclib-tools) is not installed")
  var ended: Int32 = 0
  while waitpid(process, &ended, 0) < 0, errno == EINTR {}
  let signal = ended & 0x7F
  return ProgramRun(
    status: signal == 0 ? (ended >> 8) & 0xFF : 128 + signal,
    text: String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self))
}

/// Runs a program that answers each pair with a line that begins with a pair; numbers of the answers, a line each.
func answers(_ program: String, _ arguments: [String], to pairs: [(Double, Double)]) throws -> [[Double]] {
  let run = try run(program, arguments, input: pairs.map { "\($0.0) \($0.1)" })
  try #require(run.status == 0, "\(program) \(arguments)")
  let lines = run.text.split(separator: "\n").map { line in
    line.split { $0 == " " || $0 == "\t" }.compactMap { Double($0) }
  }
  try #require(lines.count == pairs.count, "\(program) \(arguments): \(run.text.prefix(300))")
  return lines
}

/// A source of random numbers that gives the same ones on every run (Steele, Lea and Flood 2014).
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

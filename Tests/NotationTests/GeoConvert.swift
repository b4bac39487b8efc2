import Foundation
import Glibc
import Testing

/// Runs GeographicLib's GeoConvert once over many lines; as many come back. A refused line begins with `ERROR`.
///
/// Input and output are files, so that neither side waits for the other.
func geoConvert(_ arguments: String..., lines: [String]) throws -> [String] {
  let folder = FileManager.default.temporaryDirectory.path + "/notation-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let (input, output) = (folder + "/input", folder + "/output")
  try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: input))
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
  var command = (["GeoConvert"] + arguments).map { strdup($0) } + [nil]
  defer { for pointer in command { free(pointer) } }
  var process = pid_t()
  let failure = posix_spawnp(&process, "GeoConvert", &actions, nil, &command, environ)
  try #require(failure == 0, "GeoConvert of geographiclib-tools is not installed")
  var ended: Int32 = 0
  while waitpid(process, &ended, 0) < 0, errno == EINTR {}
  let text = String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self)
  let answers = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  try #require(answers.count == lines.count)
  return answers
}

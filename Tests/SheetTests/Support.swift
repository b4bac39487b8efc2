import Formats
import Glibc
import Survey
import Testing

/// A sheet from bytes in memory.
func sheet(_ bytes: [UInt8], _ options: SheetOptions = SheetOptions()) throws(FileUnreadable) -> PointSheet {
  try PointSheetReader.read(ByteSource(bytes: bytes, path: "test"), options: options)
}

func sheet(_ text: String, _ options: SheetOptions = SheetOptions()) throws(FileUnreadable) -> PointSheet {
  try sheet(Array(text.utf8), options)
}

/// The code that a sheet is refused with; `nil` where it is read.
func refusal(_ text: String, _ options: SheetOptions = SheetOptions()) -> String? {
  refusal(Array(text.utf8), options)
}

func refusal(_ bytes: [UInt8], _ options: SheetOptions = SheetOptions()) -> String? {
  do throws(FileUnreadable) {
    _ = try sheet(bytes, options)
    return nil
  } catch {
    #expect(error.kind == .refused && !error.message.isEmpty, "\(error)")
    return error.code
  }
}

func options(_ change: (inout SheetOptions) -> Void) -> SheetOptions {
  var options = SheetOptions()
  change(&options)
  return options
}

extension PointSheet {
  var codes: [String] { problems.map(\.code) }
  /// First and second coordinate on a grid, where they are numbers.
  var places: [[Double?]] { points.map { [$0.grid?.first.number, $0.grid?.second.number] } }
  var ids: [String] { points.map(\.id) }
}

/// Text in each encoding that a sheet may have; `nil` where a character is not in it.
func encoded(_ text: String, _ encoding: SheetEncoding, mark: Bool) -> [UInt8]? {
  switch encoding {
  case .utf8: return (mark ? [0xef, 0xbb, 0xbf] : []) + Array(text.utf8)
  case .utf16LittleEndian:
    return (mark ? [0xff, 0xfe] : []) + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
  case .utf16BigEndian:
    return (mark ? [0xfe, 0xff] : []) + text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
  case .windows1250: return eightBit(text, latin)
  case .windows1251: return eightBit(text, cyrillic)
  }
}

private func eightBit(_ text: String, _ table: [Character: UInt8]) -> [UInt8]? {
  var bytes: [UInt8] = []
  for character in text {
    if let byte = table[character] {
      bytes.append(byte)
    } else if character == "\r\n" {
      bytes += [0x0d, 0x0a]
    } else if let ascii = character.asciiValue {
      bytes.append(ascii)
    } else {
      return nil
    }
  }
  return bytes
}

// From https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/.
private let latin: [Character: UInt8] = [
  "š": 0x9a, "Š": 0x8a, "ž": 0x9e, "Ž": 0x8e, "č": 0xe8, "Č": 0xc8, "ć": 0xe6, "Ć": 0xc6, "đ": 0xf0, "Đ": 0xd0,
  "°": 0xb0,
]
private let cyrillic: [Character: UInt8] = {
  var table: [Character: UInt8] = [
    "ђ": 0x90, "Ђ": 0x80, "ј": 0xbc, "Ј": 0xa3, "љ": 0x9a, "њ": 0x9c, "ћ": 0x9e, "џ": 0x9f,
  ]
  for (index, letter) in "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя".enumerated() {
    table[letter] = UInt8(0xc0 + index)
  }
  table["°"] = 0xb0
  return table
}()

/// A folder of a test, gone with it.
final class Scratch {
  let path: String

  init() throws {
    var template = Array("/tmp/sheet-tests-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = template.withUnsafeBufferPointer { String(decoding: $0.dropLast().map(UInt8.init), as: UTF8.self) }
  }

  deinit {
    for name in names { unlink(path + "/" + name) }
    rmdir(path)
  }

  var names: [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}

/// Runs `Tests/Oracle/sheets.py` and returns what it printed; fails the test where it, or openpyxl, is missing.
func oracle(_ arguments: String..., in scratch: Scratch) throws -> String {
  let repository = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
  let output = scratch.path + "/output"
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  let command = [repository + "/.venv/bin/python", "-B", repository + "/Tests/Oracle/sheets.py"] + arguments
  var argv = command.map { strdup($0) } + [nil]
  var environment = [strdup("PYTHONIOENCODING=utf-8"), nil]
  defer { for pointer in argv + environment { free(pointer) } }
  var process = pid_t()
  try #require(posix_spawn(&process, command[0], &actions, nil, &argv, &environment) == 0, "\(command[0]) cannot run")
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0, errno == EINTR {}
  try #require(status == 0, "\(command) failed")
  return String(decoding: try bytes(of: output), as: UTF8.self)
}

func bytes(of path: String) throws -> [UInt8] {
  var input = try ByteSource(path: path)
  var bytes: [UInt8] = []
  while let block = try input.next() { bytes += block }
  return bytes
}

func write(_ bytes: [UInt8], to path: String) throws {
  var output = try Output.open(path)
  try output.write(bytes)
  try output.finish()
}

/// A small generator with a seed, so that a failure can be repeated (S. Vigna's SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

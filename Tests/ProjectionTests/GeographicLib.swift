import Glibc
import Testing

/// GeographicLib's programs (C. F. F. Karney), asked for what nobody here has computed, and what they are asked with.
enum GeographicLib {
  /// Random numbers that are the same in every run (S. Vigna's SplitMix64).
  struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }

  /// A number to a billionth, as text that the programs read (they take an exponent's letter for "east"), and its value.
  struct Written {
    let text: String
    let value: Double

    init(_ number: Double) throws {
      let digits = Int64((abs(number) * 1e9).rounded())
      let fraction = String(digits % 1_000_000_000)
      text =
        "\(number < 0 ? "-" : "")\(digits / 1_000_000_000)."
        + String(repeating: "0", count: 9 - fraction.count) + fraction
      value = try #require(Double(text))
    }
  }

  /// The numbers of every line that a program makes of some input. Fails where the program is missing.
  static func run(_ command: String, _ input: String) throws -> [[Double]] {
    var template = Array("/tmp/razmin-oracle-XXXXXX".utf8CString)
    let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer { for name in ["/in", "/out", ""] { remove(folder + name) } }
    let file = try #require(fopen(folder + "/in", "w"))
    fputs(input, file)
    fclose(file)
    let status = try shell("cd \(folder) && \(command) < in > out")
    try #require(status == 0, "\(command) failed; is GeographicLib installed (apt: geographiclib-tools)?")
    let output = try #require(fopen(folder + "/out", "r"))
    defer { fclose(output) }
    var rows: [[Double]] = []
    var (line, capacity) = (UnsafeMutablePointer<CChar>?.none, 0)
    defer { free(line) }
    while getline(&line, &capacity, output) >= 0, let line {
      let fields = String(cString: line).split(whereSeparator: \.isWhitespace)
      rows.append(try fields.map { try #require(Double($0), "\($0)") })
    }
    return rows
  }

  private static func shell(_ line: String) throws -> Int32 {
    let words: [String] = ["/bin/sh", "-c", line]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=/usr/local/bin:/usr/bin:/bin"), nil]
    defer { for pointer in arguments + environment { free(pointer) } }
    var process = pid_t()
    let failure = posix_spawn(&process, "/bin/sh", nil, nil, &arguments, &environment)
    try #require(failure == 0)
    var ended: Int32 = 0
    while waitpid(process, &ended, 0) < 0, errno == EINTR {}
    return ended
  }
}

import Formats
import Glibc
import Testing

@Suite struct OutputTests {
  /// A new directory, removed afterwards.
  private func inDirectory(_ body: (String) throws -> Void) throws {
    let path = "/tmp/output-tests-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try #require(mkdir(path, 0o755) == 0)
    defer {
      for name in names(path) { unlink(path + "/" + name) }
      rmdir(path)
    }
    try body(path)
  }

  private func names(_ path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private func text(_ path: String) throws -> String {
    var input = try ByteSource(path: path)
    var bytes: [UInt8] = []
    while let block = try input.next() { bytes += block }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `a file appears only when it is complete`() throws {
    try inDirectory { directory in
      let path = directory + "/a.geojson"
      var output = try Output.open(path)
      try output.write(Array("half".utf8))
      #expect(!names(directory).contains("a.geojson") && names(directory).count == 1)
      try output.write(Array(" and whole".utf8))
      try output.finish()
      #expect(names(directory) == ["a.geojson"])
      #expect(try text(path) == "half and whole")
    }
  }

  @Test func `what is dropped leaves the former file as it was`() throws {
    try inDirectory { directory in
      let path = directory + "/a.geojson"
      var first = try Output.open(path)
      try first.write(Array("first".utf8))
      try first.finish()
      do {
        var second = try Output.open(path)
        try second.write(Array("second".utf8))
      }
      #expect(names(directory) == ["a.geojson"])
      #expect(try text(path) == "first")
    }
  }

  @Test func `a symbolic link stays one, and its file is replaced`() throws {
    try inDirectory { directory in
      let (path, link) = (directory + "/real", directory + "/link")
      try Output.open(path).finish()
      try #require(symlink(path, link) == 0)
      var output = try Output.open(link)
      try output.write(Array("new".utf8))
      try output.finish()
      #expect(try text(path) == "new")
      var target = [CChar](repeating: 0, count: 200)
      #expect(readlink(link, &target, 199) == path.utf8.count)
    }
  }

  @Test func `failures name the file`() throws {
    #expect(throws: OutputFailed("/nowhere/a.geojson", "No such file or directory")) {
      try Output.open("/nowhere/a.geojson").finish()
    }
    #expect(throws: OutputFailed("/tmp", "Is a directory")) { try Output.open("/tmp").finish() }
    #expect(throws: OutputFailed("/dev/full", "No space left on device")) {
      var output = try Output.open("/dev/full")
      try output.write([1])
      try output.finish()
    }
  }

  @Test func `a reader who leaves is a failure, not the end of the process`() throws {
    try inDirectory { directory in
      let path = directory + "/pipe"
      try #require(mkfifo(path, 0o600) == 0)
      let reader = open(path, O_RDONLY | O_NONBLOCK)
      var output = try Output.open(path)
      close(reader)
      do {
        try output.write([1])
        Issue.record("written to nobody")
      } catch let error as OutputFailed { #expect(error == OutputFailed(path, "Broken pipe")) }
    }
  }
}

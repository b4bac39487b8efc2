import CZlib
import Formats
import Glibc
import Survey
import Testing

@Suite struct ByteSourceTests {
  @Test(arguments: [1, 2, 7, 65_536, ByteSource.standardBlockSize])
  func `a file and its gzip twin give the same bytes in blocks of any size`(blockSize: Int) throws {
    let plain = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* $0 / 7) }
    let members = gzip(Array(plain[..<60_000])) + gzip(Array(plain[60_000...]))
    for bytes in [plain, gzip(plain), members, members + [0, 0, 0]] {
      var input = ByteSource(bytes: bytes, blockSize: blockSize)
      var read: [UInt8] = []
      #expect(try input.head(1000) == Array(plain[..<1000]))
      while let block = try input.next() {
        #expect(!block.isEmpty && block.count <= max(2, blockSize))
        read += block
      }
      #expect(read == plain)
      #expect(input.problem == nil)
    }
  }

  @Test func `the digest is of the whole file as it lies on disk, even if the reader stopped early`() throws {
    // `printf abc | sha256sum`, and FIPS 180-2's example of two blocks.
    let cases: [(String, String)] = [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ]
    for (text, sha256) in cases {
      for read in 0...2 {
        var input = ByteSource(bytes: Array(text.utf8), blockSize: 3)
        for _ in 0..<read { _ = try input.next() }
        let (bytes, digest) = try input.finish()
        #expect(bytes == text.utf8.count)
        #expect(digest == sha256)
      }
    }
  }

  @Test func `a damaged gzip is used as far as it goes, and reported`() throws {
    let plain = [UInt8](repeating: 65, count: 5000) + (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 77) }
    let whole = gzip(plain)
    var flipped = whole
    flipped[whole.count - 6] ^= 0x40  // in the checksum
    let cases: [([UInt8], String, Int?)] = [
      (Array(whole[..<(whole.count / 2)]), "gzip.truncated", nil),
      (Array(whole[..<(whole.count - 1)]), "gzip.truncated", plain.count),
      (Array(whole[..<2]), "gzip.truncated", 0),
      (whole + [0x1f], "gzip.truncated", plain.count),
      (whole + Array("trailing".utf8), "gzip.trailing", plain.count),
      (flipped, "gzip.corrupt", plain.count),
      ([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "gzip.corrupt", 0),
    ]
    for (bytes, code, count) in cases {
      for blockSize in [1, 100, 1 << 20] {
        var input = ByteSource(bytes: bytes, blockSize: blockSize)
        var read: [UInt8] = []
        while let block = try input.next() { read += block }
        #expect(input.problem?.code == code)
        #expect(plain.starts(with: read))
        if let count { #expect(read.count == count) }
      }
    }
  }

  @Test func `what is no regular file is refused, and does not hang`() throws {
    let pipe = "/tmp/razmin-test-pipe-\(getpid())"
    try #require(unsafe mkfifo(pipe, 0o600) == 0)
    defer { unlink(pipe) }
    let cases: [(String, FileUnreadable.Kind, String)] = [
      ("/nowhere/at/all", .notFound, "file.not-found"),
      ("/etc/passwd/child", .notFound, "file.not-found"),
      ("", .notFound, "file.not-found"),
      ("/etc/passwd\0.gpx", .notFound, "file.not-found"),
      ("/", .refused, "file.not-regular"),
      ("/dev/zero", .refused, "file.not-regular"),
      (pipe, .refused, "file.not-regular"),
    ]
    for (path, kind, code) in cases {
      do throws(FileUnreadable) {
        let input = try ByteSource(path: path)
        Issue.record("opened \(input.path)")
      } catch {
        #expect(error.kind == kind)
        #expect(error.code == code)
        #expect(error.path == path)
      }
    }
  }
}

/// A gzip of one member, by zlib itself.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  var bytes = bytes
  let size = Int32(MemoryLayout<z_stream>.size)
  precondition(deflateInit2_(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK)
  defer { deflateEnd(&stream) }
  return bytes.withUnsafeMutableBufferPointer { input in
    stream.next_in = input.baseAddress
    stream.avail_in = UInt32(input.count)
    return [UInt8](unsafeUninitializedCapacity: Int(deflateBound(&stream, UInt(input.count)))) { output, filled in
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(output.count)
      precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
      filled = output.count - Int(stream.avail_out)
    }
  }
}

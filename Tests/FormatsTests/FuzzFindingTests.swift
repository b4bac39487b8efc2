import Formats
import Survey
import Testing

/// What `make fuzz` found, in as few bytes as show it.
@Suite struct FuzzFindingTests {
  private struct Reading: Equatable {
    var log = FieldLog()
    var refusal: FileUnreadable?
  }

  /// As `LogReader.read` does it, in blocks of any size.
  private func reading(_ bytes: [UInt8], blockSize: Int) -> Reading {
    var input = ByteSource(bytes: bytes, path: "test", blockSize: blockSize)
    var reading = Reading()
    do throws(FileUnreadable) {
      _ = try LogReader.format(of: &input).read(&input, options: ReadOptions(), into: &reading.log)
    } catch { reading.refusal = error }
    return reading
  }

  /// Files that were read in one way whole, and in another where a pipe handed them out in pieces.
  private static let cut: [(name: String, bytes: [UInt8])] = [
    // The first letter beyond ASCII alone could be in several encodings; the words behind it tell.
    (
      "a sheet in windows-1250",
      Array("lat,lon,track\n43.3,21.9,Ko".utf8) + [0x9a, 0x61, 0x72] + Array(",\n43.4,21.9,".utf8)
        + [0xe8, 0x61, 0xe8, 0x61, 0x6b, 0x0a]
    ),
    (
      "a sheet in no encoding",
      Array("lat,lon,track\n43.3,21.9,met".utf8) + [0xa5, 0xd2, 0x96, 0x91] + Array("st\n".utf8)
    ),
    ("a letter of UTF-8 that is cut", Array("lat,lon,track\n43.3,21.9,".utf8) + [0xc4]),
    (
      "XML in windows-1251",
      Array(
        "<?xml version='1.0' encoding='windows-1251'?><gpx version='1.1'><trk><name>".utf8) + [0xcd, 0xe8, 0xf8]
        + Array("</name><trkseg><trkpt lat='43' lon='21'/></trkseg></trk></gpx>".utf8)
    ),
    // The second mark is a character like any other.
    (
      "UTF-16 with a mark in it",
      "\u{feff}lat,lon,track\n43.3,21.9,a\u{feff}b\n".utf16.flatMap {
        [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
      }
    ),
    ("a gzip whose header is damaged", [0x1f, 0x8b, 8, 0xff, 0, 0, 0, 0, 0, 3, 1, 2, 3]),
  ]

  @Test(arguments: cut.indices)
  func `a file says the same wherever its blocks are cut`(index: Int) {
    let (name, bytes) = Self.cut[index]
    let whole = reading(bytes, blockSize: ByteSource.standardBlockSize)
    for blockSize in [1, 2, 3, 5, 7, 13, 21, 34, 55] {
      #expect(reading(bytes, blockSize: blockSize) == whole, "\(name), \(blockSize)")
    }
  }

  @Test func `the encodings of these files are found`() {
    let names = Self.cut.map { reading($0.bytes, blockSize: 1).log.tracks.compactMap(\.header.name) }
    #expect(names[0] == ["Košar", "čačak"])
    #expect(names[3] == ["Ниш"])
    #expect(names[4] == ["a\u{feff}b"])
  }

  /// A cut file once lost up to 258 bytes: zlib held them back where its room was just full when the input ended.
  @Test func `what a gzip that breaks off holds is handed out to its last byte`() throws {
    let plain = [UInt8](repeating: 65, count: 4000) + Array("0123456789".utf8)
    let whole = gzip(plain)
    for end in 18..<whole.count {
      var counts: Set<Int> = []
      for blockSize in [1, 2, 3, 5, 7, 64, 1024, 1 << 20] {
        var input = ByteSource(bytes: Array(whole[..<end]), blockSize: blockSize)
        var count = 0
        while let block = try input.next() { count += block.count }
        counts.insert(count)
      }
      #expect(counts.count == 1, "\(end) of \(whole.count) bytes give \(counts)")
    }
  }

  /// Which of the columns was looked at hung on the order of a dictionary, which is another in every run.
  @Test func `a second header is found in any column of coordinates, every time`() {
    for second in ["y,z", "z,y"] {
      let text = "id,x,y\n1,7573696.217,4798205.043\n2,\(second)\n"
      for _ in 0..<32 {
        do throws(FileUnreadable) {
          _ = try PointSheetReader.read(ByteSource(bytes: Array(text.utf8)))
          Issue.record("read a second table under the first")
        } catch { #expect(error.code == "sheet.columns" && error.line == 3) }
      }
    }
  }

  /// expat keeps all of a tag, and looks at all of it again with each block.
  @Test func `a tag without an end is not waited for`() throws {
    let start = Array("<gpx version='1.1'><trk><trkseg><trkpt lat='43' lon='21'/><trkpt lat='".utf8)
    let log = try read(GPX.self, start + [UInt8](repeating: 0x31, count: 10 << 20))
    #expect(log.codes == ["gpx.xml"] && log.fixes.count == 1)
    #expect(log.problems[0].message.contains("8 MiB"))
  }

  @Test(arguments: [1, 3, 64, 1 << 20])
  func `zeros between two members of a gzip say nothing, wherever blocks end`(blockSize: Int) throws {
    let whole = gzip(Array("lat,lon\n".utf8)) + [0, 0, 0, 0, 0] + gzip(Array("43,21\n".utf8)) + [0, 0]
    for (tail, code) in [([], nil), ([0x1f], "gzip.truncated"), ([0x41], "gzip.trailing")] as [([UInt8], String?)] {
      var input = ByteSource(bytes: whole + tail, blockSize: blockSize)
      var read: [UInt8] = []
      while let block = try input.next() { read += block }
      #expect(read == Array("lat,lon\n43,21\n".utf8))
      #expect(input.problem?.code == code)
    }
  }
}

import Formats
import Foundation
import Survey
import Testing

/// Points that are read beside expat are what expat would have made of them: in blocks of five bytes no `<trkpt` is whole,
/// so that all of a file goes through expat.
@Suite struct PlainPointTests {
  private func reading(_ bytes: [UInt8], blockSize: Int) -> Result<FieldLog, FileUnreadable> {
    Result { () throws(FileUnreadable) in try read(GPX.self, bytes, blockSize: blockSize) }
  }

  private func expectSame(_ bytes: [UInt8]) {
    let expected = reading(bytes, blockSize: 5)
    for blockSize in [1 << 20, 97] where reading(bytes, blockSize: blockSize) != expected {
      Issue.record("blocks of \(blockSize) bytes: \(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test func `every sample reads the same with and without expat`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "sample-surveys")
    let paths = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    var samples = 0
    while let path = paths?.nextObject() as? URL {
      guard path.pathExtension == "gpx" else { continue }
      expectSame(Array(try Data(contentsOf: path)))
      samples += 1
    }
    #expect(samples >= 8)
  }

  @Test func `generated files read the same, also when they are damaged`() {
    var random = Seeded(state: 7)
    var (sound, fixes) = (0, 0)
    for _ in 0..<400 {
      var bytes = file(&random)
      for _ in 0..<Int.random(in: 0...2, using: &random) { damage(&bytes, &random) }
      expectSame(bytes)
      guard case .success(let log) = reading(bytes, blockSize: 1 << 20) else { continue }
      fixes += log.fixes.count
      if !log.codes.contains("gpx.xml") { sound += 1 }
    }
    // A law over files that nobody can read would hold of anything.
    #expect(sound > 100 && fixes > 600, "\(sound) files, \(fixes) fixes")
  }

  @Test(arguments: [
    // Between two pieces of one token there is no place for a point.
    "<trkseg><![CDATA[<trkpt lat='1' lon='2'/>]]></trkseg>", "<trkseg><!--<trkpt lat='1' lon='2'/>--></trkseg>",
    "<trkseg>]]<trkpt lat='1' lon='2'/>></trkseg>", "<trkseg><?x <trkpt lat='1' lon='2'/>?></trkseg>",
    "<trkseg><x a='<trkpt lat='1' lon='2'/>'/></trkseg>", "<trkseg>\r<trkpt lat='1' lon='2'/>\n<trkpt/></trkseg>",
    // Nor anywhere but in a segment.
    "<trkpt lat='1' lon='2'/>", "<trkseg><x><trkpt lat='1' lon='2'/></x></trkseg>",
    "<trkseg><trkpt lat='1' lon='2'><trkpt lat='3' lon='4'/></trkpt></trkseg>",
    // What looks plain, and is not.
    "<trkseg><trkpt lat='1' lon='2' lat='1'/></trkseg>", "<trkseg><trkpt lat='1'lon='2'/></trkseg>",
    "<trkseg><trkpt lat='1\" lon='2'/></trkseg>", "<trkseg><trkpt lat='1' lon='2'><ele>1</eli></trkpt></trkseg>",
    "<trkseg><trkpt lat='1' lon='2'><a><b></a></b></trkpt></trkseg>",
    "<trkseg><trkpt lat='1' lon='2'><a>]]></a></trkpt></trkseg>",
    "<trkseg><trkpt lat='1' lon='2'><time>2026-05-03\u{0}10:20:30Z</time></trkpt></trkseg>",
    "<trkseg><trkpt lat='1' lon='2'><ele>1</ele ><ele>2</ele></trkpt></trkseg>",
    "<trkseg><trkpt lat='1' lon='2'><a:1/></trkpt><trkpt lat='1' lon='2'><1a></1a></trkpt></trkseg>",
    "<trkseg><trkpt lat='1' lon='2'><name>é &amp; è</name></trkpt>\r\n\r\n<trkpt lat='91' lon='2'/></trkseg>",
    "<trkseg><trkpt lat='0' lon='0'/></trkseg>", "<trkseg><trkpt lat='1' lon='2'>text<ele>1</ele></trkpt></trkseg>",
  ])
  func `what is not plain is expat's`(body: String) {
    for tail in ["</trk></gpx>\n", "</trk>", ""] {
      expectSame(Array("<gpx version='1.1'>\n<trk>\(body)\(tail)".utf8))
    }
  }

  /// A track of points as devices write them, now and then with something odd.
  private func file(_ random: inout Seeded) -> [UInt8] {
    let newline = ["\n", "\r\n", ""].randomElement(using: &random) ?? ""
    var text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\(newline)<gpx version=\"1.1\"><trk><name>lane</name>\(newline)"
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      text += "<trkseg>\(newline)"
      for _ in 0..<Int.random(in: 0...6, using: &random) { text += point(&random) + newline }
      text += "</trkseg>\(newline)"
    }
    return Array((text + "</trk></gpx>\n").utf8)
  }

  private func point(_ random: inout Seeded) -> String {
    let latitude = Double.random(in: -95...95, using: &random)
    let longitude = Double.random(in: -180...180, using: &random)
    var text = "<trkpt lat=\"\(latitude)\" lon=\"\(longitude)\">"
    if Bool.random(using: &random) { text = "<trkpt lon='\(longitude)' lat='\(latitude)'>" }
    let children = [
      "<ele>203.25</ele>", "<ele>-1e2</ele>", "<ele> 3 </ele>", "<time>2026-05-03T10:11:12Z</time>",
      "<time>2026-05-03T10:11:12.345+02:00</time>", "<fix>dgps</fix>", "<fix>rtk-fixed</fix>", "<fix>4d</fix>",
      "<sat>12</sat>", "<hdop>0.7</hdop>", "<speed>1.5</speed>", "<name>a b\n c</name>", "\n  ", "\t", "<ele/>",
      "<extensions>\n<a:b><a:c>1</a:c></a:b></extensions>", "<x y='1'/>", "<cmt>é</cmt>", "<ele>high</ele>",
    ]
    for _ in 0..<Int.random(in: 0...5, using: &random) { text += children.randomElement(using: &random) ?? "" }
    return text + "</trkpt>"
  }

  /// Puts a piece of XML, or of nothing, in the place of some bytes.
  private func damage(_ bytes: inout [UInt8], _ random: inout Seeded) {
    let pieces = [
      "", "<", ">", "&", "&lt;", "&#65;", "]]>", "]]", "<![CDATA[", "<!--", "-->", "\r", "\r\n", "\"", "'", "/", "é",
      "\u{0}", "\u{1}", "<x>", "</trkpt>", "</trkseg>", "<trkpt lat='1' lon='2'/>", "<trkpt ", "<?pi?>", " ",
      "<!DOCTYPE gpx>", "9",
    ]
    let start = Int.random(in: 0..<bytes.count, using: &random)
    let end = min(bytes.count, start + Int.random(in: 0...3, using: &random))
    bytes.replaceSubrange(start..<end, with: Array((pieces.randomElement(using: &random) ?? "").utf8))
  }
}

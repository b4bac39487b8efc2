import Survey

/// A file of a shapefile that was named in place of its `.shp`: only to be told apart when it is refused.
enum ShapefilePart {
  /// What a file is, by its first bytes; `nil` where it is nothing of a shapefile.
  static func refusal(_ head: [UInt8], path: String) -> FileUnreadable? {
    let ending = Siblings.ending(path)
    let what: String
    if isIndex(head) {
      what = "the index of a shapefile (.shx)"
    } else if DBFHeader(head) != nil, ending == "dbf" || DBFHeader.isTelling(head) {
      what = "the table of a shapefile (.dbf)"
    } else if isWKT(head) {
      what = "the description of a CRS (.prj)"
    } else if ["cpg", "sbn", "sbx", "shx", "dbf", "prj"].contains(ending) {
      what = "a file that belongs to a shapefile (.\(ending))"
    } else {
      return nil
    }
    return FileUnreadable(
      path, .refused, code: "shp.part",
      "is \(what), and no shape is in it: name its .shp, and leave the others beside it")
  }

  /// Whether it begins as a `.shx`, which has the header of a `.shp`: its first entry says that the first record lies 50
  /// words from the start, and its second where that one ends.
  static func isIndex(_ head: [UInt8]) -> Bool {
    let bytes = head.span
    guard bytes.count >= 108, bytes.bigEndian32(0) == 9994, bytes.bigEndian32(100) == 50 else { return false }
    return bytes.count < 112 || bytes.bigEndian32(108) == 50 + 4 + bytes.bigEndian32(104)
  }

  private static func isWKT(_ head: [UInt8]) -> Bool {
    let text = String(decoding: head.prefix(64), as: UTF8.self)
    return ["PROJCS[", "GEOGCS[", "PROJCRS[", "GEOGCRS[", "COMPD_CS[", "LOCAL_CS["].contains {
      text.drop { $0.isWhitespace || $0 == "\u{feff}" }.hasPrefix($0)
    }
  }
}

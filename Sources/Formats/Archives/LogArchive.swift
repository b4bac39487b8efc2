import Survey

/// An archive that logs come home in: zip, tar, tar.gz, or KMZ, which is a zip around a KML.
struct LogArchive {
  let path: String
  let sha256: String

  private static let zips: [[UInt8]] = [[0x50, 0x4b, 0x03, 0x04], [0x50, 0x4b, 0x05, 0x06]]

  /// By the first bytes, after decompression.
  static func recognizes(_ head: [UInt8]) -> Bool {
    if zips.contains(where: { head.starts(with: $0) }) { return true }
    // The magic of POSIX's `ustar` and of GNU's tar.
    return head.count >= 262 && head[257..<262].elementsEqual("ustar".utf8)
  }

  /// Hands each log to `body`, and what cannot be used to `refused`. Of a KMZ that is one KML; an archive inside is not
  /// opened.
  func each(refused: (FileUnreadable) -> Void, _ body: (LogFile) throws -> Void) throws {
    let names = try names()
    let main = try mainKML(names)
    var shapefiles = ShapefileGroups(names: names)
    var reader = try ArchiveReader.open(path)
    var found = 0
    while true {
      let member: ArchiveReader.Member
      do {
        guard let next = try reader.next() else { break }
        member = next
      } catch {
        if found == 0 { throw error }
        refused(error)
        break
      }
      if Self.isHousekeeping(member) || shapefiles.isUnneeded(member.name) {
        try reader.skip()
        continue
      }
      if let main, member.name != main {
        // Pictures belong to a KMZ; another KML is read only where a link leads to it, and links are not followed.
        if member.name.lowercased().hasSuffix(".kml") {
          refused(refusal(member, "archive.other-kml", "is not the main KML of its KMZ, and is not used: unpack it"))
        }
        try reader.skip()
        continue
      }
      found += 1
      let file: LogFile?
      do throws(FileUnreadable) { file = try content(of: member, in: &reader, &shapefiles) } catch {
        refused(error)
        // To find what is behind it, all of it would have to be unpacked.
        if error.code == "archive.too-large" { break }
        guard let whole = shapefiles.add(member.name, path: shown(member), nil) else { continue }
        try body(logFile(whole))
        continue
      }
      if let file { try body(file) }
    }
    for whole in shapefiles.rest() { try body(logFile(whole)) }
    guard found > 0 else {
      throw FileUnreadable(path, .refused, code: "archive.empty", "is an archive without a log in it")
    }
  }

  /// `nil` for a file of a shapefile whose others are still to come.
  private func content(
    of member: ArchiveReader.Member, in reader: inout ArchiveReader, _ shapefiles: inout ShapefileGroups
  ) throws(FileUnreadable) -> LogFile? {
    guard member.isFile else { throw refusal(member, "archive.link", "is a link or a device: it is not followed") }
    let shown = shown(member)
    let (content, isCut) = try whatStands(of: member, in: &reader)
    guard !Self.recognizes(content) else {
      throw refusal(member, "archive.nested", "is an archive in an archive: unpack it, and name what is in it")
    }
    guard shapefiles.isPart(member.name) else {
      return LogFile(
        shown, content: isCut ? Self.wholeLines(content) : content, archiveSHA256: sha256,
        remarks: [remark(member.name), isCut ? Self.cut : nil].compactMap { $0 })
    }
    // Of a shapefile a half is no shapefile: its tables would not fit each other.
    guard !isCut else {
      throw refusal(
        member, "archive.damaged", "the archive ends in the middle of it: pack it again, or fetch the archive again")
    }
    guard !shapefiles.isKnown(member.name) else {
      throw refusal(member, "shp.siblings", "comes twice for one shapefile: take away all but the right one")
    }
    guard shapefiles.fits(content.count) else {
      throw refusal(
        member, "archive.too-large",
        "and others wait for the rest of their shapefiles, and take more than 512 MiB: nothing of it, or behind it, is used; "
          + "unpack the archive, and name the files")
    }
    return shapefiles.add(member.name, path: shown, content).map(logFile)
  }

  private func logFile(_ shapefile: ShapefileGroups.Complete) -> LogFile {
    LogFile(
      "\(path)/\(shapefile.name)", content: shapefile.content, siblings: shapefile.siblings, archiveSHA256: sha256,
      remarks: [remark(shapefile.name)].compactMap { $0 })
  }

  private func remark(_ name: String) -> Problem? {
    guard Self.leaves(name) else { return nil }
    return Problem(
      "archive.path", line: 0, "its path in the archive leaves the folder: it serves as a name, and nothing is written")
  }

  /// Of all files; what is damaged is told when the members are read in earnest.
  private func names() throws(FileUnreadable) -> [String] {
    var names: [String] = []
    do throws(FileUnreadable) {
      var reader = try ArchiveReader.openDirectory(path)
      while let member = try reader.next() {
        if member.isFile, !Self.isHousekeeping(member) { names.append(member.name) }
      }
    } catch {}
    if !names.isEmpty { return names }
    do throws(FileUnreadable) {
      var reader = try ArchiveReader.open(path)
      while let member = try reader.next() {
        if member.isFile, !Self.isHousekeeping(member) { names.append(member.name) }
        try reader.skip()
      }
    } catch {}
    return names
  }

  /// Of a number that is cut off, what is left is another number; XML and JSON know their own ends.
  private static func wholeLines(_ content: [UInt8]) -> [UInt8] {
    guard let first = content.first(where: { $0 > 0x20 && $0 < 0x80 }), !"<{[".utf8.contains(first),
      let end = content.lastIndex(of: 0x0a)
    else { return content }
    return Array(content[...end])
  }

  private static let cut = Problem(
    "archive.damaged", line: 0,
    "the archive ends in the middle of it: what came before is used; pack it again, or fetch the archive again")

  private func whatStands(
    of member: ArchiveReader.Member, in reader: inout ArchiveReader
  ) throws(FileUnreadable) -> (bytes: [UInt8], isCut: Bool) {
    do { return try reader.content(member, path: shown(member)) } catch {
      guard error.code == "archive.damaged", let start = CutZip(path)?.start(of: member.name) else { throw error }
      return (start, true)
    }
  }

  /// The member that a KMZ is read from (OGC 07-147r2, annex C): `doc.kml`, or else the first KML of its root, or else the
  /// first at all. `nil` for other archives, which only a `doc.kml` or the archive's own name tells from a KMZ.
  private func mainKML(_ names: [String]) throws(FileUnreadable) -> String? {
    guard !names.contains("[Content_Types].xml") else {
      throw FileUnreadable(
        path, .refused, code: "log.unknown-format", "is a workbook or a document of Office: save the sheet as CSV")
    }
    let isKMZ = path.lowercased().hasSuffix(".kmz")
    if names.contains("doc.kml") { return "doc.kml" }
    guard isKMZ else { return nil }
    let all = names.filter { $0.lowercased().hasSuffix(".kml") }
    return all.first { !$0.contains("/") } ?? all.first ?? "doc.kml"
  }

  private func shown(_ member: ArchiveReader.Member) -> String { "\(path)/\(member.name)" }

  private func refusal(_ member: ArchiveReader.Member, _ code: String, _ message: String) -> FileUnreadable {
    FileUnreadable(shown(member), .refused, code: code, message)
  }

  /// Folders, and what macOS and Windows add of their own.
  private static func isHousekeeping(_ member: ArchiveReader.Member) -> Bool {
    if member.isFolder || member.name.hasPrefix("__MACOSX/") { return true }
    let last = member.name.split(separator: "/").last ?? ""
    return last.isEmpty || last.hasPrefix("._") || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(last)
  }

  private static func leaves(_ name: String) -> Bool {
    let parts = name.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
    return name.hasPrefix("/") || parts.contains("..") || name.dropFirst().hasPrefix(":")
  }
}

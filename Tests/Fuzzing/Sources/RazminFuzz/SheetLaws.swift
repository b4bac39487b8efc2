import Formats
import Survey

/// A sheet is read or refused; positions in it are numbers.
func readsSheet(_ bytes: [UInt8]) {
  guard let sheet = try? PointSheetReader.read(ByteSource(bytes: bytes, blockSize: blockSize(for: bytes))) else {
    return
  }
  let again = try? PointSheetReader.read(ByteSource(bytes: bytes))
  law(again == sheet, "\(sheet) and \(String(describing: again))")
  _ = sheet.shapes
  law(sheet.points.count + sheet.problems.count > 0, "rows without points or problems")
}

/// The parts of a workbook, parted by zero bytes: the worksheet, the shared strings, the workbook.
///
/// A workbook is a zip, and a zip has checksums, which nobody finds by chance: here they are always right.
func readsWorkbook(_ bytes: [UInt8]) {
  let parts = bytes.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false).map(Array.init)
  let workbook = """
    <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
    xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>\
    <sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>
    """
  let relations = """
    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
    <Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/>\
    <Relationship Id="rId2" Type="t/sharedStrings" Target="sharedStrings.xml"/></Relationships>
    """
  readsSheet(
    zip([
      ("[Content_Types].xml", Array("<Types/>".utf8)),
      ("xl/workbook.xml", parts.count > 2 ? parts[2] : Array(workbook.utf8)),
      ("xl/_rels/workbook.xml.rels", Array(relations.utf8)),
      ("xl/sharedStrings.xml", parts.count > 1 ? parts[1] : []),
      ("xl/worksheets/sheet1.xml", parts[0]),
    ]))
}

/// A zip whose members are stored as they are (APPNOTE.TXT of PKWARE, 4.3).
private func zip(_ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
  var (file, directory): ([UInt8], [UInt8]) = ([], [])
  for (name, bytes) in members {
    let common =
      little(20, 2) + little(0, 2) + little(0, 2) + little(0, 4) + little(Int(checksum(bytes)), 4)
      + little(bytes.count, 4) + little(bytes.count, 4) + little(name.utf8.count, 2) + little(0, 2)
    directory += little(0x0201_4b50, 4) + little(20, 2) + common + little(0, 2) + little(0, 2) + little(0, 2)
    directory += little(0, 4) + little(file.count, 4) + Array(name.utf8)
    file += little(0x0403_4b50, 4) + common + Array(name.utf8) + bytes
  }
  let end =
    little(0x0605_4b50, 4) + little(0, 2) + little(0, 2) + little(members.count, 2) + little(members.count, 2)
    + little(directory.count, 4) + little(file.count, 4) + little(0, 2)
  return file + directory + end
}

private func little(_ value: Int, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

/// CRC-32 (ISO/IEC 8802-3), bit by bit.
private func checksum(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(~0) { sum, byte in
    (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xedb8_8320 : sum >> 1 }
  }
}

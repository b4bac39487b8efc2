import Formats
import Geometry
import Survey

/// One recorded second.
struct SimulatedFix {
  var point: LatticePoint
  /// Seconds since midnight UTC.
  var second: Int
  /// Millimetres.
  var elevation: Int
  var satellites: Int
  /// Tenths.
  var hdop: Int
  /// Whether a new lane begins here.
  var beginsLane: Bool
}

/// The log of a day, three times: GPX, NMEA 0183 and CSV, of the same fixes to the last digit.
struct LogTwins: ~Copyable {
  private var gpx: PlainFile
  private var nmea: PlainFile
  private var csv: PlainFile
  private var texts = (gpx: TextBuffer(), nmea: TextBuffer(), csv: TextBuffer())
  private let date: String
  private let dateOfRMC: String
  private let isRTK: Bool
  private var isFirst = true

  private init(
    gpx: consuming PlainFile, nmea: consuming PlainFile, csv: consuming PlainFile, name: String, date: CivilDate,
    isRTK: Bool
  ) {
    self.gpx = gpx
    self.nmea = nmea
    self.csv = csv
    (self.date, self.isRTK) = ("\(date)", isRTK)
    let digits = Array(self.date.utf8)
    dateOfRMC = String(decoding: digits[8...] + digits[5..<7] + digits[2..<4], as: UTF8.self)
    texts.gpx.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    texts.gpx.add("<gpx version=\"1.1\" creator=\"razmin simulate\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n")
    texts.gpx.add("<trk>\n<name>\(name)</name>\n")
    texts.csv.add("time,latitude,longitude,elevation,quality,satellites,hdop\n")
  }

  static func open(_ stem: String, name: String, date: CivilDate, isRTK: Bool) throws(OutputFailed) -> LogTwins {
    let gpx = try PlainFile.open(stem + ".gpx")
    let nmea = try PlainFile.open(stem + ".nmea")
    let csv = try PlainFile.open(stem + ".csv")
    return LogTwins(gpx: gpx, nmea: nmea, csv: csv, name: name, date: date, isRTK: isRTK)
  }

  mutating func add(_ fix: SimulatedFix) throws(OutputFailed) {
    addGPX(fix)
    addCSV(fix)
    addNMEA(fix)
    isFirst = false
    try texts.gpx.drain(into: &gpx, ifMoreThan: 1 << 18)
    try texts.csv.drain(into: &csv, ifMoreThan: 1 << 18)
    try texts.nmea.drain(into: &nmea, ifMoreThan: 1 << 18)
  }

  consuming func finish() throws(OutputFailed) {
    texts.gpx.add("</trkseg>\n</trk>\n</gpx>\n")
    try texts.gpx.drain(into: &gpx)
    try texts.csv.drain(into: &csv)
    try texts.nmea.drain(into: &nmea)
  }

  private mutating func addGPX(_ fix: SimulatedFix) {
    if fix.beginsLane || isFirst { texts.gpx.add(isFirst ? "<trkseg>\n" : "</trkseg>\n<trkseg>\n") }
    texts.gpx.add("<trkpt lat=\"")
    texts.gpx.add(fix.point.y, decimals: 8)
    texts.gpx.add("\" lon=\"")
    texts.gpx.add(fix.point.x, decimals: 8)
    texts.gpx.add("\"><ele>")
    texts.gpx.add(fix.elevation, decimals: 3)
    texts.gpx.add("</ele><time>")
    texts.gpx.add(date, fix.second)
    texts.gpx.add(isRTK ? "</time><fix>dgps</fix><sat>" : "</time><fix>3d</fix><sat>")
    texts.gpx.add(fix.satellites, width: 1)
    texts.gpx.add("</sat><hdop>")
    texts.gpx.add(fix.hdop, decimals: 1)
    texts.gpx.add("</hdop></trkpt>\n")
  }

  private mutating func addCSV(_ fix: SimulatedFix) {
    texts.csv.add(date, fix.second)
    texts.csv.add(",")
    texts.csv.add(fix.point.y, decimals: 8)
    texts.csv.add(",")
    texts.csv.add(fix.point.x, decimals: 8)
    texts.csv.add(",")
    texts.csv.add(fix.elevation, decimals: 3)
    texts.csv.add(isRTK ? ",4," : ",1,")
    texts.csv.add(fix.satellites, width: 1)
    texts.csv.add(",")
    texts.csv.add(fix.hdop, decimals: 1)
    texts.csv.add("\n")
  }

  private mutating func addNMEA(_ fix: SimulatedFix) {
    var start = texts.nmea.bytes.count
    texts.nmea.add("$GNGGA,")
    addClock(fix.second)
    addPosition(fix.point)
    texts.nmea.add(isRTK ? "4," : "1,")
    texts.nmea.add(fix.satellites, width: 2)
    texts.nmea.add(",")
    texts.nmea.add(fix.hdop, decimals: 1)
    texts.nmea.add(",")
    texts.nmea.add(fix.elevation, decimals: 3)
    texts.nmea.add(",M,43.0,M,,")
    texts.nmea.endSentence(from: start)

    start = texts.nmea.bytes.count
    texts.nmea.add("$GNRMC,")
    addClock(fix.second)
    texts.nmea.add("A,")
    addPosition(fix.point)
    texts.nmea.add("0.8,,")
    texts.nmea.add(dateOfRMC)
    texts.nmea.add(isRTK ? ",,,R" : ",,,A")
    texts.nmea.endSentence(from: start)

    start = texts.nmea.bytes.count
    texts.nmea.add("$GNGST,")
    addClock(fix.second)
    texts.nmea.add(isRTK ? ",,,,0.020,0.020,0.035" : ",,,,1.500,1.500,2.600")
    texts.nmea.endSentence(from: start)
  }

  private mutating func addClock(_ second: Int) {
    texts.nmea.add(second / 3600, width: 2)
    texts.nmea.add(second / 60 % 60, width: 2)
    texts.nmea.add(second % 60, width: 2)
    texts.nmea.add(".00,")
  }

  /// A lattice step is 6e-7 minutes, so seven decimals of a minute say it exactly. North and east only.
  private mutating func addPosition(_ point: LatticePoint) {
    texts.nmea.add(point.y / 100_000_000, width: 2)
    texts.nmea.add(point.y % 100_000_000 * 6, whole: 2, decimals: 7)
    texts.nmea.add(",N,")
    texts.nmea.add(point.x / 100_000_000, width: 3)
    texts.nmea.add(point.x % 100_000_000 * 6, whole: 2, decimals: 7)
    texts.nmea.add(",E,")
  }
}

extension TextBuffer {
  /// An instant in UTC by ISO 8601.
  fileprivate mutating func add(_ date: String, _ second: Int) {
    add(date)
    add("T")
    add(second / 3600, width: 2)
    add(":")
    add(second / 60 % 60, width: 2)
    add(":")
    add(second % 60, width: 2)
    add("Z")
  }
}

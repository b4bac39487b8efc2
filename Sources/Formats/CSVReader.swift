import Geometry
import Survey

/// The rows of one sheet.
struct CSVReader {
  var events = Events()
  private(set) var counts = RecordCounts()
  private let delimiter: UInt8
  private let point: UInt8?
  private var columns = CSVColumns()
  private var crs: FileCRS?
  /// The columns of the coordinates, the one that grows eastward first.
  private var pair = (first: CSVColumns.Kind.lon, second: CSVColumns.Kind.lat)
  private var needed = 0
  private var row = CSVRow()
  private var hasHeader = false
  private var track: String?
  private var segment: String?
  private var hasBegun = false

  init(delimiter: UInt8) {
    self.delimiter = delimiter
    // Where a comma separates, it cannot be a decimal sign.
    point = delimiter == UInt8(ascii: ",") ? nil : UInt8(ascii: ",")
  }

  /// Finds the columns; throws `crs.undeclared` or `csv.columns` where there is no position among them.
  mutating func begin(
    header: [String], second: [String], options: ReadOptions, path: String
  ) throws(FileUnreadable) {
    columns = CSVColumns(header: header)
    hasHeader = !header.contains { Double($0) != nil }
    if !hasHeader { columns = CSVColumns() }
    for (name, number) in options.columns.sorted(by: { $0.key < $1.key }) {
      guard let kind = CSVColumns.Kind(rawValue: name), number >= 1 else {
        let known = CSVColumns.Kind.allCases.map { $0.rawValue }.joined(separator: ", ")
        throw FileUnreadable(
          path, .refused, code: "csv.columns", "--columns \(name)=\(number): names are \(known), numbers begin at 1")
      }
      columns[kind] = number - 1
    }
    crs = options.crs
    let wantsGrid = crs.map { !$0.isGeographic } ?? !columns.hasPosition
    guard wantsGrid ? columns.hasGrid : columns.hasPosition else {
      let shown = header.prefix(12).joined(separator: ", ")
      let wanted =
        wantsGrid && crs != nil
        ? ("easting and northing", "easting=2,northing=3") : ("latitude and longitude", "lat=3,lon=2")
      throw FileUnreadable(
        path, .refused, code: "csv.columns", line: 1,
        "has no columns for \(wanted.0) (\(shown)): say which they are, such as --columns \(wanted.1),time=1")
    }
    if wantsGrid { pair = (.easting, .northing) }
    if crs == nil, let refusal = undeclared(hasHeader ? second : header, wantsGrid, path) { throw refusal }
    needed = max(columns[pair.first] ?? 0, columns[pair.second] ?? 0) + 1
  }

  /// For coordinates on a grid, which a sheet does not name: by their columns, or because no degrees are so large.
  private func undeclared(_ row: [String], _ isGrid: Bool, _ path: String) -> FileUnreadable? {
    let numbers = [columns[pair.first], columns[pair.second]].compactMap { index -> Double? in
      guard let index, index < row.count else { return nil }
      return Double(row[index].replacing(",", with: "."))
    }
    guard isGrid || numbers.count == 2 && numbers.allSatisfy({ abs($0) > 180 && $0.isFinite }) else { return nil }
    var refusal = FileUnreadable(
      path, .refused, code: "crs.undeclared", line: 1,
      "has coordinates on a grid and does not say on which: declare its CRS, such as EPSG:6316"
        + (isGrid ? "" : ", and name its columns: easting=2,northing=3"))
    if numbers.count == 2 { refusal.pair = (numbers[0], numbers[1]) }
    return refusal
  }

  /// A line that holds no row: a remark, or Excel's `sep=;`.
  static func isRemark(_ text: Text, _ range: Range<Int>) -> Bool {
    guard let first = range.first else { return true }
    if text[first] == UInt8(ascii: "%") { return true }
    if range.count == 5, text.equals(first..<first + 4, "sep=") { return true }
    // `# lat lon` is how some programs write a header.
    return text[first] == UInt8(ascii: "#") && CSVRow.delimiter(text, range) == nil
  }

  mutating func read(_ text: Text, _ range: Range<Int>, number line: Int) {
    let start = line == 1 && text.startsWithByteOrderMark ? min(3, range.upperBound) : 0
    let range = max(start, range.lowerBound)..<range.upperBound
    let trimmed = text.trimmed(range)
    if trimmed.isEmpty || Self.isRemark(text, trimmed) { return }
    if hasHeader {
      hasHeader = false
      return
    }
    row.split(text, range, at: delimiter)
    counts.seen += 1
    if row.isBroken {
      return setAside("csv.quote", line: line, "a quotation mark is not closed: the row is not used")
    }
    guard row.fields.count >= needed else {
      return setAside(
        "csv.fields", line: line,
        "the row has \(row.fields.count) fields, the position is in field \(needed): it is not used")
    }
    guard let position = position(text, line) else { return }
    var fix = Fix(position, line: line)
    take(&fix, text, line)
    beginTrack(text)
    counts.used += 1
    events.add(fix)
  }

  /// A line that is lost counts as a row.
  mutating func tooLong(_ problem: Problem) {
    counts.seen += 1
    setAside(problem.code, line: problem.line, problem.message)
  }

  private mutating func setAside(_ code: String, line: Int, _ message: String) {
    counts.add(aside: code)
    events.problem(code, line: line, message)
  }

  private mutating func position(_ text: Text, _ line: Int) -> Geographic? {
    guard let first = field(pair.first), let second = field(pair.second) else { return nil }
    guard let x = number(text, first), let y = number(text, second) else {
      let what =
        pair.first == .lon
        ? "latitude \"\(text.start(second))\", longitude \"\(text.start(first))\" are no decimal degrees"
        : "easting \"\(text.start(first))\", northing \"\(text.start(second))\" are no numbers"
      setAside("csv.number", line: line, "\(what): the row is not used")
      return nil
    }
    if let crs {
      do { return try crs.converter.position(x, y) } catch {
        setAside(error.code, line: line, "\(error.message): the row is not used")
        return nil
      }
    }
    let position = Geographic(x, y)
    guard position.isOnEarth else {
      let advice = Geographic(y, x).isOnEarth ? "; are they swapped?" : ""
      setAside(
        "csv.coordinate", line: line,
        "latitude \(text.start(second)), longitude \(text.start(first)) is not on earth: the row is not used\(advice)")
      return nil
    }
    return position
  }

  private mutating func take(_ fix: inout Fix, _ text: Text, _ line: Int) {
    fix.time = time(text, line)
    fix.elevation = optional(.ele, text, line)
    fix.hdop = optional(.hdop, text, line)
    if let count = optional(.sats, text, line) { fix.satellites = Int(exactly: count.rounded()) }
    if let range = field(.quality), !range.isEmpty {
      fix.quality = quality(text, range)
      if fix.quality == .invalid, !text.equals(range, "0"), !text.equals(range, "invalid"), !text.equals(range, "none")
      {
        events.problem(
          "csv.quality", line: line,
          "quality \"\(text.start(range))\" is not known: the row counts as not measured; use NMEA's digits or names")
      }
    }
    let (east, north) = (optional(.sde, text, line), optional(.sdn, text, line))
    if let sigma = optional(.sigma, text, line) {
      fix.sigma = sigma
    } else if let east, let north {
      fix.sigma = max(east, north)
    } else if let hrms = optional(.hrms, text, line) {
      // HRMS is over both axes together.
      fix.sigma = hrms / 2.0.squareRoot()
    }
    // Nothing is measured with a sigma of zero: the program did not know it.
    if let sigma = fix.sigma, !(sigma > 0) { fix.sigma = nil }
  }

  private mutating func beginTrack(_ text: Text) {
    let (newTrack, newSegment) = (word(.track, text), word(.segment, text))
    if !hasBegun || newTrack != track {
      events.add(.track(TrackHeader(name: newTrack)))
      events.add(.segment)
    } else if newSegment != segment {
      events.add(.segment)
    }
    (hasBegun, track, segment) = (true, newTrack, newSegment)
  }

  private func field(_ kind: CSVColumns.Kind) -> Range<Int>? {
    guard let index = columns[kind], index < row.fields.count else { return nil }
    return row.fields[index]
  }

  private func word(_ kind: CSVColumns.Kind, _ text: Text) -> String? {
    guard let range = field(kind) else { return nil }
    return text.string(range)
  }

  private func number(_ text: Text, _ range: Range<Int>) -> Double? {
    if let value = text.decimal(range) { return value }
    guard let point else { return nil }
    return text.decimal(range, point: point)
  }

  /// A number that may be missing; what is there and no number is a problem.
  private mutating func optional(_ kind: CSVColumns.Kind, _ text: Text, _ line: Int) -> Double? {
    guard let range = field(kind), !range.isEmpty else { return nil }
    if let value = number(text, range) { return value }
    events.problem(
      "csv.number", line: line, "\(kind.rawValue) \"\(text.start(range))\" is no number: the row is kept without it")
    return nil
  }

  private mutating func time(_ text: Text, _ line: Int) -> Timestamp? {
    let time = field(.time) ?? 0..<0
    if let date = field(.date), !date.isEmpty {
      if let day = text.sheetDate(date), let clock = time.isEmpty ? nil : text.timeOfDay(time) {
        return Timestamp(day, millisecondsOfDay: clock)
      }
      if time.isEmpty, let instant = text.sheetTime(date) { return instant }
    } else if time.isEmpty {
      return nil
    }
    if !time.isEmpty, let instant = text.sheetTime(time) { return instant }
    let shown = (word(.date, text).map { "\($0.prefix(40)) " } ?? "") + text.start(time)
    events.problem("csv.time", line: line, "\"\(shown)\" is no time of a known form: the row is kept without it")
    return nil
  }

  private func quality(_ text: Text, _ range: Range<Int>) -> FixQuality {
    if let digit = text.integer(range) { return digit <= 8 ? FixQuality(rawValue: UInt8(digit)) ?? .invalid : .invalid }
    let word = text.string(range).lowercased()
    return FixQuality(name: word) ?? Self.words[word] ?? .invalid
  }

  private static let words: [String: FixQuality] = [
    "none": .invalid, "2d": .autonomous, "3d": .autonomous, "single": .autonomous, "gps": .autonomous,
    "differential": .differential, "sbas": .differential, "fixed": .rtkFixed, "rtk fixed": .rtkFixed,
    "rtk fix": .rtkFixed, "float": .rtkFloat, "rtk float": .rtkFloat,
    // Of an RTK receiver it is the best there is, of another it says only that there is a position.
    "fix": .unknown,
  ]
}

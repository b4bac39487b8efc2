/// Reads `WMM2000-2030.txt`, whose header describes it. Anything that is not as described there is refused.
struct EpochFile {
  private var epochs: [Epoch] = []
  private var open: Heading?
  private var field: [GaussPair] = []
  private var change: [GaussPair] = []
  /// Degree and order of the term that comes next.
  private var next = (n: 1, m: 0)
  private var line = 0

  private struct Heading {
    let name: String
    let reference, from, until: Double
    let error: DeclinationError?
  }

  static func epochs(of bytes: some Sequence<UInt8>) throws(GeomagnetismError) -> [Epoch] {
    var file = EpochFile()
    let text = String(decoding: Array(bytes), as: UTF8.self)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      file.line += 1
      let fields = line.split(separator: " ")
      guard let first = fields.first, !first.hasPrefix("#") else { continue }
      if first == "model" { try file.begin(fields.dropFirst()) } else { try file.take(fields) }
    }
    try file.close()
    guard !file.epochs.isEmpty else { throw file.refused("it holds no model") }
    return file.epochs
  }

  private mutating func begin(_ fields: ArraySlice<Substring>) throws(GeomagnetismError) {
    try close()
    guard fields.count == 6, let name = fields.first else { throw refused("a model has 6 fields") }
    let rest = Array(fields.dropFirst())
    let (reference, from, until) = (try number(rest[0]), try number(rest[1]), try number(rest[2]))
    guard reference <= from, from < until else { throw refused("\(name) ends before it begins") }
    if let last = epochs.last, last.until != from { throw refused("\(name) does not begin where \(last.name) ends") }
    let stated = rest[3] != "-" || rest[4] != "-"
    let error = stated ? DeclinationError(constant: try number(rest[3]), slope: try number(rest[4])) : nil
    open = Heading(name: String(name), reference: reference, from: from, until: until, error: error)
  }

  private mutating func take(_ fields: [Substring]) throws(GeomagnetismError) {
    guard open != nil else { throw refused("a coefficient comes before its model") }
    guard fields.count == 6 else { throw refused("a coefficient has 6 fields") }
    guard next.n <= Epoch.degree, fields[0] == "\(next.n)", fields[1] == "\(next.m)" else {
      throw refused("degree \(fields[0]) and order \(fields[1]) are out of turn")
    }
    field.append(GaussPair(g: try number(fields[2]), h: try number(fields[3])))
    change.append(GaussPair(g: try number(fields[4]), h: try number(fields[5])))
    next = next.m < next.n ? (next.n, next.m + 1) : (next.n + 1, 0)
  }

  private mutating func close() throws(GeomagnetismError) {
    guard let heading = open else { return }
    guard field.count == Epoch.terms else {
      throw refused("\(heading.name) has \(field.count) of \(Epoch.terms) coefficients")
    }
    epochs.append(
      Epoch(
        name: heading.name, reference: heading.reference, from: heading.from, until: heading.until,
        error: heading.error, field: field, change: change))
    (open, field, change, next) = (nil, [], [], (1, 0))
  }

  private func number(_ text: Substring) throws(GeomagnetismError) -> Double {
    guard let value = Double(text), value.isFinite else { throw refused("\(text.prefix(32)) is no number") }
    return value
  }

  private func refused(_ reason: String) -> GeomagnetismError { .dataFile(line: line, reason: reason) }
}

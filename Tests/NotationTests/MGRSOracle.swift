import Geometry
import Notation
import Testing

/// The MGRS by GeographicLib's GeoConvert, over the whole domain.
@Suite struct MGRSOracle {
  /// 10 000 places for each precision from 100 km squares down to micrometres, 120 000 in all.
  @Test(arguments: 0...11) func `writes what GeoConvert writes`(digits: Int) throws {
    var places = RandomPlaces(seed: 40 + UInt64(digits))
    let typed = (0..<5000).map { _ in places.next().typed }
    var lines = try geoConvert("-u", "-l", "-p", "6", lines: typed)
    lines += (0..<5000).map { _ in places.gridLine() }
    let latitudes = try geoConvert("-g", "-p", "9", lines: lines)
    let expected = try geoConvert("-m", "-p", "\(digits - 5)", lines: lines)
    var (compared, refused) = (0, 0)
    var differing: [String] = []
    for ((line, latitude), truth) in zip(zip(lines, latitudes), expected) {
      let degrees = Double(latitude.split(separator: " ").first.map(String.init) ?? "") ?? .nan
      let own = try? written(line, degrees, digits).text
      if truth.hasPrefix("ERROR") { refused += 1 } else { compared += 1 }
      if own != (truth.hasPrefix("ERROR") ? nil : truth) { differing.append("\(line): \(own ?? "refused"), \(truth)") }
    }
    #expect(differing == [])
    #expect(compared + refused == 10_000 && compared > 9000)
  }

  private func written(_ line: String, _ latitude: Double, _ digits: Int) throws -> MGRSReference {
    switch try parsePosition(line) {
    case .utm(let utm): try MGRSReference(utm: utm, latitude: latitude, digits: digits)
    case .ups(let ups): try MGRSReference(ups: ups, digits: digits)
    default: throw OtherNotation()
    }
  }

  private struct OtherNotation: Error {}

  /// Corner and centre of squares of every size, each beside GeoConvert's.
  @Test(arguments: 0...11) func `reads what GeoConvert reads`(digits: Int) throws {
    var places = RandomPlaces(seed: 80 + UInt64(digits))
    let lines = (0..<1000).map { _ in places.gridLine() }
    let references = try geoConvert("-m", "-p", "\(digits - 5)", lines: lines).filter { !$0.hasPrefix("ERROR") }
    try #require(references.count > 800)
    let corners = try geoConvert("-u", "-l", "-n", "-p", "7", lines: references)
    let centres = try geoConvert("-u", "-l", "-p", "7", lines: references)
    var differing: [String] = []
    for ((reference, corner), centre) in zip(zip(references, corners), centres) {
      let read = try MGRSReference(reference)
      let small = read.spacedText.lowercased()
      // These two may be degrees or seconds.
      let isWord = small.contains("d eg") || small.contains("s ec")
      let same = try read.text == reference && (isWord || MGRSReference(small) == read)
      if try !(same && isNear(read.corner, corner) && isNear(read.centre, centre)) { differing.append(reference) }
    }
    #expect(differing == [])
  }

  private func isNear(_ grid: MGRSReference.Grid, _ line: String) throws -> Bool {
    let (east, north, zone, isNorthern) =
      switch grid {
      case .utm(let utm): (utm.easting, utm.northing, utm.zone, utm.isNorthern)
      case .ups(let ups): (ups.easting, ups.northing, 0, ups.isNorthern)
      }
    let (truthEast, truthNorth, truthZone, truthNorthern) =
      switch try parsePosition(line) {
      case .utm(let utm): (utm.easting, utm.northing, utm.zone, utm.isNorthern)
      case .ups(let ups): (ups.easting, ups.northing, 0, ups.isNorthern)
      default: (Double.nan, Double.nan, -1, false)
      }
    return zone == truthZone && isNorthern == truthNorthern && abs(east - truthEast) < 1e-6
      && abs(north - truthNorth) < 1e-6
  }

  /// Every zone set, band, column and row: does that square exist? And the polar ones, all letters.
  @Test func `knows the same squares`() throws {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    var names: [String] = []
    for a in letters {
      for b in letters {
        names += letters.map { "\(a)\(b)\($0)" }
        for zone in [1, 32, 33, 60] { names += letters.map { "\(zone)\(a)\(b)\($0)" } }
      }
    }
    let verdicts = try geoConvert("-u", lines: names)
    var existing = 0
    var differing: [String] = []
    for (name, verdict) in zip(names, verdicts) {
      // GeoConvert reads INV... as "invalid" and answers with NaN.
      let exists = !verdict.hasPrefix("ERROR") && !verdict.hasPrefix("inv")
      existing += exists ? 1 : 0
      if exists != ((try? MGRSReference(name)) != nil) { differing.append("\(name): \(verdict)") }
    }
    #expect(existing > 5000 && differing == [])
  }

  /// Texts that are nearly references. What GeoConvert reads and this does not: a zone and band without a square
  /// (`34T`), a polar band alone (`Z`) and `INV`, none of which is a place.
  @Test func `accepts and refuses as GeoConvert`() throws {
    var random = SplitMix(state: 7)
    let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZnt.-")
    let texts: [String] = (0..<40_000).map { index in
      var text = Array("\(Int.random(in: 0...70, using: &random))")
      if Int.random(in: 0..<6, using: &random) == 0 { text = [] }
      text += (0..<3).map { _ in alphabet[Int.random(in: 10..<36, using: &random)] }
      text += (0..<Int.random(in: 0...12, using: &random)).map { _ in alphabet[Int.random(in: 0..<10, using: &random)] }
      // A third is changed once more.
      if index % 3 == 0, !text.isEmpty {
        let at = text.indices.randomElement(using: &random) ?? 0
        text[at] = alphabet.randomElement(using: &random) ?? "0"
      } else if index % 3 == 1, text.count > 3, Bool.random(using: &random) {
        text.remove(at: text.indices.randomElement(using: &random) ?? 0)
      }
      return String(text)
    }
    let verdicts = try geoConvert("-u", lines: texts)
    var accepted = 0
    var differing: [String] = []
    for (text, verdict) in zip(texts, verdicts) {
      let withoutSquare = text.drop(while: \.isNumber).count == 1
      let exists = !verdict.hasPrefix("ERROR") && !verdict.hasPrefix("inv") && !withoutSquare
      accepted += exists ? 1 : 0
      if ((try? MGRSReference(text)) != nil) != exists { differing.append("\(text): \(verdict)") }
    }
    #expect(accepted > 1000 && differing == [])
  }

  @Test func `chooses the zone of GeoConvert`() throws {
    var places = RandomPlaces(seed: 5)
    let typed = (0..<20_000).map { _ in places.next() }
    let answers = try geoConvert("-u", "-p", "-5", lines: typed.map(\.typed))
    let differing = zip(typed, answers).filter { place, answer in
      standardUTMZone(latitude: place.place.latitude, longitude: place.place.longitude)
        != Int(answer.prefix { $0.isNumber })
    }
    #expect(differing.map(\.0.typed) == [])
  }
}

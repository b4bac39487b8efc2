/// The letter beside a UTM zone: a hemisphere in some language, or an MGRS band. `34S` is all of the southern
/// hemisphere, band S in the north, and Serbian *sever*, north.
struct ZoneLetter {
  private let word: String
  private let language: Language?

  /// Where the word is one Latin letter. Not any scalar: ß is S in capitals.
  private var letter: Character? { word.utf8.count == 1 ? word.uppercased().first : nil }

  init(_ word: String, _ language: Language?) { (self.word, self.language) = (word, language) }

  /// - Throws: `position.ambiguous` where readings differ, `position.range` where the northing is not in the band.
  func isNorthern(_ zone: Int, _ easting: Double, _ northing: Double) throws(NotationError) -> Bool {
    var readings = Readings<Bool>(isSame: ==)
    var otherBand: NotationError?
    if let letter, let band = MGRSGrid.bands.firstIndex(of: letter) {
      let isNorthern = band >= 10
      let column = min(max(Int(easting / MGRSGrid.square) - 1, 0), 7)
      let row = Int(northing / MGRSGrid.square) - (isNorthern ? 0 : 100)
      if MGRSGrid.bandRows(band - 10, column: column).contains(row) {
        readings.add(isNorthern, "band \(letter), in the \(Self.name(isNorthern))", nil)
      } else {
        otherBand = NotationError(
          .range, "northing \(northing) is not in band \(letter)",
          advice: "look at the letter; write north or south in words where no band is meant")
      }
    }
    addHemispheres(to: &readings)
    return try only(readings, otherBand ?? .syntax("\"\(word)\" is no hemisphere and no band"))
  }

  /// - Throws: as ``isNorthern(_:_:_:)``, for the polar bands A, B, Y and Z.
  func isNorthernPole(_ easting: Double) throws(NotationError) -> Bool {
    if let band = letter, let grid = MGRSPolarGrid(band: band) {
      guard MGRSPolarGrid.band(isNorthern: grid.isNorthern, easting: easting) == band else {
        throw NotationError(.range, "easting \(easting) is not in polar band \(band)", advice: "look at the letter")
      }
      return grid.isNorthern
    }
    var readings = Readings<Bool>(isSame: ==)
    addHemispheres(to: &readings)
    return try only(readings, .syntax("\"\(word)\" is no hemisphere and no polar band"))
  }

  /// What the letter or word says of the hemisphere. A Latin letter other than N and S is rather a band, if the language
  /// is not declared.
  private func addHemispheres(to readings: inout Readings<Bool>) {
    let isBand = letter != nil && !["n", "s"].contains(word)
    for candidate in language.map({ [$0] }) ?? (isBand ? [] : Language.allCases) {
      guard let direction = candidate.direction(word), direction.axis == .latitude else { continue }
      let isNorthern = direction == .north
      readings.add(isNorthern, "the \(Self.name(isNorthern))", candidate)
    }
  }

  private func only(_ readings: Readings<Bool>, _ refusal: NotationError) throws(NotationError) -> Bool {
    try readings.only(
      "\"\(word.uppercased())\" can mean different hemispheres", refusal: refusal,
      advice: "write north or south as a word, or declare the language")
  }

  private static func name(_ isNorthern: Bool) -> String {
    isNorthern ? "northern hemisphere" : "southern hemisphere"
  }
}

import Geometry

/// Tries every way to read a text as two angles.
struct PositionReader {
  let languages: [Language]
  let packed: Bool
  private(set) var readings = Readings<WrittenPosition>(isSame: { $0.isSamePlace(as: $1) })
  /// Why a reading that looked like a position is none: the first such reason.
  private(set) var refusal: NotationError?

  init(languages: [Language], packed: Bool) { (self.languages, self.packed) = (languages, packed) }

  /// - Throws: where no other reading may save the text.
  mutating func read(_ scalars: [Unicode.Scalar]) throws(NotationError) {
    try refuseCommasOfBothKinds(scalars)
    var unreadable: NotationError?
    for commas in CommaUse.uses(in: scalars) {
      do throws(NotationError) {
        let lexemes = try Lexer.lexemes(of: scalars, commas: commas)
        for taking in lexemes.takings { read(lexemes, taking) }
      } catch { unreadable = unreadable ?? error }
    }
    refusal = refusal ?? unreadable
  }

  private mutating func read(_ lexemes: [Lexeme], _ taking: AngleDraft.Taking) {
    let several = lexemes.hasSeveralPoints
    for (left, right) in lexemes.halves {
      guard let a = AngleDraft(left, taking), let b = AngleDraft(right, taking) else { continue }
      if !a.hasLetters, !b.hasLetters {
        // A pair without letters is decimal degrees, unless two points in a number say otherwise.
        guard !taking.pointsJoin || several else { continue }
        attempt { (reader) throws(NotationError) in try reader.addBare(a, b) }
      } else if a.hasLetters, b.hasLetters {
        attempt { (reader) throws(NotationError) in try reader.addLettered(a, b) }
      } else {
        refuse(.syntax("a letter stands at one of the two angles only"))
      }
    }
  }

  private mutating func attempt(_ body: (inout PositionReader) throws(NotationError) -> Void) {
    do throws(NotationError) { try body(&self) } catch { refuse(error) }
  }

  /// A reason that is about the numbers outweighs one about the shape.
  private mutating func refuse(_ error: NotationError) {
    if refusal == nil || refusal?.code == .syntax && error.code != .syntax { refusal = error }
  }

  private mutating func addLettered(_ a: AngleDraft, _ b: AngleDraft) throws(NotationError) {
    // 4 3.3 N 21.9 E has a blank too many, rather than minutes on one side only.
    guard a.written == b.written || [a, b].allSatisfy({ $0.hasMarks || $0.written == 1 }) else { throw Self.unlike }
    // Latin letters count for Cyrillic ones of the same look only beside a Cyrillic one.
    let byLook = (a.words + b.words).hasCyrillic
    var known = false
    for language in languages {
      guard let first = a.direction(in: language, byLook: byLook),
        let second = b.direction(in: language, byLook: byLook)
      else { continue }
      known = true
      let angles = (try a.angle(first, packed: packed), try b.angle(second, packed: packed))
      guard let position = Geographic(angles.0, angles.1) else {
        refuse(.syntax("both angles are the same of latitude and longitude"))
        continue
      }
      let precision = AnglePrecision.coarser(angles.0.precision, angles.1.precision)
      let hasWords = !a.words.isEmpty || !b.words.isEmpty
      readings.add(
        .geographic(position, precision), "\(angles.0.text), \(angles.1.text)", hasWords ? language : nil)
    }
    if !known { throw AngleDraft.unknownLetters }
  }

  private static var unlike: NotationError { .syntax("the numbers do not fall into two angles alike") }

  private mutating func addBare(_ a: AngleDraft, _ b: AngleDraft) throws(NotationError) {
    if a.isBare, b.isBare, !packed || a.unpacked == nil, let pair = try GridNumbers.pair(a, b) {
      return readings.add(.gridPair(pair.0, pair.1), "\(a.text) and \(b.text)", nil)
    }
    // Unmarked numbers must fall into two halves alike, or the cut between the angles would be a guess.
    guard a.written == b.written || a.hasMarks && b.hasMarks else { throw Self.unlike }
    let angles = (try a.angle(nil, packed: packed), try b.angle(nil, packed: packed))
    guard abs(angles.0.degrees) <= 90 || abs(angles.1.degrees) <= 90 else {
      throw NotationError(.range, "neither angle can be a latitude", advice: "look at the source again")
    }
    let precision = AnglePrecision.coarser(angles.0.precision, angles.1.precision)
    readings.add(
      .degreePair(angles.0.degrees, angles.1.degrees, precision), "two angles, \(a.text) and \(b.text)", nil)
  }
}

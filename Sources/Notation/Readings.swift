/// The different things that a text can mean, in the order found.
struct Readings<Meaning> {
  private var found: [(meaning: Meaning, text: String, language: Language?)] = []
  private let isSame: (Meaning, Meaning) -> Bool

  init(isSame: @escaping (Meaning, Meaning) -> Bool) { self.isSame = isSame }

  /// - Parameter language: the one whose letters the reading takes, where it has letters.
  mutating func add(_ meaning: Meaning, _ text: String, _ language: Language?) {
    if !found.contains(where: { isSame($0.meaning, meaning) }) { found.append((meaning, text, language)) }
  }

  var isEmpty: Bool { found.isEmpty }

  /// The one meaning.
  ///
  /// - Throws: `position.ambiguous` where there are several, the refusal where there is none.
  func only(
    _ message: String = "this can mean different places", refusal: NotationError?,
    advice: String = "write marks (°, ′, ″) after the numbers; or declare the language of the letters"
  ) throws(NotationError) -> Meaning {
    guard let first = found.first else { throw refusal ?? .syntax("this is no position in a notation known here") }
    guard found.count == 1 else {
      // The languages are named where they make the difference.
      let oneLanguage = found.allSatisfy { $0.language == first.language }
      let readings = found.map { reading in
        reading.text + (oneLanguage ? "" : reading.language.map { ", as in \($0.name)" } ?? "")
      }
      throw NotationError(.ambiguous, message, advice: advice, readings: readings)
    }
    return first.meaning
  }
}

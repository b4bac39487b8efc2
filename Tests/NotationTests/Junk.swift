import Geometry
import Notation
import Testing

/// Whatever stands in a text, it is read or refused with advice, and nothing ends.
@Suite struct Junk {
  private static let alphabets: [[Character]] = [
    Array("0123456789 .,-°'\"NSEWnsew"), Array("0123456789 .,;:/-+°′″'\"NSEWOIJZСЮВЗИЈdmso"),
    Array("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ "), Array("0123456789 .,nsNSTEm"),
    Array("43 21.°\u{0}\u{7F}\u{301}\u{200D}\u{202E}🙂Љß١９()[]=|\n\t\u{FEFF}latonsv"),
  ]

  @Test(arguments: 0..<5) func `no text ends the process`(alphabet: Int) {
    var random = SplitMix(state: UInt64(alphabet))
    let letters = Self.alphabets[alphabet]
    var withoutAdvice = 0
    for index in 0..<20_000 {
      let length = Int.random(in: 0...(index % 100 == 0 ? 256 : 24), using: &random)
      let text = String((0..<length).map { _ in letters.randomElement(using: &random) ?? "0" })
      if let error = refusal(text), error.advice.isEmpty || error.message.isEmpty { withoutAdvice += 1 }
      if index.isMultiple(of: 4) { _ = try? parseAngle(text, packed: true) }
    }
    #expect(withoutAdvice == 0)
  }

  /// Whatever is read is on the earth.
  @Test func `what is read can be a place`() throws {
    var random = SplitMix(state: 99)
    let letters = Array("00123456789..  °'NSEW")
    var read = 0
    for _ in 0..<40_000 {
      let text = String(
        (0..<Int.random(in: 3...14, using: &random)).map { _ in letters.randomElement(using: &random) ?? "0" })
      switch try? parsePosition(text) {
      case .geographic(let place, _)?:
        read += 1
        #expect(place.isOnEarth, "\(text)")
      case .degreePair(let first, let second, _)?:
        read += 1
        #expect(max(abs(first), abs(second)) <= 180 && min(abs(first), abs(second)) <= 90, "\(text)")
      default: break
      }
    }
    #expect(read > 100)
  }
}

import Survey

/// Which of the two eight-bit encodings of the region a text is in.
///
/// In Serbian Latin the letters with marks stand among plain ones (`tačka`), so that a word mixes ASCII with higher
/// bytes; a Cyrillic word has higher bytes only (`тачка`). Each word with such a letter is one vote.
struct EightBitEvidence {
  /// `nil` where the votes are mixed, or where there is no vote and the two would read the text differently.
  let encoding: SheetEncoding?

  init(_ bytes: [UInt8]) {
    guard let latin = EightBitEncoding("windows-1250"), let cyrillic = EightBitEncoding("windows-1251") else {
      encoding = nil
      return
    }
    let isLatinLetter = (0...255).map { latin.scalar(UInt8($0))?.properties.isAlphabetic ?? false }
    let isCyrillicLetter = (0...255).map { cyrillic.scalar(UInt8($0))?.properties.isAlphabetic ?? false }
    var (latinVotes, cyrillicVotes) = (0, 0)
    var (plain, marked, isCyrillic) = (0, 0, true)
    var (mayBeLatin, mayBeCyrillic, isAlike) = (true, true, true)
    for byte in bytes + [0x20] {
      let index = Int(byte)
      if isLatinLetter[index] || isCyrillicLetter[index] {
        if byte < 0x80 { plain += 1 } else { marked += 1 }
        if !isCyrillicLetter[index] { isCyrillic = false }
      } else if plain + marked > 0 {
        if marked > 0, plain > 0 { latinVotes += 1 }
        // A single letter may be a word of either.
        if marked > 1, plain == 0, isCyrillic { cyrillicVotes += 1 }
        (plain, marked, isCyrillic) = (0, 0, true)
      }
      guard byte >= 0x80 else { continue }
      if latin.scalar(byte) == nil { mayBeLatin = false }
      if cyrillic.scalar(byte) == nil { mayBeCyrillic = false }
      if latin.scalar(byte) != cyrillic.scalar(byte) { isAlike = false }
    }
    encoding =
      switch (mayBeLatin, mayBeCyrillic) {
      case (false, false): nil
      case (true, false): .windows1250
      case (false, true): .windows1251
      case (true, true):
        // A few words of the other kind, such as a mixed id, do not outweigh the rest.
        isAlike || latinVotes > 4 * cyrillicVotes
          ? .windows1250 : cyrillicVotes > 4 * latinVotes ? .windows1251 : nil
      }
  }
}

/// Which eight-bit encoding of the region a text is in, by the words that it would hold.
///
/// Read in the wrong encoding, words of Serbian, Croatian, Russian or Bosnian become implausible: letters of two scripts in
/// one word, capitals behind small letters, signs such as `±` in the middle, or letters that no language of the region
/// has. Each of these is a fault; the encoding with the fewest wins.
enum EightBitGuess {
  static let names = ["windows-1250", "windows-1251", "ISO-8859-2", "ISO-8859-5"]

  /// `nil` where two encodings are as good as each other and read the text differently, or none fits.
  static func best(_ bytes: some Collection<UInt8>) -> (name: String, table: EightBitEncoding)? {
    let candidates = names.compactMap { name -> (name: String, table: EightBitEncoding, faults: Int)? in
      guard let table = EightBitEncoding(name), let faults = faults(bytes, table) else { return nil }
      return (name, table, faults)
    }
    guard let least = candidates.map(\.faults).min() else { return nil }
    let best = candidates.filter { $0.faults == least }
    guard let first = best.first else { return nil }
    let isOne = best.dropFirst().allSatisfy { other in
      bytes.allSatisfy { first.table.scalar($0) == other.table.scalar($0) }
    }
    return isOne ? (first.name, first.table) : nil
  }

  private enum Kind { case none, latin, cyrillic, sign }

  /// `nil` where a byte has no character, or one that no text holds.
  private static func faults(_ bytes: some Collection<UInt8>, _ table: EightBitEncoding) -> Int? {
    var faults = 0
    var last = Kind.none
    var lastIsSmall = false
    for byte in bytes {
      guard let scalar = table.scalar(byte) else { return nil }
      if (0x80..<0xa0).contains(scalar.value) { return nil }
      let kind = kind(scalar)
      switch (last, kind) {
      case (.latin, .cyrillic), (.cyrillic, .latin), (.latin, .sign), (.cyrillic, .sign), (.sign, .latin),
        (.sign, .cyrillic):
        faults += 1
      case (.latin, .latin) where lastIsSmall && scalar.properties.isUppercase && byte >= 0x80,
        (.cyrillic, .cyrillic) where lastIsSmall && scalar.properties.isUppercase:
        faults += 1
      default: break
      }
      if byte >= 0x80, kind == .latin, !letters.contains(scalar) { faults += 1 }
      (last, lastIsSmall) = (kind, scalar.properties.isLowercase)
    }
    return faults
  }

  /// Those with marks of Serbian, Croatian and Bosnian, and of names from Hungary, Germany and Slovakia.
  private static let letters = Set("čćđšžČĆĐŠŽáéíóúöüőűäßÁÉÍÓÚÖÜŐŰÄľňťďĽŇŤĎ".unicodeScalars)

  private static func kind(_ scalar: Unicode.Scalar) -> Kind {
    switch scalar.value {
    case 0x400...0x4ff: .cyrillic
    case 0..<0x80: scalar.properties.isAlphabetic ? .latin : .none
    // Quotation marks, dashes and the no-break space stand beside words; the degree sign beside numbers.
    case 0xa0, 0xab, 0xbb, 0xb0, 0x2010...0x203a, 0x2116: .none
    default: scalar.properties.isAlphabetic ? .latin : .sign
    }
  }
}

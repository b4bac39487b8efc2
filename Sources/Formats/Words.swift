/// Bytes eight at a time, in a word whose lowest place is the first of them.
extension Span<UInt8> {
  /// Traps where there are not so many.
  func word(at index: Int) -> UInt64 {
    unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  /// The index of the first byte that is no ASCII.
  var firstBeyondASCII: Int? {
    var index = 0
    while count - index >= 8, word(at: index) & 0x8080_8080_8080_8080 == 0 { index += 8 }
    while index < count {
      if self[index] >= 0x80 { return index }
      index += 1
    }
    return nil
  }

  /// Goes behind the decimal digits from `start` on, and appends them to `number`, which wraps beyond 19 of them.
  func digits(from start: Int, to end: Int, onto number: inout UInt64) -> Int {
    var index = start
    while end - index >= 8 {
      let word = word(at: index)
      guard word.isEightDigits else { break }
      number = number &* 100_000_000 &+ word.eightDigits
      index += 8
    }
    while index < end {
      let digit = self[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      number = number &* 10 &+ UInt64(digit)
      index += 1
    }
    return index
  }
}

extension UInt64 {
  /// 0x80 in the place of every byte that equals `byte`, 0 in the others (H. S. Warren, "Hacker's Delight", 6-1).
  func markingBytes(equal byte: UInt8) -> UInt64 {
    let difference = self ^ 0x0101_0101_0101_0101 &* UInt64(byte)
    let low: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
    return ~((difference & low) &+ low | difference | low)
  }

  /// Whether one of the bytes is `byte`: only of a zero does the subtraction reach into the eighth bit (as above).
  func holds(_ byte: UInt8) -> Bool {
    let difference = self ^ 0x0101_0101_0101_0101 &* UInt64(byte)
    return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080 != 0
  }

  /// 0x80 in the place of every byte below 0x20 or beyond ASCII, 0 in the others: its seven bits and 0x60 reach the eighth.
  var markingUnprintable: UInt64 {
    (~((self & 0x7f7f_7f7f_7f7f_7f7f) &+ 0x6060_6060_6060_6060) | self) & 0x8080_8080_8080_8080
  }

  /// Whether all eight are decimal digits: the upper half of each is 3, and stays so when 6 is added.
  var isEightDigits: Bool {
    let upper: UInt64 = 0xf0f0_f0f0_f0f0_f0f0
    return self & upper == 0x3030_3030_3030_3030 && (self &+ 0x0606_0606_0606_0606) & upper == 0x3030_3030_3030_3030
  }

  /// The number that eight digits are: pairs, then fours, then all, each by one multiplication.
  var eightDigits: UInt64 {
    let ones = self & 0x0f0f_0f0f_0f0f_0f0f
    let pairs = (ones &* 10 &+ ones >> 8) & 0x00ff_00ff_00ff_00ff
    let fours = (pairs &* 100 &+ pairs >> 16) & 0x0000_ffff_0000_ffff
    return (fours &* 10_000 &+ fours >> 32) & 0xffff_ffff
  }
}

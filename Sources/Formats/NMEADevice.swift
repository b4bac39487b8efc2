/// Who made the receiver, by the first proprietary sentence: `$P` and three letters that NMEA gives to its makers.
///
/// It is the maker of the receiver's engine, which may sit in a device of another name.
struct NMEADevice {
  private(set) var maker: String?
  /// Sentences that are looked at; whoever makes himself known does it early.
  private var left = 1000

  private static let makers: [String: String] = [
    "GRM": "Garmin", "LEI": "Leica", "MGN": "Magellan", "MTK": "MediaTek", "QTM": "Quectel",
    "SRF": "SiRF", "STI": "SkyTraq", "STM": "STMicroelectronics", "TNL": "Trimble", "UBX": "u-blox",
  ]

  /// Takes a sound sentence that is none of the standard's positions.
  mutating func look(_ text: Text, _ body: Range<Int>) {
    guard maker == nil, left > 0, body.count > 4 else { return }
    left -= 1
    guard text[body.lowerBound] == UInt8(ascii: "P") else { return }
    maker = Self.makers[text.string(body.lowerBound + 1..<body.lowerBound + 4)]
  }
}

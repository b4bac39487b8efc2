import Geometry

/// One position of a KML file.
struct KMLPosition {
  var position: Geographic
  /// Metres, by whatever altitude mode; not finite where there is none.
  var elevation: Double
  var line: Int

  /// A track's fix without a time; altitude modes are not looked at.
  var height: Double? { elevation.isFinite ? elevation : nil }
}

/// A tuple of `coordinates` or `gx:coord`.
enum KMLTuple {
  case position(KMLPosition)
  /// What stands there, cut short.
  case bad(String, line: Int)
}

/// Finds the tuples in the text of `coordinates`, which comes in pieces and may be of any length: one tuple is in memory.
///
/// KML 2.2 (OGC 07-147r2, 16.9) parts tuples by blanks and allows none inside. Many files have them round the commas;
/// these are read where the tuple has two or three numbers, since behind a fourth nobody knows where a tuple ends.
struct KMLTuples {
  private static let longest = 200

  private var tuple: [UInt8] = []
  private var line = 0
  private var tupleLine = 0
  private var isBroken = false
  /// A blank was inside.
  private var isJoined = false
  private var isTooLong = false

  mutating func begin(line: Int) {
    self.line = line
    tuple.removeAll(keepingCapacity: true)
    (isBroken, isJoined, isTooLong) = (false, false, false)
  }

  mutating func take(_ bytes: [UInt8], _ found: (KMLTuple) -> Void) {
    let comma = UInt8(ascii: ",")
    for byte in bytes {
      if byte == 0x20 || (0x09...0x0d).contains(byte) {
        if byte == 0x0a { line += 1 }
        if !tuple.isEmpty { isBroken = true }
        continue
      }
      if isBroken {
        if byte == comma || tuple.last == comma { isJoined = true } else { finish(found) }
        isBroken = false
      }
      if tuple.isEmpty { tupleLine = line }
      if tuple.count < Self.longest { tuple.append(byte) } else { isTooLong = true }
    }
  }

  /// Hands on the tuple at hand, if there is one.
  mutating func finish(_ found: (KMLTuple) -> Void) {
    defer { begin(line: line) }
    guard !tuple.isEmpty else { return }
    let (text, line, isJoined) = (tuple.span, tupleLine, isJoined)
    var (numbers, count, start, isBad) = (SIMD3<Double>(0, 0, .nan), 0, 0, isTooLong)
    for index in 0...text.count where index == text.count || text[index] == UInt8(ascii: ",") {
      let field = start..<index
      start = index + 1
      // A comma at the very end parts nothing.
      if field.isEmpty, index == text.count, count >= 2 { continue }
      count += 1
      guard count <= 3 else { continue }
      // A height that is left out or cannot be read takes nothing from the place.
      if let number = text.decimal(field) { numbers[count - 1] = number } else if count < 3 { isBad = true }
    }
    let position = Geographic(numbers[0], numbers[1])
    guard !isBad, count >= 2, count <= 3 || !isJoined, position.isOnEarth else {
      return found(.bad(text.start(0..<text.count), line: line))
    }
    found(.position(KMLPosition(position: position, elevation: numbers[2], line: line)))
  }

  /// `lon lat alt`, parted by blanks, as `gx:coord` has them; `nil` for an empty one, which says that nothing is known.
  static func coord(_ bytes: [UInt8], line: Int) -> KMLTuple? {
    let text = bytes.span
    var (numbers, count, index, isBad) = (SIMD3<Double>(0, 0, .nan), 0, 0, false)
    while true {
      let rest = text.trimmed(index..<text.count)
      if rest.isEmpty { break }
      var end = rest.lowerBound
      while end < text.count, text[end] > 0x20 { end += 1 }
      if count < 3 {
        if let number = text.decimal(rest.lowerBound..<end) {
          numbers[count] = number
        } else if count < 2 {
          isBad = true
        }
      }
      count += 1
      index = end
    }
    if count == 0 { return nil }
    let position = Geographic(numbers[0], numbers[1])
    guard !isBad, (2...3).contains(count), position.isOnEarth else {
      return .bad(text.start(text.trimmed(0..<text.count)), line: line)
    }
    return .position(KMLPosition(position: position, elevation: numbers[2], line: line))
  }
}

import Formats
import Geometry
import Notation
import Survey

/// Whatever is typed is a position on the Earth, or refused; in one language it means nothing that it may not mean in all.
func parsesPosition(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  for packed in [false, true] {
    for language in [nil] + Language.allCases.map(Optional.some) {
      guard let position = try? parsePosition(text, language: language, packed: packed) else { continue }
      switch position {
      case .geographic(let place, _): law(place.isOnEarth, "\(place)")
      default: break
      }
    }
    _ = try? parseAngle(text, packed: packed)
    for axis in [Axis.latitude, .longitude] {
      guard let angle = try? parseAngle(text, as: axis, packed: packed) else { continue }
      law(abs(angle.degrees) <= (axis == .latitude ? 90 : 360), "\(angle)")
    }
  }
}

func readsTimeZone(_ bytes: [UInt8]) {
  guard let rules = try? TimeZoneRules(name: "fuzz", tzif: bytes) else { return }
  for second: Int64 in [-62_135_596_800, -1, 0, 1_777_777_777, 4_000_000_000, 253_402_300_799] {
    let time = Timestamp(milliseconds: second * 1000)
    let span = rules.span(at: time)
    law(span.contains(time), "\(span) without \(second)")
    law(abs(span.offset) <= 7 * 86_400, "\(span)")
  }
}

import Glibc

/// How far along a half circle a direction lies, growing from 0 to 1; `nil` off it. Given is how far it goes out along the
/// middle of the half circle, and how far across.
///
/// A ratio, not an angle: it grows as the angle does and costs one division.
@inline(__always)
func arcFraction(out: Double, across: Double) -> Double? {
  out >= 0 ? (1 + across / (out + abs(across))) / 2 : nil
}

/// The direction, as a unit vector, at such a fraction.
func arcDirection(_ fraction: Double) -> (out: Double, across: Double) {
  let across = 2 * fraction - 1
  let out = 1 - abs(across)
  let length = (out * out + across * across).squareRoot()
  return (out / length, across / length)
}

/// The angle, from 0 to π, by which one direction of an arc lies counter-clockwise of another.
func angle(from a: (out: Double, across: Double), to b: (out: Double, across: Double)) -> Double {
  let angle = atan2(a.out * b.across - a.across * b.out, a.out * b.out + a.across * b.across)
  // Rounding may turn half a circle the other way, or no angle at all.
  return angle < -1 ? angle + 2 * .pi : max(angle, 0)
}

func acosine(_ x: Double) -> Double { acos(x) }

func cosineAndSine(_ angle: Double) -> (cosine: Double, sine: Double) { (cos(angle), sin(angle)) }

import Glibc

/// The angle, from -π/2 to π/2, at a fraction of an arc as `Capsule.fraction(ofArc:)` counts it.
func angle(_ fraction: Double) -> Double {
  let across = 2 * fraction - 1
  return atan2(across, 1 - abs(across))
}

func acosine(_ x: Double) -> Double { acos(x) }

func cosineAndSine(_ angle: Double) -> (cosine: Double, sine: Double) { (cos(angle), sin(angle)) }

public import Geometry

/// The standard deviation of an area, in square metres, from that of its corners.
///
/// Each corner errs by itself, by `sigmas[i]` metres on each axis; one number stands for all. Then, to first order,
/// `sA² = ¼ Σ sigma[i]² |p[i+1] - p[i-1]|²`: a corner that moves by d adds the triangle over the line between its
/// neighbours. Square metres of a hectare's square: 2.8 at 0.02 m, 71 at 0.5 m, 311 at 2.2 m.
///
/// What all corners have in common, such as the accuracy of the coordinate operation or of the benchmark, moves the
/// polygon as a whole: it leaves the area as it is, and does not belong in here.
public func areaSigma(of ring: [Geographic], sigmas: [Double]) throws(AreaSigmaError) -> Double {
  var corners = ring
  if corners.count > 1, corners.first == corners.last { corners.removeLast() }
  let count = corners.count
  guard count >= 3 else { throw .tooFewCorners(count) }
  guard sigmas.count == count || (sigmas.count == ring.count && sigmas.first == sigmas.last) else {
    throw .sigmaCount(corners: count, sigmas: sigmas.count)
  }
  if let bad = sigmas.first(where: { !($0.isFinite && $0 >= 0) }) { throw .sigma(bad) }
  var sum = 0.0
  for index in 0..<count {
    let (before, after) = (corners[(index + count - 1) % count], corners[(index + 1) % count])
    let across: Double
    do { across = try Geodesic(from: before, to: after).length } catch { throw .geodesic(error) }
    sum += sigmas[index] * sigmas[index] * across * across
  }
  return sum.squareRoot() / 2
}

public func areaSigma(of ring: [Geographic], sigma: Double) throws(AreaSigmaError) -> Double {
  let isClosed = ring.count > 1 && ring.first == ring.last
  return try areaSigma(of: ring, sigmas: Array(repeating: sigma, count: ring.count - (isClosed ? 1 : 0)))
}

/// Why an area has no standard deviation.
public enum AreaSigmaError: Error, Hashable, Sendable {
  case tooFewCorners(Int)
  case sigmaCount(corners: Int, sigmas: Int)
  /// Negative, or no number.
  case sigma(Double)
  case geodesic(GeodesicError)

  public var code: String {
    switch self {
    case .tooFewCorners: "sigma.too-few"
    case .sigmaCount: "sigma.count"
    case .sigma: "sigma.invalid"
    case .geodesic(let error): error.code
    }
  }
}

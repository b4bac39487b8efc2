import CPROJ

/// Heights and times, and the units of pipelines written by hand: surveys have neither, the test suites of EPSG and PROJ do.
extension Transformer {
  enum AngularUnit { case radians, degrees }

  /// East, north, height and decimal year; infinite where PROJ cannot carry it over. Infinite years mean none.
  func transform(_ place: SIMD4<Double>, backwards: Bool = false) -> SIMD4<Double> {
    var point = proj_coord(place.x, place.y, place.z, place.w)
    let count = unsafe stages.count
    for index in 0..<count {
      let stage = unsafe stages[backwards ? count - 1 - index : index]
      unsafe proj_errno_reset(stage)
      unsafe point = proj_trans(stage, backwards ? PJ_INV : PJ_FWD, point)
    }
    return unsafe SIMD4(point.v.0, point.v.1, point.v.2, point.v.3)
  }

  /// Of what goes in; `nil` for metres. Operations between CRSs always have degrees.
  func inputUnit(backwards: Bool = false) -> AngularUnit? {
    guard let index = order(backwards).first else { return nil }
    let (stage, direction) = unsafe (stages[index], backwards ? PJ_INV : PJ_FWD)
    if unsafe proj_angular_input(stage, direction) != 0 { return .radians }
    return unsafe proj_degree_input(stage, direction) != 0 ? .degrees : nil
  }

  /// Of what comes out; `nil` for metres.
  func outputUnit(backwards: Bool = false) -> AngularUnit? {
    guard let index = order(backwards).last else { return nil }
    let (stage, direction) = unsafe (stages[index], backwards ? PJ_INV : PJ_FWD)
    if unsafe proj_angular_output(stage, direction) != 0 { return .radians }
    return unsafe proj_degree_output(stage, direction) != 0 ? .degrees : nil
  }
}

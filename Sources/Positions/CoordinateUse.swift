public import Geometry
public import Projection
public import Survey

extension Conversion {
  /// What outputs say of it.
  public var use: CoordinateUse {
    let operation = choice.operation
    var use = CoordinateUse(
      crs: source.code ?? source.name, crsName: source.name, code: operation.code, name: operation.name,
      accuracy: operation.accuracy, grids: operation.grids.map(\.name), reason: choice.reason.text)
    (use.equatedFrame, use.doubt) = (operation.equated?.frame, operation.equated?.doubt)
    use.frameShift = shift.map { "\($0.from) to \($0.to) at \($0.epoch) by \($0.operation.code)" }
    return use
  }
}

extension OperationChoice.Reason {
  /// For people.
  public var text: String {
    switch self {
    case .sameDatum: "no datum operation is needed"
    case .named: "named"
    case .preset(let name): "pinned by the preset \(name)"
    case .only: "the only one there"
    case .agreeing: "the most accurate of several that agree"
    }
  }
}

extension Georeference {
  /// The survey's frame, and how far off a position may be that is in another one: at a place and a date, in decimal years.
  public func frameUse(at place: Geographic?, epoch: Double) -> FrameUse {
    var use = FrameUse(name: "\(frame)")
    // Where EPSG says that ETRS89 is used.
    guard let place, let europe = try? ReferenceSystem("EPSG:4258"), europe.areaOfUse?.contains(place) == true,
      let etrs = ReferenceFrame("ETRS89"), let shift = try? FrameShift.between(etrs, .wgs84, epoch: epoch),
      let converter = try? shift.open(), let moved = try? converter.position(place.longitude, place.latitude)
    else { return use }
    use.doubt = (moved.distance(to: place) * 100).rounded() / 100
    return use
  }
}

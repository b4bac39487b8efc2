public import Geometry
public import Presets
public import Projection

/// How all sources of one survey are brought to one frame: one operation a datum, chosen once.
///
///     var georeference = Georeference(named: ["EPSG:9495"])
///     let conversion = try georeference.conversion(from: ReferenceSystem("EPSG:6316"), at: corners)
///     let converter = try conversion?.open()
public struct Georeference: Sendable {
  /// What everything is carried to.
  public let frame: ReferenceFrame
  /// Named by the user, or the one that holds all the hazards.
  public private(set) var preset: Preset?
  /// Whether the user named the preset, and with it takes its operations, made for a wider region or not.
  public let isPresetNamed: Bool
  public let allowsMissingGrid: Bool
  /// Codes that the user named.
  public let named: [String]
  /// The operation of each datum, by its geographic CRS.
  private var pinned: [String: String] = [:]
  /// Why the preset that the hazards are in could not be taken: its grid is there and cannot be used.
  private var gridTrouble: ProjectionError?
  /// What was chosen, a CRS each, in the order of use.
  public private(set) var conversions: [Conversion] = []

  public init(
    frame: ReferenceFrame = .wgs84, preset: Preset? = nil, named: [String] = [], allowsMissingGrid: Bool = false
  ) {
    (self.frame, self.preset, self.named, self.allowsMissingGrid) = (frame, preset, named, allowsMissingGrid)
    isPresetNamed = preset != nil
  }

  /// Takes the preset whose area holds all hazards, where the user named none and no operation.
  ///
  /// `pairs` are hazards on a grid, whose place depends on the operation: each preset is asked with its own.
  public mutating func settle(positions: [Geographic], pairs: [(crs: ReferenceSystem, points: [Projected])]) {
    guard preset == nil, named.isEmpty, !positions.isEmpty || !pairs.isEmpty else { return }
    let places = positions + pairs.flatMap { crs, points in roughly(points, in: crs) }
    var holding: [Preset] = []
    // Cheap, and sure: operations differ by less than boundaries are known.
    for preset in (try? Presets.all) ?? [] where places.allSatisfy({ preset.place(of: $0) != .outside }) {
      guard positions.allSatisfy({ preset.place(of: $0) == .inside }) else { continue }
      do {
        if try holds(preset, pairs) { holding.append(preset) }
      } catch {
        if error.code == "crs.grid" { gridTrouble = error }
      }
    }
    if holding.count == 1 { preset = holding.first }
  }

  private func roughly(_ points: [Projected], in crs: ReferenceSystem) -> [Geographic] {
    guard let checker = try? checker(of: crs) else { return [] }
    return points.compactMap { try? checker.position($0.easting, $0.northing) }
  }

  private func holds(
    _ preset: Preset, _ pairs: [(crs: ReferenceSystem, points: [Projected])]
  ) throws(ProjectionError) -> Bool {
    for (crs, points) in pairs {
      guard try place(points, in: crs, by: preset).allSatisfy({ preset.place(of: $0) == .inside }) else { return false }
    }
    return true
  }

  private func place(
    _ points: [Projected], in crs: ReferenceSystem, by preset: Preset
  ) throws(ProjectionError) -> [Geographic] {
    let choice = try OperationChoice.choose(from: crs, to: target(), at: points, wishes(for: crs, preset))
    let transformer = try Transformer.open(choice.operation)
    var (x, y) = (points.map(\.easting), points.map(\.northing))
    try transformer.transform(&x, &y)
    return zip(x, y).map { Geographic($0, $1) }
  }

  /// The way from a CRS, for points of which `samples` are some; `nil` where there is nothing to do: longitude and
  /// latitude in the survey's own frame, or in none that was declared.
  ///
  /// The first source on a datum decides for all others on it. `declared` is the frame that the source itself states,
  /// `epoch` when it was measured.
  public mutating func conversion(
    from crs: ReferenceSystem, at samples: [Projected], declared: ReferenceFrame? = nil, epoch: Double? = nil
  ) throws(ProjectionError) -> Conversion? {
    let shift = try declared.flatMap { frame throws(ProjectionError) in
      try FrameShift.between(frame, self.frame, epoch: epoch)
    }
    let target = try target()
    if crs.code == target.code, shift == nil { return nil }
    let choice: OperationChoice
    do { choice = try self.choice(from: crs, to: target, at: samples) } catch {
      // Without a preset "name an operation" is all that could be said.
      throw error.code == "crs.choice" ? gridTrouble ?? error : error
    }
    let conversion = Conversion(source: crs, choice: choice, shift: shift)
    if !conversions.contains(conversion) { conversions.append(conversion) }
    return conversion
  }

  /// The operation between any two CRSs, for points of which `samples` are some.
  public mutating func choice(
    from source: ReferenceSystem, to target: ReferenceSystem, at samples: [Projected]
  ) throws(ProjectionError) -> OperationChoice {
    let places = try check(samples, in: source)
    var wishes = wishes(for: source, preset)
    let others = self.wishes(for: target, preset)
    if wishes.named.isEmpty || wishes.named == named { wishes.named = others.named }
    if let more = others.preset { wishes.preset = (more.name, (wishes.preset?.codes ?? []) + more.codes) }
    wishes.avoided = cautions(at: places)
    let choice: OperationChoice
    do { choice = try OperationChoice.choose(from: source, to: target, at: samples, wishes) } catch {
      throw swapped(places, target) ?? error
    }
    try confine(choice.operation.datumCode, to: places)
    try keep(choice.operation, to: places)
    for crs in [source, target] {
      if let base = crs.base, base != ReferenceSystem.wgs84, choice.reason != .sameDatum {
        pinned[base] = choice.operation.datumCode
      }
    }
    return choice
  }

  /// The operations that were chosen, then those that the preset pins, by code.
  public var pinnedOperations: [String] {
    conversions.filter { $0.choice.reason != .sameDatum }.map(\.choice.operation.datumCode)
      + (preset.map { $0.grids.map(\.operation) + $0.operations.filter { $0.isOwn || isPresetNamed }.map(\.operation) }
        ?? [])
  }

  /// Where samples are, roughly. Refuses numbers that cannot be in their CRS before anything is made of them, and says what
  /// is wrong with them.
  private func check(_ samples: [Projected], in crs: ReferenceSystem) throws(ProjectionError) -> [Geographic] {
    guard let converter = try checker(of: crs) else { return [] }
    return try samples.map { sample throws(ProjectionError) in
      do throws(CoordinateFault) { return try converter.position(sample.easting, sample.northing) } catch {
        throw ProjectionError(error.code, operation: crs.code ?? crs.name, reason: error.message)
      }
    }
  }

  /// Those of some pairs that can be in a CRS.
  public func sound(_ pairs: [Projected], in crs: ReferenceSystem) throws(ProjectionError) -> [Projected] {
    guard let converter = try checker(of: crs) else { return pairs }
    return pairs.filter { (try? converter.position($0.easting, $0.northing)) != nil }
  }

  /// Whichever operation comes first will do: they differ by a kilometre or two, and what is looked for by hundreds.
  private func checker(of crs: ReferenceSystem) throws(ProjectionError) -> GridConverter? {
    let found = try candidates(from: crs, to: target(), over: nil)
    guard let operation = found.first(where: \.isUsable) ?? found.first(where: { $0.missingGrids.isEmpty }) else {
      return nil
    }
    return try GridConverter(roughly: operation)
  }

  /// Operations that look fit for a place and are not: their areas of use are boxes that reach into other countries.
  private func cautions(at places: [Geographic]) -> [String] {
    ((try? Presets.all) ?? []).filter { preset in places.contains { preset.place(of: $0) != .outside } }
      .flatMap { $0.cautions.map(\.operation) }
  }

  /// Refuses an operation that is for one country outside of that country's boundary: PROJ offers it in a box that reaches
  /// beyond. `places` need not be exact.
  public func confine(_ code: String, to places: [Geographic]) throws(ProjectionError) {
    let steps = code.split(separator: " ").map { String($0) }
    for step in steps {
      guard let preset = (try? Presets.confinement(of: step)) ?? nil else { continue }
      guard places.isEmpty || places.contains(where: { preset.place(of: $0) == .outside }) else { continue }
      throw ProjectionError(
        "crs.area", operation: step,
        reason:
          "is for \(preset.name) only, and these points lie outside its boundary: elsewhere it is off by kilometres")
    }
  }

  /// What lies past an operation's area of use by more than this is refused. Degrees: areas are boxes, and places rough.
  static let margin = 0.1

  /// Refuses an operation, named or pinned, for points outside of where its authority says it may be used.
  private func keep(_ operation: CoordinateOperation, to places: [Geographic]) throws(ProjectionError) {
    guard operation.code != "none", let area = operation.areaOfUse, area.minX <= area.maxX else { return }
    let larger = area.grown(by: Self.margin)
    guard let place = places.first(where: { !larger.contains($0) }) else { return }
    throw ProjectionError(
      "crs.area", operation: operation.label,
      reason: "is for \(operation.areaName), and a point lies near \(degrees(place.latitude)) N, "
        + "\(degrees(place.longitude)) E: name an operation, or a preset, for all of them")
  }

  /// Why there is no operation, where longitude and latitude were mistaken for each other.
  private func swapped(_ places: [Geographic], _ target: ReferenceSystem) -> ProjectionError? {
    guard let area = target.areaOfUse, area.minX <= area.maxX, let place = places.first, !area.contains(place),
      places.allSatisfy({ area.contains(Geographic($0.latitude, $0.longitude)) })
    else { return nil }
    return ProjectionError(
      "coordinate.swapped", operation: target.code ?? target.name,
      reason: "longitude \(degrees(place.longitude)), latitude \(degrees(place.latitude)) lies far from where it is "
        + "used, and would not the other way round: pairs are longitude, latitude")
  }

  /// Where positions are in a CRS, by whichever operation comes first: within a kilometre or two.
  public func rough(_ positions: [Geographic], in crs: ReferenceSystem) -> [Projected] {
    guard let target = try? target(),
      let operation = (try? candidates(from: crs, to: target, over: nil))?.first(where: \.isUsable),
      let transformer = try? Transformer.open(operation)
    else { return [] }
    return positions.compactMap { transformer.transform($0.longitude, $0.latitude, backwards: true) }
      .map { Projected($0.x, $0.y) }
  }

  private func target() throws(ProjectionError) -> ReferenceSystem { try ReferenceSystem(frame.geographicCRS) }

  private func wishes(for crs: ReferenceSystem, _ preset: Preset?) -> OperationWishes {
    var wishes = OperationWishes(named: named)
    wishes.allowsMissingGrid = allowsMissingGrid
    if let base = crs.base, let code = pinned[base] { wishes.named = [code] }
    if let preset {
      let codes =
        preset.grids.filter { $0.source == crs.base }.map(\.operation)
        + preset.operations.filter { $0.source == crs.base && ($0.isOwn || isPresetNamed) }.map(\.operation)
      if !codes.isEmpty { wishes.preset = (preset.name, codes) }
    }
    return wishes
  }
}

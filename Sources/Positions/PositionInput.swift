public import Geometry
public import Notation
public import Projection

/// Reads what somebody typed, in the CRS that was said or in none: the gate for positions.
public struct PositionInput: Sendable {
  /// What bare numbers are in; `nil` where nobody said.
  public var crs: ReferenceSystem?
  /// Whether bare numbers come in the order of the CRS's definition instead of east first.
  public var isAuthorityOrder = false
  public var language: Language?

  public init(crs: ReferenceSystem? = nil) { self.crs = crs }

  /// A pair, east (or longitude) first, and how exactly it was written, in metres along an axis.
  public struct Pair: Hashable, Sendable {
    public var first, second: Double
    public var crs: String
    public var precision: Double?
    /// Two numbers, without anything that says which is which.
    public var isBare = false
  }

  /// Reads one position. Throws `crs.undeclared` for bare numbers whose CRS nobody said, `position.crs` for a notation that
  /// contradicts what was said, and what the notation itself refuses.
  public func read(_ text: String) throws(CoordinateFault) -> Pair {
    do {
      return try pair(try parsePosition(text, language: language), text)
    } catch let error as NotationError {
      throw CoordinateFault(error.code.rawValue, "\"\(text.prefix(80))\": \(error.message); \(error.advice)")
    } catch let fault as CoordinateFault {
      throw fault
    } catch {
      throw CoordinateFault("position.syntax", "\(error)")
    }
  }

  /// Two angles whose axes are named.
  public func read(latitude: String, longitude: String) throws(CoordinateFault) -> Pair {
    do {
      let y = try parseAngle(latitude, as: .latitude, language: language)
      let x = try parseAngle(longitude, as: .longitude, language: language)
      return try pair(
        .geographic(Geographic(x.degrees, y.degrees), x.precision.step > y.precision.step ? x.precision : y.precision),
        "\(latitude), \(longitude)")
    } catch let error as NotationError {
      throw CoordinateFault(error.code.rawValue, "\(error.message); \(error.advice)")
    } catch let fault as CoordinateFault {
      throw fault
    } catch {
      throw CoordinateFault("position.syntax", "\(error)")
    }
  }

  /// Two bare numbers.
  public func pair(_ first: Double, _ second: Double) throws(CoordinateFault) -> Pair {
    guard let crs else { throw Self.undeclared(first, second) }
    let (x, y) = eastFirst(first, second)
    return Pair(first: x, second: y, crs: crs.definition, isBare: true)
  }

  /// Two bare numbers of the CRS that was said, in the order of a pair.
  public func eastFirst(_ first: Double, _ second: Double) -> (Double, Double) {
    isAuthorityOrder && crs?.isNorthFirst == true ? (second, first) : (first, second)
  }

  private func pair(_ position: WrittenPosition, _ text: String) throws(CoordinateFault) -> Pair {
    switch position {
    case .geographic(let place, let precision):
      if let crs, !crs.isGeographic { throw contradiction(text, "degrees") }
      return Pair(
        first: place.longitude, second: place.latitude, crs: crs?.definition ?? ReferenceSystem.wgs84,
        precision: precision.step * LocalScale(latitude: place.latitude).metresPerLatitude)
    case .degreePair(let first, let second, _):
      if let crs, !crs.isGeographic {
        throw CoordinateFault("coordinate.degrees", "\"\(text)\" look like degrees, and \(crs.name) is in metres")
      }
      return try pair(first, second)
    case .gridPair(let first, let second): return try pair(first, second)
    case .utm(let utm): return try pair(utm.position, text, "UTM", 0)
    case .ups(let ups): return try pair(ups.position, text, "UPS", 0)
    case .mgrs(let square): return try pair(square.position, text, "MGRS", square.size / 2)
    }
  }

  /// Grids with a zone in their text are on WGS 84, unless another datum was said: then nobody knows.
  private func pair(
    _ place: Geographic?, _ text: String, _ what: String, _ precision: Double
  ) throws(CoordinateFault) -> Pair {
    if let crs, crs.code != ReferenceSystem.wgs84 { throw contradiction(text, what) }
    guard let place else { throw CoordinateFault("position.range", "\"\(text)\" lies outside of its zone") }
    return Pair(
      first: place.longitude, second: place.latitude, crs: ReferenceSystem.wgs84,
      precision: precision > 0 ? precision : nil)
  }

  private func contradiction(_ text: String, _ what: String) -> CoordinateFault {
    CoordinateFault(
      "position.crs", "\"\(text)\" is \(what), and \(crs?.name ?? "") was declared: leave the CRS out, or correct it")
  }

  static func undeclared(_ first: Double, _ second: Double) -> CoordinateFault {
    let found = gateCandidates(first, second).map(\.text).joined(separator: "; ")
    return CoordinateFault(
      "crs.undeclared",
      "\(first), \(second): nobody said in which CRS this is, or which of the two is north"
        + (found.isEmpty ? "" : "; it could be \(found)"))
  }
}

public import Geometry

/// The CRS that was declared for a file, and what carries its coordinates to WGS 84.
///
/// Whoever loads a survey asks for it; a reader only applies it. One thread.
public struct FileCRS {
  /// As messages name it, such as `EPSG:6316`.
  public let name: String
  /// Degrees, not metres.
  public let isGeographic: Bool
  public let converter: any PositionConverter

  public init(name: String, isGeographic: Bool, converter: any PositionConverter) {
    (self.name, self.isGeographic, self.converter) = (name, isGeographic, converter)
  }

  /// Whether another way of naming a CRS, such as a URN, has the same authority and code.
  func isNamed(_ other: String) -> Bool { Self.words(name) == Self.words(other) }

  private static func words(_ name: String) -> [Substring] {
    let words = name.lowercased().split { $0 == ":" || $0 == "/" }
    // The last one: a URN begins with "urn:ogc", whoever's the code is.
    guard let authority = words.last(where: { $0 == "epsg" || $0 == "ogc" }), let code = words.last else {
      return [Substring(name.lowercased())]
    }
    return [authority, code]
  }
}

extension FileCRS {
  /// For a file that names WGS 84 itself: its numbers stay as they are, where they can be a place at all.
  public static var wgs84: FileCRS {
    FileCRS(name: "EPSG:4326", isGeographic: true, converter: PlainPositions())
  }
}

/// Longitude and latitude in degrees on WGS 84.
private struct PlainPositions: PositionConverter {
  func position(_ first: Double, _ second: Double) throws(CoordinateFault) -> Geographic {
    let position = Geographic(first, second)
    guard position.isOnEarth else {
      throw CoordinateFault(
        "coordinate.range", "\(first), \(second) is no longitude and latitude in degrees: is it a grid? Declare its CRS"
      )
    }
    guard first != 0 || second != 0 else {
      throw CoordinateFault("coordinate.null-island", "0, 0 is what programs write where they have no position")
    }
    return position
  }
}

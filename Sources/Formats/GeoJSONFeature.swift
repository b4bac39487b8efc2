public import Geometry
import Survey

/// A feature of a GeoJSON file.
public struct GeoFeature: Hashable, Sendable {
  /// A number that stands as id becomes text.
  public var id: String?
  /// `nil` where the file says `null`, or gives a geometry without coordinates (RFC 7946, 3.1).
  public var geometry: GeoGeometry?
  public var properties: [String: JSONValue]
  /// Where the feature begins in the file; in one that has no lines its number, from 1.
  public var line: Int
  /// Its number in the file, from 1, features that could not be used counted; `nil` where the reader does not count so.
  public var ordinal: Int?
  /// Whether a property may be text where a number is meant, as in KML.
  public var isUntyped = false
  /// Whether ground that may be a hole was taken for a part of it: careful for a hazard, and wrong for a claim.
  public var hasDoubtfulHoles = false

  public init(
    id: String? = nil, geometry: GeoGeometry?, properties: [String: JSONValue] = [:], line: Int
  ) {
    (self.id, self.geometry, self.properties, self.line) = (id, geometry, properties, line)
  }
}

extension GeoFeature {
  /// What a property may hold: under its name, under one that differs in capitals, and under one cut after its tenth
  /// letter, as a Shapefile cuts it and copies of it keep it. More than one where those differ: then nobody knows.
  public func values(_ name: String) -> [JSONValue] {
    let short = name.prefix(10)
    let keys = properties.keys.filter { key in
      let lower = key.lowercased()
      return lower == name || (lower.count == 10 && lower == short)
    }
    return Set(keys.compactMap { properties[$0] }).subtracting([.null]).sorted { "\($0)" < "\($1)" }
  }

  /// The one value of a property; `nil` where there is none, or several could be it.
  public func value(_ name: String) -> JSONValue? {
    let values = values(name)
    return values.count == 1 ? values.first : nil
  }
}

/// The seven geometries of RFC 7946, on WGS 84. A third and further number of a position (height, measure) is dropped.
///
/// Rings keep the direction that the file gave them. They are rings of at least three corners and no more than that:
/// whether they cross themselves is not looked at here.
public indirect enum GeoGeometry: Hashable, Sendable {
  case point(Geographic)
  case multiPoint([Geographic])
  case line([Geographic])
  case multiLine([[Geographic]])
  case polygon(Polygon<Geographic>)
  case multiPolygon([Polygon<Geographic>])
  case collection([GeoGeometry])

  /// Every polygon in it.
  public var polygons: [Polygon<Geographic>] {
    switch self {
    case .polygon(let polygon): [polygon]
    case .multiPolygon(let polygons): polygons
    case .collection(let members): members.flatMap(\.polygons)
    case .point, .multiPoint, .line, .multiLine: []
    }
  }
}

/// What a GeoJSON file holds, piece by piece.
enum GeoPiece {
  case feature(GeoFeature)
  case problem(Problem)
}

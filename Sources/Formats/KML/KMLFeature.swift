import Geometry
import Survey

/// A `gx:Track`: its arrays run side by side.
struct KMLTrack {
  /// A time that cannot be read keeps its place.
  var times: [Timestamp?] = []
  /// So does a position.
  var positions: [KMLPosition?] = []
  /// Metres; from an array of that name in the track's ExtendedData.
  var accuracies: [Double?] = []
}

/// What a Placemark holds, or another element that has a place.
struct KMLFeature {
  enum Piece {
    case point(KMLPosition)
    case line([KMLPosition])
    case polygon(outer: [KMLPosition], holes: [[KMLPosition]])
    case track(KMLTrack)
  }

  let line: Int
  /// The attribute.
  var id: String?
  var name: String?
  var description: String?
  var properties: [String: String] = [:]
  /// The name of the folder that it lies in.
  var folder: String?
  var time, begin, end: String?
  /// Of its geometries, in order, those of MultiGeometry too.
  var pieces: [Piece] = []
  var positionCount = 0
  /// Of these, the positions of polygons.
  var cornerCount = 0
  /// Why its ground is not known; told already, each by itself.
  var isIncomplete = false

  init(line: Int) { self.line = line }

  /// Whether no position of it was kept.
  var isEmpty: Bool { pieces.isEmpty && cornerCount == 0 }
}

/// What a KML file says, piece by piece.
enum KMLFound {
  case feature(KMLFeature)
  case problem(Problem)
}

/// How many elements of a file were seen, wherever they stand.
public struct KMLCounts: Hashable, Sendable {
  /// By the name of the element: Placemark, Point, LineString, LinearRing, Polygon, MultiGeometry, Track.
  public internal(set) var elements: [String: Int] = [:]
  /// Tuples of coordinates.
  public internal(set) var positions = 0
  /// Of these, those that were not used, each told.
  public internal(set) var setAside = 0
}

public import Geometry

/// How sure the contamination is (IMAS 04.10): suspected by indirect, confirmed by direct evidence.
public enum HazardClass: String, Hashable, Sendable, CaseIterable {
  case suspected = "SHA"
  case confirmed = "CHA"
}

/// A recorded hazardous area.
public struct Hazard: Hashable, Sendable, Identifiable {
  public var id: String
  /// Its class on the day that is looked at; without one, as it was recorded (`hazards(asOf:)`).
  public var hazardClass: HazardClass
  /// Its class when it was recorded.
  public var recordedClass: HazardClass
  public var recorded: CivilDate
  /// What later became of its class, by date.
  public var classChanges: [ClassChange] = []
  /// As drawn in the input, not yet checked or repaired; several where the feature is a multipolygon.
  public var polygons: [Polygon<Geographic>]
  /// Depth in centimetres that a clearance must reach; `nil` where only the survey says.
  public var requiredDepth: Double?
  /// Square metres as the record itself states them; only ever compared, never used.
  public var reportedArea: Double?
  /// Square metres, one standard deviation, where the accuracy of the corners is known.
  public var areaSigma: Double?
  public var municipality: String?
  public var village: String?
  public var evidence: String?
  /// What is suspected or confirmed in it, as its record says.
  public var ordnance: String?
  public var place: Place

  public init(
    id: String, class hazardClass: HazardClass, recorded: CivilDate, polygons: [Polygon<Geographic>], place: Place
  ) {
    (self.id, self.hazardClass, self.recorded) = (id, hazardClass, recorded)
    recordedClass = hazardClass
    (self.polygons, self.place) = (polygons, place)
  }
}

/// Where in the input something stands.
public struct Place: Hashable, Sendable, Comparable {
  /// Relative to the survey folder, or as the user named it.
  public var file: String
  /// 0 for the file as a whole.
  public var line: Int

  public init(_ file: String, line: Int = 0) { (self.file, self.line) = (file, line) }

  public static func < (a: Self, b: Self) -> Bool { (a.file, a.line) < (b.file, b.line) }
}

extension Place: CustomStringConvertible {
  public var description: String { line > 0 ? "\(file):\(line)" : file }
}

/// An explosive ordnance find, recorded where it was found.
public struct Find: Hashable, Sendable, Identifiable {
  public var id: String
  public var position: Geographic
  public var found: CivilDate
  /// As the record writes it.
  public var type: String?
  /// The name that the catalogue of ordnance has for this type; `nil` where it does not know the spelling.
  public var ordnance: String?
  /// Its kind by that catalogue, in the words of IMAS, such as `submunition`.
  public var category: String?
  /// Centimetres below the surface.
  public var depth: Double?
  /// The id of the activity that made it.
  public var activity: String?
  /// Metres; `nil` where the record does not say.
  public var sigma: Double?
  public var condition: String?
  public var disposed: CivilDate?
  public var disposal: String?
  public var place: Place

  /// A find of an earlier year is more likely the date of a clock that was reset: receivers begin at 1970 or 1980, and the
  /// week number of GPS rolled over in 1999 (IS-GPS-200, section 20.3.3.3.1.1).
  public static let firstYear = 1999

  public init(id: String, position: Geographic, found: CivilDate, place: Place) {
    (self.id, self.position, self.found, self.place) = (id, position, found, place)
  }

  /// Metres, one axis; a record without one is taken for a handheld receiver's.
  public var usedSigma: Double { sigma ?? FixQuality.unknown.assumedSigma }
}

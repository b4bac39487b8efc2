/// How the coordinates of a CRS were carried over, as every output states it.
public struct CoordinateUse: Hashable, Sendable, Codable {
  /// Such as `EPSG:6316`, and its name.
  public var crs, crsName: String
  /// The datum operations by code, "none" where there is none; and their name.
  public var code, name: String
  /// Metres; `nil` where the authority states none.
  public var accuracy: Double?
  /// Files of shifts that it reads.
  public var grids: [String]
  /// Why this operation: named, pinned by a preset, or best of those that agree.
  public var reason: String
  /// The frame that was taken for another, and the metres of doubt in it.
  public var equatedFrame: String?
  public var doubt: Double?
  /// From the declared frame to the survey's, at an epoch: `ETRS89 to WGS 84 at 2026.35`.
  public var frameShift: String?

  public init(
    crs: String, crsName: String, code: String, name: String, accuracy: Double?, grids: [String], reason: String
  ) {
    (self.crs, self.crsName, self.code, self.name) = (crs, crsName, code, name)
    (self.accuracy, self.grids, self.reason) = (accuracy, grids, reason)
  }
}

extension CoordinateUse {
  /// For people: `EPSG:6316 (MGI 1901 / Balkans zone 7) by EPSG:9495: ..., accuracy 0.46 m (pinned by ...)`.
  public var sentence: String {
    guard code != "none" else { return "\(crs) (\(crsName)): no datum operation is needed" }
    let stated = accuracy.map { ", accuracy \($0) m" } ?? ", accuracy not stated"
    let equated = equatedFrame.map { "; \($0) taken for the survey's frame, doubt \(doubt ?? 0) m" } ?? ""
    let files = grids.isEmpty ? "" : ", grids \(grids.joined(separator: ", "))"
    return "\(crs) (\(crsName)) by \(code): \(name)\(stated)\(files)\(equated) (\(reason))"
  }
}

/// The frame of all positions of a survey.
public struct FrameUse: Hashable, Sendable {
  /// Such as `WGS 84`.
  public var name: String
  /// Metres by which positions may be off whose frame nobody declared: between WGS 84 and ETRS89 where the survey is, on
  /// its last day. `nil` outside Europe, where only one of the two is in use.
  public var doubt: Double?

  public init(name: String = "WGS 84", doubt: Double? = nil) { (self.name, self.doubt) = (name, doubt) }
}

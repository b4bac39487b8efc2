public import Geometry
public import Survey

/// One feature of the partition: ground of one hazard, in one state, for one reason.
public struct ReleaseFeature: Sendable {
  public let layer: LandState
  public let hazard: Hazard
  /// On the output lattice; nothing is rounded afterwards, and neighbours share their vertices.
  public let polygons: [Polygon<LatticePoint>]
  /// Square metres on the ellipsoid, of exactly these polygons.
  public let area: Double
  /// Planar square metres in the survey's grid; `nil` without a grid.
  public let gridArea: Double?
  /// The activities that released it, in the order of their effect; empty where it remains.
  public let activities: [Activity]
  /// Square metres of it that are in the same state by the assured reckoning; `nil` where none of the activities says how
  /// accurate its boundary is.
  public let assuredArea: Double?
  /// Cleared, but not as deep as required.
  public let isShallow: Bool
  /// Ids of the finds that put it back.
  public let reopenedBy: [String]
}

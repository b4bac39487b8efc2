/// What the features of a layer are.
public enum LayerGeometry: String, Hashable, Sendable {
  case point = "POINT"
  case multiPoint = "MULTIPOINT"
  case multiLine = "MULTILINESTRING"
  case multiPolygon = "MULTIPOLYGON"
}

/// A table of features to be written, on WGS 84, with the colours that a GIS is to show it in.
public struct GeoPackageLayer: Hashable, Sendable {
  public var name: String
  /// For people, one sentence.
  public var description: String
  public var geometry: LayerGeometry
  public var columns: [Column]
  public var style: LayerStyle?

  public struct Column: Hashable, Sendable {
    public var name: String
    public var type: ColumnType

    public init(_ name: String, _ type: ColumnType) { (self.name, self.type) = (name, type) }
  }

  public init(
    _ name: String, _ geometry: LayerGeometry, _ description: String, columns: [Column], style: LayerStyle? = nil
  ) {
    (self.name, self.geometry, self.description, self.columns, self.style) = (
      name, geometry, description, columns, style
    )
  }
}

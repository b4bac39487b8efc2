/// A CRS as a file names it: a code, or WKT. What it is, only PROJ can say; a reader only hands it on.
public struct DeclaredCRS: Hashable, Sendable {
  /// `EPSG:6316`, or WKT in any of its forms, such as Esri's in a `.prj`.
  public let text: String
  /// What says so, as messages name it: the path of a `.prj`, a table.
  public let source: String

  public init(_ text: String, source: String) { (self.text, self.source) = (text, source) }
}

/// What the coordinates of a layer are in, as far as its file says.
public enum LayerCRS: Hashable, Sendable {
  /// Longitude and latitude on WGS 84 where the user declares nothing else, as GeoJSON and KML are defined.
  case wgs84
  case named(DeclaredCRS)
  /// The file could name it and does not: nobody knows.
  case undeclared
}

/// A set of features that share a CRS: a whole GeoJSON, KML or Shapefile, or a table of a GeoPackage.
public struct FeatureLayer: Hashable, Sendable {
  /// As its file calls it; empty where the file is the layer.
  public let name: String
  public let crs: LayerCRS

  public init(_ name: String = "", crs: LayerCRS) { (self.name, self.crs) = (name, crs) }
}

extension LayerStyle {
  /// The style as OGC Styled Layer Descriptor 1.1 (05-078r4), for programs other than QGIS.
  func sld(_ layer: String, _ geometry: LayerGeometry) -> String {
    let rules: [String]
    switch rule {
    case .all(let colours): rules = ["<se:Rule>\(symbolizer(colours, geometry))</se:Rule>"]
    case .byColumn(let column, let categories):
      rules = categories.map { category in
        "<se:Rule><se:Name>\(category.label.escapedXML)</se:Name><ogc:Filter><ogc:PropertyIsEqualTo><ogc:PropertyName>"
          + column.escapedXML + "</ogc:PropertyName><ogc:Literal>\(category.value.escapedXML)</ogc:Literal>"
          + "</ogc:PropertyIsEqualTo></ogc:Filter>" + symbolizer(category.colours, geometry) + "</se:Rule>"
      }
    }
    let name = layer.escapedXML
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      + "<StyledLayerDescriptor xmlns=\"http://www.opengis.net/sld\" xmlns:ogc=\"http://www.opengis.net/ogc\" "
      + "xmlns:se=\"http://www.opengis.net/se\" version=\"1.1.0\"><NamedLayer><se:Name>\(name)</se:Name><UserStyle>"
      + "<se:Name>\(name)</se:Name><se:FeatureTypeStyle>\(rules.joined())</se:FeatureTypeStyle></UserStyle></NamedLayer>"
      + "</StyledLayerDescriptor>"
  }

  private func symbolizer(_ colours: Colours, _ geometry: LayerGeometry) -> String {
    let fill =
      "<se:Fill>\(parameter("fill", colours.fill))\(parameter("fill-opacity", "\(colours.opacity)"))</se:Fill>"
    let stroke = "<se:Stroke>\(parameter("stroke", colours.stroke))\(parameter("stroke-width", "1"))</se:Stroke>"
    return switch geometry {
    case .multiPolygon: "<se:PolygonSymbolizer>\(fill)\(stroke)</se:PolygonSymbolizer>"
    case .multiLine: "<se:LineSymbolizer>\(stroke)</se:LineSymbolizer>"
    case .point, .multiPoint:
      "<se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>circle</se:WellKnownName>\(fill)\(stroke)</se:Mark>"
        + "<se:Size>7</se:Size></se:Graphic></se:PointSymbolizer>"
    }
  }

  private func parameter(_ name: String, _ value: String) -> String {
    "<se:SvgParameter name=\"\(name)\">\(value.escapedXML)</se:SvgParameter>"
  }
}

extension LayerStyle {
  /// The style as QGIS saves one (QML), for the symbol that the geometry needs.
  func qml(_ geometry: LayerGeometry) -> String {
    let renderer: String
    switch rule {
    case .all(let colours):
      renderer =
        "<renderer-v2 type=\"singleSymbol\" symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\"><symbols>"
        + symbol("0", colours, geometry) + "</symbols></renderer-v2>"
    case .byColumn(let column, let categories):
      let list = categories.enumerated().map { index, category in
        "<category symbol=\"\(index)\" value=\"\(category.value.escapedXML)\" label=\"\(category.label.escapedXML)\" "
          + "render=\"true\" type=\"string\"/>"
      }
      let symbols = categories.enumerated().map { symbol("\($0)", $1.colours, geometry) }
      renderer =
        "<renderer-v2 type=\"categorizedSymbol\" attr=\"\(column.escapedXML)\" symbollevels=\"0\" enableorderby=\"0\" "
        + "forceraster=\"0\"><categories>\(list.joined())</categories><symbols>\(symbols.joined())</symbols></renderer-v2>"
    }
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
      + "<qgis version=\"3.22.0\" styleCategories=\"Symbology\">\(renderer)</qgis>"
  }

  /// Widths and sizes are in millimetres on paper.
  private func symbol(_ name: String, _ colours: Colours, _ geometry: LayerGeometry) -> String {
    let fill = Self.rgba(colours.fill, colours.alpha), stroke = Self.rgba(colours.stroke, 255)
    let (type, layer, options): (String, String, [(String, String)]) =
      switch geometry {
      case .multiPolygon:
        (
          "fill", "SimpleFill",
          [
            ("color", fill), ("style", "solid"), ("outline_color", stroke), ("outline_style", "solid"),
            ("outline_width", "0.3"), ("outline_width_unit", "MM"), ("joinstyle", "miter"),
          ]
        )
      case .multiLine:
        (
          "line", "SimpleLine",
          [
            ("line_color", stroke), ("line_style", "solid"), ("line_width", "0.4"), ("line_width_unit", "MM"),
            ("joinstyle", "round"), ("capstyle", "round"),
          ]
        )
      case .point, .multiPoint:
        (
          "marker", "SimpleMarker",
          [
            ("name", "circle"), ("color", fill), ("outline_color", stroke), ("outline_style", "solid"),
            ("outline_width", "0.2"), ("outline_width_unit", "MM"), ("size", "2"), ("size_unit", "MM"),
          ]
        )
      }
    let list = options.map { "<Option type=\"QString\" name=\"\($0)\" value=\"\($1)\"/>" }.joined()
    return "<symbol type=\"\(type)\" name=\"\(name)\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">"
      + "<layer class=\"\(layer)\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">\(list)</Option></layer></symbol>"
  }

  private static func rgba(_ colour: String, _ alpha: Int) -> String {
    ((Colours.parts(colour) ?? [0, 0, 0]) + [alpha]).map(String.init).joined(separator: ",")
  }
}

/// The colours of a layer: of all its features, or by the value of a column.
public struct LayerStyle: Hashable, Sendable {
  /// As simplestyle 1.1 has them: `#rrggbb`; the opacity is the fill's, from 0 to 1.
  public struct Colours: Hashable, Sendable {
    public var fill: String, opacity: Double, stroke: String

    public init(fill: String, opacity: Double, stroke: String) {
      (self.fill, self.opacity, self.stroke) = (fill, opacity, stroke)
    }
  }

  /// Features that look alike: those with this value in the style's column.
  public struct Category: Hashable, Sendable {
    public var value: String, label: String
    public var colours: Colours

    public init(_ value: String, label: String, _ colours: Colours) {
      (self.value, self.label, self.colours) = (value, label, colours)
    }
  }

  /// The column, and what its values look like; or one look for all.
  public enum Rule: Hashable, Sendable {
    case all(Colours)
    case byColumn(String, [Category])
  }

  public var rule: Rule

  public init(_ rule: Rule) { self.rule = rule }
}

extension LayerStyle.Colours {
  /// Red, green, blue, from 0 to 255; `nil` where the text is no colour.
  static func parts(_ colour: String) -> [Int]? {
    guard colour.utf8.count == 7, colour.hasPrefix("#"), let number = Int(colour.dropFirst(), radix: 16) else {
      return nil
    }
    return [number >> 16, number >> 8 & 255, number & 255]
  }

  /// From 0 to 255.
  var alpha: Int { Int((min(max(opacity, 0), 1) * 255).rounded()) }
}

extension String {
  /// For an attribute or the content of an element.
  var escapedXML: String {
    replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing(
      "\"", with: "&quot;")
  }
}

/// What a point is, in the words of IMAS 04.10.
public enum PointType: Hashable, Sendable {
  case reference, benchmark, start, turning, intermediate, evidence
  /// In the sheet's own words.
  case other(String)

  /// By its name in any case, with or without "point"; `nil` for a blank one.
  public init?(_ name: String) {
    let words = name.prefix(100).lowercased().split { !$0.isLetter }.filter { $0 != "point" }
    switch words.joined(separator: " ") {
    case "" where name.allSatisfy(\.isWhitespace): return nil
    case "reference", "landmark", "rp": self = .reference
    case "benchmark", "bench mark", "bm": self = .benchmark
    case "start", "starting", "datum", "sp": self = .start
    case "turning", "tp": self = .turning
    case "intermediate", "ip": self = .intermediate
    case "evidence", "ep": self = .evidence
    default: self = .other(name)
    }
  }

  /// As IMSMA NG writes it.
  public var name: String {
    switch self {
    case .reference: "Reference Point"
    case .benchmark: "Benchmark"
    case .start: "Start Point"
    case .turning: "Turning Point"
    case .intermediate: "Intermediate Point"
    case .evidence: "Evidence Point"
    case .other(let name): name
    }
  }

  /// Whether the perimeter of a polygon goes through it.
  public var isCorner: Bool { self == .start || self == .turning || self == .intermediate }
}

public import Formats
internal import Positions
public import Projection

/// The CRS of a file whose layers say themselves what they are in.
public struct LayersCRS: Sendable {
  public let crs: ReferenceSystem
  /// Who was not understood, and was therefore not compared with what was declared.
  public let remark: String?

  /// `declared` is what the user says; `nil` where nobody says anything and the format is on WGS 84 by itself.
  ///
  /// Throws `crs.differs` where the file and the user name two CRSs, `crs.several` where its layers do, `crs.unidentified` for
  /// what PROJ does not recognise, and `crs.undeclared` where neither says anything.
  public static func of(_ layers: [FeatureLayer], declared: String?) throws(ProjectionError) -> LayersCRS? {
    let wanted = try declared.map { name throws(ProjectionError) in
      try ReferenceSystem.named(name == "OGC:CRS84" ? ReferenceSystem.wgs84 : name)
    }
    var own: [(says: DeclaredCRS, crs: ReferenceSystem)] = []
    var remark: String?
    for layer in layers {
      guard case .named(let says) = layer.crs, !own.contains(where: { $0.says == says }) else { continue }
      do { own.append((says, try ReferenceSystem(identifying: says.text))) } catch {
        guard let wanted else {
          throw ProjectionError(
            error.code, operation: says.file,
            reason:
              "(\(error.operation.oneLine)): \(error.reason); if you know it, declare it: crs = \"EPSG:...\", or --crs")
        }
        // What can be told of it all the same: degrees are no metres.
        if let described = try? ReferenceSystem(says.text), described.isGeographic != wanted.isGeographic {
          throw differs(says, described, wanted)
        }
        remark =
          "\(says.file) (\(error.operation.oneLine)) is no CRS that could be identified: \(wanted.label) is taken, as declared"
      }
    }
    if let wanted {
      for other in own where !wanted.isSame(as: other.crs) { throw differs(other.says, other.crs, wanted) }
      return LayersCRS(crs: wanted, remark: remark)
    }
    guard let first = own.first else {
      guard layers.contains(where: { $0.crs == .undeclared }) else { return nil }
      throw undeclared
    }
    guard !layers.contains(where: { $0.crs == .undeclared }) else { throw undeclared }
    for other in own.dropFirst() where !first.crs.isSame(as: other.crs) {
      throw several("\(first.says.file) says \(first.crs.label), and \(other.says.file) \(other.crs.label)")
    }
    if first.crs.code != ReferenceSystem.wgs84, layers.contains(where: { $0.crs == .wgs84 }) {
      throw several("\(first.says.file) says \(first.crs.label), and another file in it is on WGS 84")
    }
    return LayersCRS(crs: first.crs, remark: nil)
  }

  private static let undeclared = ProjectionError(
    "crs.undeclared", operation: "this file",
    reason:
      "does not say what its coordinates are in, and neither does anyone else: declare it: crs = \"EPSG:...\", or --crs"
  )

  private static func differs(_ says: DeclaredCRS, _ own: ReferenceSystem, _ wanted: ReferenceSystem) -> ProjectionError
  {
    ProjectionError(
      "crs.differs", operation: says.file,
      reason: "says \(own.label), and declared is \(wanted.label): find out which is right, and correct the other")
  }

  private static func several(_ why: String) -> ProjectionError {
    ProjectionError(
      "crs.several", operation: "this file",
      reason: "\(why): name each file, or each layer of it, in a table of its own")
  }
}

extension DeclaredCRS {
  /// What says so, without its folder.
  fileprivate var file: String { String(source.split(separator: "/").last ?? "") }
}

extension String {
  /// What a file says may go over several lines, and a message does not.
  fileprivate var oneLine: String { split { $0.isWhitespace }.joined(separator: " ") }
}

extension ReferenceSystem {
  /// `EPSG:6316 (MGI 1901 / Balkans zone 7)`.
  var label: String { code.map { "\($0) (\(name))" } ?? name }
}

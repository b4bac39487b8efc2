import ArgumentParser
import Formats
import GeoPackage
import Survey

/// What commands that read logs write.
enum LogOutput: String, CaseIterable, ExpressibleByArgument { case geojson, gpkg }

/// Refuses standard output for what is no stream.
func needFile(_ output: String?) throws(ValidationError) {
  guard output == nil else { return }
  throw ValidationError("--format gpkg makes a database, which cannot go to standard output: name a file with -o.")
}

/// A writer of features that closures may share; the first failure is kept and told at the next turn.
final class FeatureBox {
  private var json: GeoJSONWriter<Output>?
  private var package: GeoPackageFeatureWriter?
  private var failure: OutputFailed?
  /// Of all that was written.
  private var last: Timestamp?

  /// `layers` are those of a GeoPackage.
  init(_ format: LogOutput, _ output: String?, layers: [GeoPackageLayer]) throws(OutputFailed) {
    switch format {
    case .geojson: json = GeoJSONWriter(try Output.open(output))
    case .gpkg: package = try GeoPackageFeatureWriter.open(output ?? "", layers: layers)
    }
  }

  /// `layer` is where it belongs in a GeoPackage, `time` the latest that it knows of.
  func feature(_ shape: GeoJSONShape?, _ properties: JSONObject, layer: String, time: Timestamp?) {
    write(time) { () throws(OutputFailed) in
      try json?.feature(shape, properties)
      try package?.feature(shape, properties, layer: layer)
    }
  }

  /// A fix as a point.
  func feature(_ marked: MarkedFix, _ listing: FixListing, layer: String) {
    write(marked.fix.time) { () throws(OutputFailed) in
      try json?.feature(marked, listing)
      try package?.feature(.points([marked.fix.position]), listing.properties(marked), layer: layer)
    }
  }

  /// The lines of a spool, of which a GeoPackage needs the whole at once.
  func lines(of spool: LineSpool, _ properties: JSONObject, layer: String, time: Timestamp?) {
    write(time) { () throws(OutputFailed) in
      try json?.lines(of: spool, properties)
      if package != nil { try package?.feature(.lines(spool.whole().lines), properties, layer: layer) }
    }
  }

  func isolated(of spool: LineSpool, _ properties: JSONObject, layer: String, time: Timestamp?) {
    write(time) { () throws(OutputFailed) in
      try json?.isolated(of: spool, properties)
      if package != nil { try package?.feature(.points(spool.whole().isolated), properties, layer: layer) }
    }
  }

  private func write(_ time: Timestamp?, _ body: () throws(OutputFailed) -> Void) {
    guard failure == nil else { return }
    if let time { last = max(last ?? time, time) }
    do throws(OutputFailed) { try body() } catch { failure = error }
  }

  func check() throws(OutputFailed) { if let failure { throw failure } }

  func finish(_ members: JSONObject) throws(OutputFailed) {
    try check()
    if let json = json.take() { try json.finish(members).finish() }
    if let package = package.take() { try package.finish(members, lastChange: last.map { "\($0)" }) }
  }
}

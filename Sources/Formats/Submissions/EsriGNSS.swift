import Geometry
import Survey

/// What ArcGIS Field Maps and Survey123 keep of a point's measurement beside its geometry: the fields `ESRIGNSS_…`, in
/// any case, or by the names that their layers show.
///
/// Esri, "GPS metadata fields": fix types 0 not valid, 1 GPS, 2 differential, 4 RTK fixed, 5 RTK float, which are
/// GGA's; position source 1 is the user; times are UTC, in milliseconds since 1970. `H_RMS` is taken as the sigma of one
/// axis: whether it is of one or of both, and of 68 or 95 %, is a setting of the app, and all of these err on the
/// careful side. When a form was made or edited (`CreationDate`, `EditDate`) is not when its point was measured.
struct EsriGNSS {
  private static let names = [
    "horizontal accuracy (m)": "esrignss_h_rms", "fix type": "esrignss_fixtype", "hdop": "esrignss_hdop",
    "number of satellites": "esrignss_numsats", "position source type": "esrignss_positionsourcetype",
    "position source": "esrignss_positionsourcetype", "fix time": "esrignss_fixdatetime",
  ]
  private static let fixTypes = [
    "fix not valid": 0, "gps": 1, "differential gps": 2, "rtk fixed": 4, "rtk float": 5,
  ]
  private static let titles = ["name", "label", "title", "id", "globalid"]

  /// By their names in lower case.
  private let fields: [String: JSONValue]

  /// `nil` where the properties are not those of such a layer.
  init?(properties: [String: JSONValue]) {
    guard ["globalid", "GlobalID", "GLOBALID"].contains(where: { properties[$0] != nil }) else { return nil }
    self.init(properties)
    let marks = ["creationdate", "editdate", "created_date", "last_edited_date", "esrignss_h_rms", "esrignss_fixtype"]
    guard marks.contains(where: { fields[$0] != nil }) else { return nil }
  }

  init(_ fields: some Sequence<(key: String, value: JSONValue)>) {
    let named = fields.map { field in
      let name = field.key.lowercased()
      return (Self.names[name] ?? name, field.value)
    }
    self.fields = Dictionary(named) { first, _ in first }
  }

  /// What its people call the point.
  var title: String? {
    Self.titles.lazy.compactMap { fields[$0] }.compactMap { value in
      if case .int(let number) = value { return "\(number)" }
      return value.text.flatMap { $0.isEmpty ? nil : $0 }
    }.first
  }

  /// Adds to `fix` what is known of it; returns what of that cannot be understood.
  func describe(_ fix: inout Fix) -> Problem? {
    if let metres = number("esrignss_h_rms"), metres > 0 { fix.sigma = metres }
    fix.hdop = number("esrignss_hdop")
    fix.satellites = number("esrignss_numsats").flatMap { Int(exactly: $0) }
    if let time = fields["esrignss_fixdatetime"]?.double, let milliseconds = Int64(exactly: time.rounded()) {
      fix.time = Timestamp(milliseconds: milliseconds)
    }
    if number("esrignss_positionsourcetype") == 1 || fields["esrignss_positionsourcetype"]?.text == "User defined" {
      fix.quality = .manual
      return nil
    }
    guard let type = fields["esrignss_fixtype"], type != .null, type.text != "" else { return nil }
    let digit = number("esrignss_fixtype") ?? type.text.flatMap { Self.fixTypes[$0.lowercased()] }.map(Double.init)
    if let digit, let raw = UInt8(exactly: digit), let quality = FixQuality(rawValue: raw), quality != .unknown {
      fix.quality = quality
      return nil
    }
    fix.quality = .invalid
    return Problem("esri.quality", line: fix.line, "a fix type that is not known: the point counts as not measured")
  }

  private func number(_ name: String) -> Double? {
    fields[name].flatMap { $0.double ?? $0.text.flatMap { GeoText.number($0) } }.flatMap { $0.isFinite ? $0 : nil }
  }
}

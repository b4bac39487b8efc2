import Formats
import Glibc
import Survey
import SurveyFolder

/// What is read by its name lies in memory all the same.
func withFile(_ bytes: [UInt8], named name: String, _ body: (_ folder: String, _ path: String) -> Void) {
  let folder = "/dev/shm/razmin-fuzz-\(getpid())"
  let path = folder + "/" + name
  mkdir(folder, 0o700)
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  law(descriptor >= 0, "cannot write \(path)")
  var written = 0
  while written < bytes.count {
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written) }
    law(count > 0, "cannot write \(path)")
    written += count
  }
  close(descriptor)
  body(folder, path)
  unlink(path)
  rmdir(folder)
}

/// Every member of an archive is read or refused.
func readsArchive(_ bytes: [UInt8]) {
  withFile(bytes, named: "a.kmz") { _, path in
    try? LogReader.eachLog(of: path, refused: { law(!$0.code.isEmpty, "no code") }) { file in
      var log = FieldLog()
      _ = try? LogReader.read(file, into: &log)
      if let counts = log.counts { law(counts.addsUp, "\(counts)") }
    }
  }
}

/// A shapefile and its table, the length of the first before both: every record is used, or set aside with a code.
func readsShapefile(_ bytes: [UInt8]) {
  guard bytes.count > 2 else { return }
  let rest = bytes.dropFirst(2)
  let length = min(rest.count, Int(bytes[0]) << 8 | Int(bytes[1]))
  withFile(Array(rest.dropFirst(length)), named: "a.dbf") { _, _ in
    withFile(Array(rest.prefix(length)), named: "a.shp") { _, path in
      guard let file = try? FeatureFile.open(LogFile(path)) else { return }
      for layer in file.layers {
        let reading = try? file.readFeatures(of: layer, in: .wgs84) { feature in
          if let geometry = feature.geometry { checkIsSound(geometry) }
        } problem: {
          law(!$0.code.isEmpty, "no code")
        }
        if let counts = reading?.records { law(counts.addsUp, "\(counts)") }
      }
    }
  }
}

/// A survey is loaded, or refused with a reason.
func loadsSurvey(_ bytes: [UInt8]) {
  withFile(bytes, named: "survey.toml") { folder, _ in
    let result = SurveyFolder.load(folder)
    law((result.survey == nil) == !result.fatal.isEmpty, "no survey, and no reason: \(result.fatal)")
  }
}

import Formats
import Glibc
import Survey
import SurveyFolder

/// What is read by its name lies in memory all the same.
private func withFile(_ bytes: [UInt8], named name: String, _ body: (_ folder: String, _ path: String) -> Void) {
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

/// A survey is loaded, or refused with a reason.
func loadsSurvey(_ bytes: [UInt8]) {
  withFile(bytes, named: "survey.toml") { folder, _ in
    let result = SurveyFolder.load(folder)
    law((result.survey == nil) == !result.fatal.isEmpty, "no survey, and no reason: \(result.fatal)")
  }
}

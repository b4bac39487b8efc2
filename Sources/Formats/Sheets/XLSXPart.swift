import Survey

/// Reads a part of a workbook; throws `xlsx.xml` where it is damaged or declares a document type.
func readXML(_ bytes: [UInt8], part: String, path: String, into sink: some XMLSink) throws(FileUnreadable) {
  var stream = XMLStream(sink)
  stream.parse(bytes, isLast: true)
  guard let stop = stream.stop else { return }
  if let refusal = sink.refusal { throw refusal }
  switch stop {
  case .doctype:
    throw FileUnreadable(
      path, .refused, code: "xlsx.xml", "\(part) in it declares a document type, as no workbook does: it is not read")
  case .refused, .encoding, .damaged:
    var reason = "an encoding that is not known here"
    if case .damaged(let what) = stop { reason = what }
    throw FileUnreadable(
      path, .refused, code: "xlsx.xml",
      "\(part) in it is damaged in line \(stream.line) (\(reason)): save the workbook again, or as CSV")
  }
}

import Formats
import Geometry
import Survey

/// Ends the process, which libFuzzer takes for a finding, where a law does not hold.
func law(_ holds: Bool, _ what: @autoclosure () -> String) {
  if !holds { fatalError(what()) }
}

/// A log says the same wherever its blocks are cut, its counts add up, and every position is one.
func readsTheSame(_ format: (any LogFormat.Type)?, _ bytes: [UInt8]) {
  var options = ReadOptions()
  // Who names the columns of a sheet gets another way through the reader; the first byte of a sheet has no meaning alone.
  if format == CSV.self, bytes.first.map({ $0 % 4 == 1 }) ?? false {
    options.columns = ["lat": 1, "lon": 2, "time": 3]
  }
  let whole = log(format, bytes, options, blockSize: ByteSource.standardBlockSize)
  let cut = log(format, bytes, options, blockSize: blockSize(for: bytes))
  if isDamagedXML(whole.log.problems) && isDamagedXML(cut.log.problems) {
    // expat keeps to itself what stands before the damage in the same run of text and the same block.
    law(areBeginnings(whole.log.fixes, cut.log.fixes), "the fixes differ before the damage")
    law(areBeginnings(whole.log.waypoints, cut.log.waypoints), "the waypoints differ before the damage")
  } else {
    law(whole.refusal == cut.refusal, "\(String(describing: whole.refusal)) and \(String(describing: cut.refusal))")
    law(whole.log.tracks == cut.log.tracks, "the fixes differ")
    law(whole.log.waypoints == cut.log.waypoints, "the waypoints differ")
    law(whole.log.problems == cut.log.problems, "\(whole.log.problems) and \(cut.log.problems)")
    law(whole.log.counts == cut.log.counts, "the counts differ")
  }
  for fix in whole.log.fixes { checkIsSound(fix) }
  for waypoint in whole.log.waypoints { checkIsSound(waypoint.fix) }
  if whole.refusal == nil, let counts = whole.log.counts { law(counts.addsUp, "\(counts)") }
}

func isDamagedXML(_ problems: [Problem]) -> Bool { problems.contains { $0.code.hasSuffix(".xml") } }

/// Whether the shorter of two lists is how the longer begins.
func areBeginnings<T: Equatable>(_ a: [T], _ b: [T]) -> Bool {
  a.count < b.count ? b.starts(with: a) : a.starts(with: b)
}

/// Small and odd, so that cuts fall everywhere; from the bytes themselves, so that a finding is a file like any other.
func blockSize(for bytes: [UInt8]) -> Int {
  let sizes = [1, 2, 3, 5, 7, 13, 64, 257, 1024, 4099]
  // FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo).
  let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  // Long inputs in single bytes would only be slow.
  return max(sizes[Int(hash >> 32) % sizes.count], bytes.count / 2048)
}

private func log(
  _ format: (any LogFormat.Type)?, _ bytes: [UInt8], _ options: ReadOptions, blockSize: Int
) -> (log: FieldLog, refusal: FileUnreadable?) {
  var input = ByteSource(bytes: bytes, blockSize: blockSize)
  var log = FieldLog()
  do throws(FileUnreadable) {
    let found = if let format { format } else { try LogReader.format(of: &input, options: options) }
    _ = try found.read(&input, options: options, into: &log)
    return (log, nil)
  } catch { return (log, error) }
}

private func checkIsSound(_ fix: Fix) {
  law(isPlace(fix.position), "\(fix.position)")
  law(fix.sigma.map { $0 >= 0 && $0.isFinite } ?? true, "sigma \(String(describing: fix.sigma))")
  law(fix.elevation?.isFinite ?? true, "elevation \(String(describing: fix.elevation))")
  law(fix.hdop?.isFinite ?? true, "hdop \(String(describing: fix.hdop))")
}

func isPlace(_ position: Geographic) -> Bool {
  abs(position.latitude) <= 90 && abs(position.longitude) <= 180
}

func decompressesTheSame(_ bytes: [UInt8]) {
  func all(_ blockSize: Int) -> ([UInt8], Problem?) {
    var input = ByteSource(bytes: bytes, blockSize: blockSize)
    var read: [UInt8] = []
    // What is small packed may be very large unpacked, and its end no other than its beginning.
    while read.count < 4 << 20, let block = try? input.next() { read += block }
    return read.count < 4 << 20 ? (read, input.problem) : ([], nil)
  }
  let (whole, cut) = (all(ByteSource.standardBlockSize), all(blockSize(for: bytes)))
  law(whole.0 == cut.0, "the bytes differ")
  law(whole.1 == cut.1, "\(String(describing: whole.1)) and \(String(describing: cut.1))")
}

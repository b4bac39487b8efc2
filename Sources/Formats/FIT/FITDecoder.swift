import Survey

/// The messages of one FIT file, or of one part of a chained one.
struct FITDecoder {
  /// Whether the file was read to its end, so that another may follow.
  private(set) var isWhole = false
  private let header: FITHeader
  private let part: Int
  /// Bytes of messages that are still to come; `nil` where the header does not know.
  private var left: Int?
  private var definitions: [FITDefinition?] = Array(repeating: nil, count: 16)
  private var lastTime: UInt32?
  private var index = 0

  init(_ header: FITHeader, part: Int) {
    (self.header, self.part) = (header, part)
    left = header.dataLength == 0 ? nil : header.dataLength
  }

  /// The next data message; `nil` at the end, or where nothing more can be made out.
  mutating func next(
    _ bytes: inout FITBytes, _ input: inout ByteSource, _ events: inout Events
  ) throws(FileUnreadable) -> FITMessage? {
    while left.map({ $0 > 0 }) ?? true {
      guard try bytes.reach(1, &input) else {
        end(&events)
        return nil
      }
      // Where the header knows no length, the checksum are the last two bytes, and another header may follow it.
      if left == nil, try isAtChecksum(&bytes, &input) { break }
      guard let first = try take(1, &bytes, &input)?.first else {
        cut(&events)
        return nil
      }
      if first & 0xc0 == 0x40 {
        guard let definition = try define(hasDeveloperFields: first & 0x20 != 0, &bytes, &input) else {
          cut(&events)
          return nil
        }
        definitions[Int(first & 0x0f)] = definition
        continue
      }
      // A compressed timestamp leaves two bits for the local type.
      let isCompressed = first & 0x80 != 0
      let local = Int(isCompressed ? first >> 5 & 0x03 : first & 0x0f)
      index += 1
      guard let definition = definitions[local] else {
        events.problem(
          "fit.undefined", line: index,
          "message \(index) is of local type \(local), which was not defined, so that its length is not known: "
            + "what came before is used; fetch the file again")
        return nil
      }
      guard let data = try take(definition.length, &bytes, &input) else {
        cut(&events)
        return nil
      }
      var message = FITMessage(definition, data, index: index)
      if let time = message.time {
        lastTime = time
      } else if isCompressed, let last = lastTime {
        // Five bits that count on from the last time (FIT protocol, "Compressed Timestamp Header").
        let time = last &+ (UInt32(first & 0x1f) &- last) & 0x1f
        (message.time, lastTime) = (time, time)
      }
      return message
    }
    try check(&bytes, &input, &events)
    return nil
  }

  private mutating func take(
    _ count: Int, _ bytes: inout FITBytes, _ input: inout ByteSource
  ) throws(FileUnreadable) -> ArraySlice<UInt8>? {
    // A message may not reach into the checksum.
    if let left, left < count { return nil }
    let piece = try bytes.take(count, &input)
    left = left.map { $0 - count }
    return piece
  }

  private mutating func define(
    hasDeveloperFields: Bool, _ bytes: inout FITBytes, _ input: inout ByteSource
  ) throws(FileUnreadable) -> FITDefinition? {
    guard let head = try take(5, &bytes, &input).map(Array.init) else { return nil }
    var definition = FITDefinition(isBigEndian: head[1] == 1, global: Int(head[2]), Int(head[3]))
    guard let fields = try take(Int(head[4]) * 3, &bytes, &input).map(Array.init) else { return nil }
    for start in stride(from: 0, to: fields.count, by: 3) {
      definition.add(field: fields[start], size: Int(fields[start + 1]), type: fields[start + 2])
    }
    guard hasDeveloperFields else { return definition }
    guard let count = try take(1, &bytes, &input)?.first,
      let developer = try take(Int(count) * 3, &bytes, &input).map(Array.init)
    else { return nil }
    for start in stride(from: 0, to: developer.count, by: 3) { definition.skip(Int(developer[start + 1])) }
    return definition
  }

  private func isAtChecksum(_ bytes: inout FITBytes, _ input: inout ByteSource) throws(FileUnreadable) -> Bool {
    let hasMore = try bytes.reach(3, &input)
    let ahead = bytes.peek(2)
    let isSum = ahead.count == 2 && UInt16(ahead[0]) | UInt16(ahead[1]) << 8 == bytes.checksum
    guard hasMore else { return isSum }
    // A chained file: the checksum, and a header behind it.
    guard isSum, try bytes.reach(2 + FITHeader.shortest, &input) else { return false }
    return FITHeader(Array(bytes.peek(2 + FITHeader.shortest)[2...])) != nil
  }

  private mutating func check(
    _ bytes: inout FITBytes, _ input: inout ByteSource, _ events: inout Events
  ) throws(FileUnreadable) {
    let sum = bytes.checksum
    guard let stored = try bytes.take(2, &input).map(Array.init) else { return cut(&events) }
    isWhole = true
    if left == nil { unfinished(&events) }
    guard UInt16(stored[0]) | UInt16(stored[1]) << 8 != sum else { return }
    events.problem(
      "fit.crc", line: index,
      "the checksum of \(name) is wrong: something in it was changed or damaged; what can be read is used, compare it with the device"
    )
  }

  /// The file ends between two messages.
  private mutating func end(_ events: inout Events) {
    if left == nil { unfinished(&events) } else { cut(&events) }
  }

  private func unfinished(_ events: inout Events) {
    events.problem(
      "fit.unfinished", line: index,
      "the device did not finish \(name): its header says no length; everything that can be read is used")
  }

  private func cut(_ events: inout Events) {
    events.problem(
      "fit.truncated", line: index,
      "\(name) ends in the middle: what came before is used; fetch the file again")
  }

  private var name: String { part == 1 ? "the file" : "part \(part) of the file" }
}

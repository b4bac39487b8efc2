import Glibc
import Survey

/// The lines of a text, taken from its blocks without copying more than one line a block.
///
///     var lines = LineSource()
///     while let line = try lines.next(&input) { parse(lines.bytes.span, line.range) }
///
/// A line ends at LF, CR or CRLF. One longer than 1 MiB is not handed out but reported, so that memory stays bounded.
struct LineSource: ~Copyable {
  struct Line {
    /// Where it lies in `bytes`, without its end; valid until the next call of `next`.
    var range: Range<Int>
    /// From 1.
    var number: Int
    /// The line itself is lost: `range` is empty.
    var isTooLong = false

    var problem: Problem {
      Problem("text.long-line", line: number, "the line is longer than 1 MiB and is not used; is this a text file?")
    }
  }

  private(set) var bytes: [UInt8] = []
  private var position = 0
  private var number = 0
  private var atEnd = false
  private var endedWithCR = false
  private var isSkipping = false
  // The first end of either kind at or after `position`, so that a text with only one kind is not searched again and
  // again for the other.
  private var nextLF = 0
  private var nextCR = 0
  private let longest: Int
  private let cutsAt: UInt8?

  /// `longest` in bytes; another than the standard one only in tests.
  ///
  /// With `cutsAt`, a longer line is handed out in pieces, each before such a byte where one is near, and not reported:
  /// what lies between two line ends of a binary file is no line.
  init(longest: Int = 1 << 20, cutsAt: UInt8? = nil) { (self.longest, self.cutsAt) = (longest, cutsAt) }

  /// The next line, `nil` after the last; a last line without an end counts, an empty one does not.
  mutating func next(_ input: inout ByteSource) throws(FileUnreadable) -> Line? {
    while true {
      if endedWithCR, position < bytes.count {
        endedWithCR = false
        if bytes[position] == UInt8(ascii: "\n") { position += 1 }
      }
      if nextLF < position { nextLF = find("\n", from: position) }
      if nextCR < position { nextCR = find("\r", from: position) }
      let end = min(nextLF, nextCR)
      if end < bytes.count {
        endedWithCR = nextCR < nextLF
        return take(to: end, next: end + 1)
      }
      if atEnd {
        guard position < bytes.count || isSkipping else { return nil }
        return take(to: bytes.count, next: bytes.count)
      }
      if let cutsAt, bytes.count - position > longest { return piece(before: cutsAt) }
      try refill(&input)
    }
  }

  /// What is there of a line without an end; its number is that of the line.
  private mutating func piece(before byte: UInt8) -> Line {
    let start = position
    let recent = max(start + 1, bytes.count - 1024)
    position = bytes[recent...].lastIndex(of: byte) ?? bytes.count
    return Line(range: start..<position, number: number + 1)
  }

  private mutating func take(to end: Int, next: Int) -> Line {
    defer { (position, isSkipping) = (next, false) }
    number += 1
    guard !isSkipping, cutsAt != nil || end - position <= longest else {
      return Line(range: position..<position, number: number, isTooLong: true)
    }
    return Line(range: position..<end, number: number)
  }

  private mutating func refill(_ input: inout ByteSource) throws(FileUnreadable) {
    if bytes.count - position > longest {
      isSkipping = true
      position = bytes.count
    }
    guard let block = try input.next() else {
      atEnd = true
      // Of a number that is cut off, what is left is another number.
      if let code = input.problem?.code, ["gzip.truncated", "gzip.corrupt"].contains(code) { position = bytes.count }
      return
    }
    bytes = position == bytes.count ? block : Array(bytes[position...]) + block
    (position, nextLF, nextCR) = (0, -1, -1)
  }

  /// The index of `character` in `bytes`, or their count.
  private func find(_ character: Unicode.Scalar, from start: Int) -> Int {
    let value = Int32(character.value)
    return unsafe bytes.withUnsafeBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress,
        let found = unsafe memchr(base + start, value, bytes.count - start)
      else { return bytes.count }
      return unsafe UnsafeRawPointer(found) - base
    }
  }
}

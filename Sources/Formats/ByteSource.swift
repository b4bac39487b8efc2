import Digests
public import Survey

/// The bytes of a file in blocks, decompressed where it is gzip'd, and hashed as they lie on disk.
///
///     var input = try ByteSource(path: "2026-05-03.gpx.gz")
///     while let block = try input.next() { parse(block) }
///     let (bytes, sha256) = try input.finish()
///
/// A gzip that is damaged is used as far as it goes; `problem` then says so, and a reader hands that on at its end.
public struct ByteSource: ~Copyable {
  /// As the user named it.
  public let path: String
  /// What was wrong with the compression, or with the encoding of a text, known once the end has been reached.
  public private(set) var problem: Problem?

  private var file: RawFile
  private var digest: Digest
  private var inflater = Inflater()
  private(set) var isCompressed = false
  private var started = false
  private var ended = false
  /// Blocks that `head` has read and `next` has not yet handed out.
  private var ahead: [[UInt8]] = []
  private var aheadIndex = 0
  private var rawCount = 0
  private let blockSize: Int
  private var decoder: TextDecoder?
  /// Where the files are that belong to it.
  var siblings = Siblings.none

  public static let standardBlockSize = 1 << 20

  /// Opens a regular file; throws `file.not-found`, `file.unreadable`, or `file.not-regular` for directories, pipes and
  /// devices.
  public init(path: String) throws(FileUnreadable) {
    self.init(path, try RawFile.open(path), Self.standardBlockSize)
    siblings = .onDisk(path)
  }

  /// Standard input, whatever it is.
  public static func standardInput() -> ByteSource {
    ByteSource("standard input", RawFile.standardInput(), standardBlockSize)
  }

  /// Bytes in memory as if they were the file `path`; `blockSize` lets a test cut them anywhere.
  public init(bytes: [UInt8], path: String = "-", blockSize: Int = standardBlockSize) {
    self.init(path, RawFile(memory: bytes), blockSize)
  }

  private init(_ path: String, _ file: consuming RawFile, _ blockSize: Int) {
    self.path = path
    self.file = file
    self.digest = Digest()
    self.blockSize = max(1, blockSize)
  }

  /// Called after each block with the bytes of the file, as it lies on disk, that have been read so far.
  public var progress: ((Int) -> Void)?

  /// The first bytes after decompression, at most `count`, without taking them from `next`.
  public mutating func head(_ count: Int = 65_536) throws(FileUnreadable) -> [UInt8] {
    var head: [UInt8] = []
    for block in ahead[aheadIndex...] { head += block.prefix(count - head.count) }
    while head.count < count, let block = try text() {
      ahead.append(block)
      head += block.prefix(count - head.count)
    }
    return head
  }

  /// The next block, never empty, at most 1 MiB; `nil` at the end.
  public mutating func next() throws(FileUnreadable) -> [UInt8]? {
    if aheadIndex < ahead.count {
      let block = ahead[aheadIndex]
      aheadIndex += 1
      if aheadIndex == ahead.count { (ahead, aheadIndex) = ([], 0) }
      return block
    }
    return try text()
  }

  /// Has everything from here on decoded to UTF-8; before the first `next`.
  mutating func decode(_ decoder: TextDecoder) {
    guard self.decoder == nil, aheadIndex == 0 else { return }
    self.decoder = decoder
    // In one piece: what a text declares at its front may lie in several blocks, and changes with its bytes.
    let text = self.decoder?.decode(ahead.reduce(into: []) { $0 += $1 }) ?? []
    ahead = text.isEmpty ? [] : [text]
  }

  /// The next block as text, where it is one.
  private mutating func text() throws(FileUnreadable) -> [UInt8]? {
    guard decoder != nil else { return try decoded() }
    while let block = try decoded() {
      if let text = decoder?.decode(block), !text.isEmpty { return text }
    }
    let rest = decoder?.finish() ?? []
    if problem == nil { problem = decoder?.problem }
    return rest.isEmpty ? nil : rest
  }

  /// Reads what is left of the file, so that both figures are of the whole file as it lies on disk; SHA-256 in lower-case
  /// hexadecimal.
  ///
  /// What is left is not decompressed, so `problem` is complete only if `next` has returned `nil`.
  public consuming func finish() throws(FileUnreadable) -> (bytes: Int, sha256: String) {
    while try raw() != nil {}
    return (rawCount, digest.hexadecimal())
  }

  private mutating func raw() throws(FileUnreadable) -> [UInt8]? {
    guard let block = try file.read(blockSize, path: path) else { return nil }
    digest.update(block)
    rawCount += block.count
    progress?(rawCount)
    return block
  }

  private mutating func decoded() throws(FileUnreadable) -> [UInt8]? {
    if !started {
      started = true
      var first: [UInt8] = []
      while first.count < 2, let block = try raw() { first += block }
      guard first.starts(with: Inflater.magic) else {
        ended = first.isEmpty
        return ended ? nil : first
      }
      isCompressed = true
      inflater.feed(first)
    }
    guard !ended else { return nil }
    guard isCompressed else {
      let block = try raw()
      ended = block == nil
      return block
    }
    return try inflated()
  }

  private mutating func inflated() throws(FileUnreadable) -> [UInt8]? {
    while true {
      switch inflater.step(blockSize) {
      case .bytes(let block): return block
      case .needsInput:
        guard let block = try raw() else {
          if !inflater.isComplete {
            problem = Problem(
              "gzip.truncated", line: 0,
              "the compressed file ends in the middle: what came before is used; fetch the file again")
          }
          ended = true
          return nil
        }
        inflater.feed(block)
      case .failed(let what):
        problem = Problem(what.code, line: 0, what.message)
        ended = true
        return nil
      }
    }
  }
}

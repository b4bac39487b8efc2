import Digests
import Formats
import Survey

/// A fact as it was told, sealed by the hash of all that was told before it. Events are added, never changed: what was
/// wrong is corrected by an event that names it.
public struct Event: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case told
    /// The same thing told anew; the event that it corrects no longer counts.
    case corrected
    /// The thing is not there any more.
    case withdrawn
  }

  /// From 1, without a gap.
  public let number: Int
  public let kind: Kind
  public let fact: Fact
  /// The number of the event that it corrects or withdraws.
  public let corrects: Int?
  /// 64 hexadecimal digits.
  public let hash: String

  /// As it is stored; nothing is checked.
  public init(number: Int, kind: Kind, fact: Fact, corrects: Int?, hash: String) {
    (self.number, self.kind, self.fact, self.corrects, self.hash) = (number, kind, fact, corrects, hash)
  }

  init(number: Int, _ kind: Kind, _ fact: Fact, corrects: Int?, after head: String) {
    (self.number, self.kind, self.fact, self.corrects) = (number, kind, fact, corrects)
    hash = Self.seal(head, Self.bytes(number, kind, fact, corrects))
  }

  /// Whether its hash is that of what it says, after an event with the hash `head`.
  func isSound(after head: String) -> Bool { hash == Self.seal(head, Self.bytes(number, kind, fact, corrects)) }

  /// What it says, as one line of JSON: what its hash is made of.
  public var line: String { String(decoding: Self.bytes(number, kind, fact, corrects), as: UTF8.self) }

  /// That line with the hash as a last member.
  public var sealedLine: String { "\(line.dropLast()),\"hash\":\"\(hash)\"}" }

  private static func bytes(_ number: Int, _ kind: Kind, _ fact: Fact, _ corrects: Int?) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.write("event", .int(number))
    writer.write("kind", .string(kind.rawValue))
    writer.write("corrects", corrects.map { .int($0) } ?? .null)
    writer.write("about", .string(fact.subject.kind.rawValue))
    writer.write("id", .string(fact.subject.id))
    writer.write("date", fact.date.map { .string("\($0)") } ?? .null)
    writer.write("organisation", fact.organisation.map { .string($0) } ?? .null)
    writer.write("role", fact.role.map { .string($0) } ?? .null)
    var bytes = writer.bytes
    bytes += Array(",\"record\":".utf8)
    bytes += Array(fact.record.utf8)
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  /// Bytes, and no text in between: a store of very many events is gone through before each account.
  private static func seal(_ head: String, _ line: [UInt8]) -> String {
    var bytes = Array("\(head)\n".utf8)
    bytes += line
    bytes.append(UInt8(ascii: "\n"))
    return sha256(bytes)
  }
}

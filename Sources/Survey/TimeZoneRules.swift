/// How far a place's clocks are from UTC, at any instant: from the system's time zone database or a fixed offset.
public struct TimeZoneRules: Hashable, Sendable {
  /// As the survey names it.
  public let name: String

  /// Instants between which the offset from UTC does not change.
  public struct Span: Hashable, Sendable {
    /// Seconds east of UTC.
    public var offset: Int
    /// Seconds since 1970, the first one in, the last one out; the widest 64-bit numbers where nothing bounds it.
    public var from: Int64, until: Int64

    /// Whether an instant is inside.
    @inlinable public func contains(_ time: Timestamp) -> Bool {
      let seconds = time.wholeSeconds
      return from <= seconds && seconds < until
    }
  }

  /// Starts and offsets of the spans that the database lists, and the rule for the time after them.
  private let spans: [Span]
  private let rule: PosixTimeZone?

  public static let utc = TimeZoneRules(name: "UTC", offset: 0)

  /// Seconds east of UTC, always.
  public init(name: String, offset: Int) {
    (self.name, rule) = (name, nil)
    spans = [Span(offset: offset, from: .min, until: .max)]
  }

  /// From the content of a TZif file (RFC 8536).
  public init(name: String, tzif: [UInt8]) throws(TimeZoneError) {
    let file = try TZif(tzif)
    (self.name, rule) = (name, file.rule)
    var spans: [Span] = [Span(offset: file.initialOffset, from: .min, until: file.transitions.first?.at ?? .max)]
    for (i, transition) in file.transitions.enumerated() {
      let next = i + 1 < file.transitions.count ? file.transitions[i + 1].at : .max
      spans.append(Span(offset: transition.offset, from: transition.at, until: next))
    }
    self.spans = spans
  }

  /// `UTC`, an offset such as `+02:00`, or a name of the IANA database such as `Europe/Belgrade`.
  public init(_ name: String, directory: String = "/usr/share/zoneinfo") throws(TimeZoneError) {
    if name == "UTC" {
      self = .utc
    } else if name.hasPrefix("+") || name.hasPrefix("-") {
      guard let offset = Self.fixedOffset(name) else { throw .badName(name) }
      self.init(name: name, offset: offset)
    } else {
      guard Self.isSafe(name) else { throw .badName(name) }
      guard let bytes = readWholeFile(directory + "/" + name, limit: TZif.sizeLimit) else { throw .unknown(name) }
      try self.init(name: name, tzif: bytes)
    }
  }

  /// Seconds east of UTC.
  public func offset(at time: Timestamp) -> Int { span(at: time).offset }

  /// The span that an instant is in.
  public func span(at time: Timestamp) -> Span {
    let seconds = time.wholeSeconds
    var (low, high) = (0, spans.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if spans[middle].from <= seconds { low = middle } else { high = middle }
    }
    guard low == spans.count - 1, let rule else { return spans[low] }
    var span = rule.span(at: seconds)
    span.from = max(span.from, spans[low].from)
    return span
  }

  /// The calendar date there.
  public func date(at time: Timestamp) -> CivilDate { time.date(offset: offset(at: time)) }

  /// `+HH:MM`, up to 14 hours, as far as any place's clock is from UTC.
  private static func fixedOffset(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    let digits = [1, 2, 4, 5].compactMap { i in
      i < bytes.count && (48...57).contains(bytes[i]) ? Int(bytes[i]) - 48 : nil
    }
    guard bytes.count == 6, digits.count == 4, bytes[3] == UInt8(ascii: ":") else { return nil }
    let (hours, minutes) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
    guard hours <= 14, minutes <= 59 else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return bytes[0] == UInt8(ascii: "-") ? -seconds : seconds
  }

  /// Whether a name stays inside the database's directory.
  private static func isSafe(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return name.utf8.count <= 64 && !parts.isEmpty
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
              || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
          }
      }
  }
}

/// Why a time zone cannot be used.
public enum TimeZoneError: Error, Hashable, Sendable {
  /// Neither `UTC`, nor an offset, nor a name as the database has them.
  case badName(String)
  /// The database does not have it, or is not installed.
  case unknown(String)
  /// The database's file is not as RFC 8536 says; with what is wrong.
  case damaged(String)
}

extension Timestamp {
  /// Seconds since 1970, rounded down.
  @inlinable public var wholeSeconds: Int64 {
    let (quotient, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    return rest < 0 ? quotient - 1 : quotient
  }
}

/// The days on which an activity worked, in the survey's time zone; both days count.
public struct DateWindow: Sendable {
  public let start, end: CivilDate
  public let zone: TimeZoneRules
  private var span: TimeZoneRules.Span
  private var from: Int64, until: Int64

  public init(_ start: CivilDate, _ end: CivilDate, zone: TimeZoneRules) {
    (self.start, self.end, self.zone) = (start, end, zone)
    (span, from, until) = (zone.span(at: Timestamp(start)), 0, 0)
    bound()
  }

  /// Whether an instant falls on one of the days. Remembers the last offset from UTC, since logs go forward in time.
  public mutating func contains(_ time: Timestamp) -> Bool {
    if !span.contains(time) {
      span = zone.span(at: time)
      bound()
    }
    return from <= time.milliseconds && time.milliseconds < until
  }

  /// The local calendar date of an instant on one of the days, as days since 1970-01-01.
  public mutating func day(of time: Timestamp) -> Int32 {
    if start == end { return Int32(clamping: start.daysSinceEpoch) }
    if !span.contains(time) {
      span = zone.span(at: time)
      bound()
    }
    return Int32(clamping: time.date(offset: span.offset).daysSinceEpoch)
  }

  private mutating func bound() {
    let shift = Int64(span.offset) * 1000
    from = Timestamp(start).milliseconds - shift
    until = Timestamp(end).milliseconds + 86_400_000 - shift
  }
}

import Geometry
import Survey

/// What the sentences of one instant say together: it becomes one fix.
struct NMEAEpoch {
  /// From the least to the most telling sentence about a position.
  enum Source: Int { case none, gll, rmc, gns, gga }

  /// Milliseconds of the day; `nil` where the receiver does not know the time.
  var time: Int64?
  var source = Source.none
  /// Whether each of the four has been seen: a bit for each `Source`.
  var seen = 0
  var position: Geographic?
  var quality = FixQuality.invalid
  var elevation: Double?
  var hdop: Double?
  var satellites: Int?
  var sigma: Double?
  var date: CivilDate?
  var line = 0
  /// How many sentences about the position belong to it.
  var sentences = 0

  /// A position's sentence; the more telling one wins.
  mutating func take(_ source: Source, _ position: Geographic?, _ quality: FixQuality, line: Int) {
    seen |= 1 << source.rawValue
    let isMoreTelling = source.rawValue >= self.source.rawValue
    if let position, isMoreTelling || self.position == nil { (self.position, self.line) = (position, line) }
    if self.line == 0 { self.line = line }
    // Where GGA says that there is no fix, an RMC that has a position does not make it one.
    if isMoreTelling { (self.source, self.quality) = (source, quality) }
  }

  /// Whether a sentence of this time belongs here; some receivers give GLL milliseconds and GGA hundredths.
  func includes(_ other: Int64?) -> Bool {
    guard let time, let other else { return time == nil && other == nil }
    return abs(time - other) < 20
  }

  /// Whether `source` speaks again of this instant with another position: a second fix, not a repetition.
  func isRepeated(_ source: Source, _ position: Geographic?) -> Bool {
    seen & 1 << source.rawValue != 0 && (time == nil || (self.source == source && position != self.position))
  }
}

/// The day of each epoch, since most sentences say only the time.
struct NMEAClock {
  private var last: (date: CivilDate, time: Int64)?

  /// The instant of an epoch, `nil` while no date has been said.
  ///
  /// A time of day more than 12 hours before the last one is of the next day; any other step back is a clock that was set.
  mutating func instant(_ epoch: NMEAEpoch) -> Timestamp? {
    guard let time = epoch.time else { return nil }
    // A receiver without a fix makes up dates and times: those move nothing on.
    let isInvalid = epoch.seen != 0 && epoch.quality == .invalid
    if isInvalid { return last.map { Timestamp($0.date, millisecondsOfDay: time) } }
    if let date = epoch.date {
      last = (date, time)
    } else if let known = last {
      let isNextDay = known.time - time > 43_200_000
      last = (isNextDay ? CivilDate(daysSinceEpoch: known.date.daysSinceEpoch + 1) : known.date, time)
    }
    return last.map { Timestamp($0.date, millisecondsOfDay: time) }
  }
}

/// How far GPS time is ahead of UTC: GPS knows no leap seconds.
///
/// The dates are those of IERS Bulletin C (https://hpiers.obspm.fr/eoppc/bul/bulc/), as in the IETF's
/// `leap-seconds.list` and the `leapseconds` of tzdata 2026.6.
public enum LeapSeconds {
  /// Until this day, which is not included, Bulletin C said that no other leap second comes.
  public static let knownUntil = CivilDate(daysSinceEpoch: 20_997)

  /// From each day on, in UTC, so many seconds.
  private static let steps: [(days: Int, seconds: Int64)] = [
    (4_199, 1), (4_564, 2), (4_929, 3), (5_660, 4), (6_574, 5), (7_305, 6), (7_670, 7), (8_217, 8), (8_582, 9),
    (8_947, 10), (9_496, 11), (10_043, 12), (10_592, 13), (13_149, 14), (14_245, 15), (15_522, 16), (16_617, 17),
    (17_167, 18),
  ]

  /// UTC of an instant of GPS time, which is given as if its days had no leap seconds.
  ///
  /// The leap second itself is given the time of the second after it, as POSIX has no other.
  public static func utc(gps: Timestamp) -> Timestamp {
    let ahead = steps.last { gps.milliseconds >= Int64($0.days) * 86_400_000 + $0.seconds * 1000 }?.seconds ?? 0
    return Timestamp(milliseconds: gps.milliseconds - ahead * 1000)
  }

  /// Whether the table is known to hold at this instant.
  public static func isKnown(at utc: Timestamp) -> Bool {
    utc.milliseconds < Int64(knownUntil.daysSinceEpoch) * 86_400_000
  }
}

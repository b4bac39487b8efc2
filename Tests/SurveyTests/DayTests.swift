import Survey
import Testing

/// Seconds behind the first instant of `lane`'s clock at an hour of a day in UTC.
private func seconds(_ date: CivilDate, hour: Int64) -> Double {
  Double(Timestamp(date, millisecondsOfDay: hour * 3_600_000).milliseconds - 1_777_800_000_000) / 1000
}

private func window(round day: CivilDate) throws -> DateWindow {
  DateWindow(
    CivilDate(daysSinceEpoch: day.daysSinceEpoch - 1), CivilDate(daysSinceEpoch: day.daysSinceEpoch + 2),
    zone: try TimeZoneRules("Europe/Belgrade"))
}

/// The hour in UTC at which a day ends in Belgrade: the clocks change on the 29th of March and the 25th of October 2026.
@Test(
  arguments: [
    ("2026-03-28", 23), ("2026-03-29", 22), ("2026-05-03", 22), ("2026-10-24", 22), ("2026-10-25", 23),
  ] as [(String, Int64)])
func `a log across midnight is parted there, and no step of it is lost`(date: String, hour: Int64) throws {
  let day = try #require(CivilDate(date))
  let midnight = seconds(day, hour: hour)
  let lane = (-3..<3).map { Spot(y: Double($0), seconds: midnight + Double($0)) }
  let built = build([lane], dates: try window(round: day))
  #expect(built.claims == build([lane]).claims && built.claims.count == 5)
  // The step across is of the day of the fix that it leads to.
  let first = Int32(day.daysSinceEpoch)
  #expect(built.runs.map(\.count) == [3, 4])
  #expect(built.runs.map { $0.last?.day } == [first, first + 1])
}

@Test func `a step to a fix without a time has no day`() throws {
  let day = try #require(CivilDate("2026-05-03"))
  var lane = (0..<6).map { Spot(y: Double($0), seconds: seconds(day, hour: 9) + Double($0)) }
  lane[2].seconds = nil
  let built = build([lane], dates: try window(round: day))
  #expect(built.claims == (1..<6).map { [Int32($0), Int32($0) + 1] })
  let number = Int32(day.daysSinceEpoch)
  #expect(built.runs.map(\.count) == [2, 2, 4] && built.runs.map { $0.last?.day } == [number, nil, number])
  // Who asks for no dates gets none.
  #expect(build([lane]).runs.map(\.count) == [6] && build([lane]).runs.joined().allSatisfy { $0.day == nil })
}

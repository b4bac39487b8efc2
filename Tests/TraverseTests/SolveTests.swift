import Geomagnetism
import Geometry
import Glibc
import Projection
import Survey
import Testing

@testable import Traverse

@Suite struct SolveTests {
  static let day = CivilDate(year: 2026, month: 7, day: 2)

  /// Grid north of a transverse Mercator about 21 E, near enough for a test that brings its own.
  private func convergence(_ place: Geographic) -> Double {
    (place.longitude - 21) * sin(place.latitude * .pi / 180)
  }

  @Test(arguments: BearingUnit.allCases, ["true", "grid", "magnetic"])
  func `rings measured by GeodSolve come back to the millimetre`(unit: BearingUnit, north: String) throws {
    var random = GeographicLib.Random(state: UInt64(unit.circle))
    let day = try #require(Self.day)
    let model = try WorldMagneticModel.load()
    let year = try #require(DecimalYear(year: 2026, month: 7, day: 2))
    for corners in 3...12 {
      let truth = try KnownSheet(corners: corners, using: &random)
      let sheet =
        switch north {
        case "grid": try truth.sheet(unit, .gridNorth, turned: convergence)
        case "magnetic":
          try truth.sheet(unit, .magneticNorth(day)) { try model.declination(at: $0, in: year).declination }
        default: try truth.sheet(unit)
        }
      let solution = try sheet.solved(convergence: convergence)
      #expect(solution.points.map(\.id) == truth.ids)
      for (id, place) in zip(truth.ids, truth.places) {
        #expect(apart(place, solution.point(id)?.position) < 1e-3, "\(id) of \(corners)")
      }
      let closure = try #require(solution.misclosure)
      #expect(closure.point == "SP" && closure.leg == sheet.legs.count - 1)
      #expect(closure.distance < 1e-3 && closure.ratio > 100_000)
      #expect(abs(closure.length - truth.lengths.dropFirst(2).reduce(0, +)) < 1e-9)
      #expect(solution.sheet == sheet && solution.legs.map(\.leg) == sheet.legs)
      #expect(solution.legs.allSatisfy { ($0.model == "WMM2025") == (north == "magnetic") })
      #expect(solution.perimeter == Array(truth.ids.dropFirst(2)))
      #expect(solution.findings.allSatisfy { $0.code == "traverse.leg-long" }, "\(solution.findings)")
    }
  }

  /// 9.8 m a hundred metres: what a magnetic bearing taken for a true one costs at Nis in the middle of 2026.
  @Test func `a compass bearing without its declination`() throws {
    let day = try #require(Self.day)
    let solution = try benchmarkSheet([
      leg("BM", "true", 60, 100), leg("BM", "compass", 60, 100, reference: .magneticNorth(day)),
    ]).solved()
    let (plain, compass) = (try #require(solution.point("true")), try #require(solution.point("compass")))
    #expect(abs(apart(plain.position, compass.position) - 9.79) < 0.02)
    #expect(abs((solution.legs[1].correction ?? 0) - 5.61) < 0.01)
    #expect(abs((solution.legs[1].azimuth ?? 0) - 65.61) < 0.01)
  }

  @Test func `a quarter to the right is east in every unit, and the mils differ`() throws {
    let solution = try benchmarkSheet([
      leg("BM", "degrees", 90, 100), leg("BM", "nato", 1600, 100, unit: .milsNATO),
      leg("BM", "soviet", 1500, 100, unit: .milsSoviet), leg("BM", "gons", 100, 100, unit: .gons),
      leg("BM", "mistaken", 1600, 100, unit: .milsSoviet), leg("BM", "north", 6400, 100, unit: .milsNATO),
    ]).solved()
    let east = try #require(solution.point("degrees")).position
    #expect(east.longitude > nis.longitude && abs(east.latitude - nis.latitude) < 1e-7)
    for id in ["nato", "soviet", "gons"] { #expect(solution.point(id)?.position == east) }
    #expect(apart(east, solution.point("mistaken")?.position) > 10)
    #expect(solution.legs[5].azimuth == 0)
  }

  @Test func `any order of the rows gives the same points`() throws {
    var random = GeographicLib.Random(state: 7)
    let truth = try KnownSheet(corners: 8, using: &random)
    let straight = try truth.sheet().solved()
    for _ in 0..<20 {
      var shuffled = try truth.sheet()
      shuffled.legs.shuffle(using: &random)
      let solution = try shuffled.solved()
      #expect(solution.points.count == straight.points.count)
      #expect(solution.closures.count == 1)
      for id in truth.ids {
        // Which way round the ring was gone decides the last digits, and which leg closes.
        #expect(apart(try #require(straight.point(id)).position, solution.point(id)?.position) < 1e-4)
      }
    }
  }

  @Test func `several points from one benchmark, and a check from another one`() throws {
    var radiation = benchmarkSheet([leg("BM", "A", 10, 40), leg("BM", "B", 100, 40), leg("BM", "C", 200, 40)])
    #expect(try radiation.solved().points.map(\.path) == [0, 40, 40, 40])
    let a = try #require(try radiation.solved().point("A"))
    radiation.known.append(KnownPoint(id: "BM2", type: .benchmark, position: a.position, place: Place("x")))
    radiation.legs.append(leg("A", "BM2", 0, 1))
    let closure = try #require(try radiation.solved().misclosure)
    // From one known point to another: the whole way counts.
    #expect(abs(closure.north - 1) < 1e-6 && abs(closure.east) < 1e-6 && closure.length == 41)
  }

  @Test func `a leg of 10 000 rows in the worst order ends`() throws {
    let count = TraverseSheet.mostLegs
    let chain = (0..<count).map { leg($0 == 0 ? "BM" : "P\($0 - 1)", "P\($0)", Double($0 % 360), 10) }
    let solution = try benchmarkSheet(chain.reversed()).solved()
    #expect(solution.points.count == count + 1)
    let error = #expect(throws: TraverseError.self) {
      _ = try benchmarkSheet(chain + [leg("BM", "one more", 0, 1)]).solved()
    }
    #expect(error?.code == "traverse.too-many-legs")
  }

  @Test func `known points that cannot be known`() {
    let point = KnownPoint(id: "BM", type: .benchmark, position: nis, place: Place("x"))
    var off = point
    off.position = Geographic(21, .nan)
    for (known, code) in [
      ([], "traverse.no-known-point"), ([off], "traverse.position"), ([point, point], "traverse.known-twice"),
    ] {
      let error = #expect(throws: TraverseError.self) {
        _ = try TraverseSheet(known: known, legs: [], place: Place("x")).solved()
      }
      #expect(error?.code == code && error?.message.isEmpty == false)
    }
  }
}

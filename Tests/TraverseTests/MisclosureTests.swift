import Geometry
import Glibc
import Projection
import Survey
import Testing

@testable import Traverse

@Suite struct MisclosureTests {
  private func truth(_ seed: UInt64, corners: Int = 7) throws -> KnownSheet {
    var random = GeographicLib.Random(state: seed)
    return try KnownSheet(corners: corners, using: &random)
  }

  /// A leg that is read too long moves the end of the ring by as much, in its own direction.
  @Test(arguments: 2..<9) func `a blunder is the misclosure`(index: Int) throws {
    let truth = try truth(11)
    var sheet = try truth.sheet()
    sheet.legs[index].distance += 2
    let closure = try #require(try sheet.solved().misclosure)
    let azimuth = truth.azimuths[index] * .pi / 180
    #expect(abs(closure.east - 2 * sin(azimuth)) < 1e-3 && abs(closure.north - 2 * cos(azimuth)) < 1e-3)
    #expect(abs(closure.ratio - closure.length / 2) < 0.5)
    let finding = try sheet.solved().findings.first { $0.code == "traverse.misclosure" }
    #expect(finding?.place == sheet.legs.last?.place)
    #expect(finding?.message.contains("1:\(Int(closure.ratio))") == true)
  }

  @Test func `the legs before the ring do not come into it`() throws {
    var sheet = try truth(12).sheet()
    sheet.legs[0].distance += 5
    sheet.legs[1].bearing += 3
    #expect(try #require(try sheet.solved().misclosure).distance < 1e-3)
  }

  @Test func `the tolerance decides the finding, and nothing else`() throws {
    var sheet = try truth(13).sheet()
    sheet.legs[4].distance += 0.5
    let ratio = try #require(try sheet.solved().misclosure).ratio
    var solutions: [TraverseSolution] = []
    for (tolerance, reported) in [(ratio * 0.99, false), (ratio * 1.01, true), (.nan, true)] {
      sheet.tolerance = tolerance
      let solution = try sheet.solved()
      #expect(solution.findings.contains { $0.code == "traverse.misclosure" } == reported, "1:\(tolerance)")
      solutions.append(solution)
    }
    #expect(solutions.allSatisfy { $0.points == solutions[0].points && $0.closures == solutions[0].closures })
  }

  @Test func `without a closing leg nothing is said to close`() throws {
    var sheet = try truth(14).sheet()
    sheet.legs.removeLast()
    let solution = try sheet.solved()
    #expect(solution.misclosure == nil && solution.closures.isEmpty)
    #expect(solution.findings.contains { $0.code == "traverse.no-closing" })
    let error = #expect(throws: AdjustmentError.self) { _ = try solution.adjusted() }
    #expect(error?.code == "traverse.nothing-closes")
  }

  @Test func `closing on another point than was asked for is not closing`() throws {
    var sheet = try truth(15).sheet()
    sheet.closesOn = "TP2"
    let solution = try sheet.solved()
    #expect(solution.misclosure == nil && solution.closures.count == 1)
    #expect(solution.findings.contains { $0.code == "traverse.no-closing" && $0.message.contains("TP2") })
  }
}

@Suite struct BowditchTests {
  /// A ring with errors in it, and a point beside it measured from TP3.
  private func sheet() throws -> TraverseSheet {
    var random = GeographicLib.Random(state: 21)
    var sheet = try KnownSheet(corners: 7, using: &random).sheet()
    for index in 2..<sheet.legs.count {
      sheet.legs[index].distance += .random(in: -0.3...0.3, using: &random)
      sheet.legs[index].bearing += .random(in: -0.5...0.5, using: &random)
    }
    sheet.legs.append(leg("TP3", "beside", 45, 25, .other("")))
    return sheet
  }

  @Test func `the rule, computed flat`() throws {
    let sheet = try sheet()
    let solution = try sheet.solved()
    let closure = try #require(solution.misclosure)
    #expect(closure.distance > 0.1)
    let adjusted = try solution.adjusted()
    #expect(adjusted.map(\.id) == solution.points.map(\.id))
    var gone = 0.0
    let start = try #require(solution.point("SP")).path
    for (raw, moved) in zip(solution.points, adjusted) {
      let part: Double
      switch raw.id {
      case "RP", "BM", "SP": part = 0
      case "beside": part = (try #require(solution.point("TP3")).path - start) / closure.length
      default: part = (raw.path - start) / closure.length
      }
      let scale = LocalScale(latitude: raw.position.latitude)
      let east = (moved.position.longitude - raw.position.longitude) * scale.metresPerLongitude
      let north = (moved.position.latitude - raw.position.latitude) * scale.metresPerLatitude
      #expect(abs(east + closure.east * part) < 1e-6 && abs(north + closure.north * part) < 1e-6, "\(raw.id)")
      if part == 0 { #expect(moved.position == raw.position) }
      gone = max(gone, part)
    }
    #expect(gone > 0.5)
  }

  @Test func `the loop closes, and the raw legs stay`() throws {
    let sheet = try sheet()
    let solution = try sheet.solved()
    let adjusted = try solution.adjusted()
    let closure = try #require(solution.misclosure)
    let last = sheet.legs[closure.leg]
    let from = try #require(adjusted.first { $0.id == last.from })
    let arrival = try Geodesic.destination(
      from: from.position, azimuth: try #require(solution.legs[closure.leg].azimuth), distance: last.distance)
    // What is left is the closing leg's own part, and no more.
    let left = try Geodesic(from: try #require(solution.point("SP")).position, to: arrival).length
    #expect(abs(left - closure.distance * last.distance / closure.length) < 1e-6)
    #expect(solution.sheet == sheet && solution.legs.map(\.leg) == sheet.legs)
    #expect(try sheet.solved() == solution)
    #expect(adjusted != solution.points)
  }

  @Test func `between two known points`() throws {
    var link = linked()
    let solution = try link.solved()
    let closure = try #require(solution.misclosure)
    #expect(abs(closure.east - 0.6) < 1e-3 && closure.length == 200)
    let adjusted = try solution.adjusted()
    let middle = try #require(adjusted.first { $0.id == "M" })
    let raw = try #require(solution.point("M"))
    #expect(abs(apart(raw.position, middle.position) - 0.3) < 1e-3)
    #expect(adjusted.first { $0.id == "END" }?.position == link.known[1].position)
    link.legs.append(leg("BM", "M", 90, 100))
    let error = #expect(throws: AdjustmentError.self) { _ = try link.solved().adjusted() }
    #expect(error?.code == "traverse.several-loops")
  }

  /// 200 m to the east in two legs, to a point 199.4 m away.
  private func linked() -> TraverseSheet {
    var link = benchmarkSheet([leg("BM", "M", 90, 100), leg("M", "END", 90, 100, .benchmark)])
    let end = nis.longitude + 199.4 / LocalScale(latitude: nis.latitude).metresPerLongitude
    link.known.append(
      KnownPoint(id: "END", type: .benchmark, position: Geographic(end, nis.latitude), place: Place("x")))
    return link
  }
}

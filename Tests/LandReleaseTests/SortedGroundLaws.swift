import Geometry
import Projection
import Testing
import Topology

@testable import LandRelease

/// The overlay against GEOS's arrangement of the same lines: both say what covers how much.
@Suite struct SortedGroundLaws {
  private func areas(_ grounds: [CoveredGround]) -> [FaceCover: (area: Double, home: [Int])] {
    var areas: [FaceCover: (area: Double, home: [Int])] = [:]
    for ground in grounds where ground.area > 0.001 {
      areas[ground.cover, default: (0, ground.homeClaims)].area += ground.area
    }
    return areas
  }

  @Test(arguments: 0..<120 as Range<UInt64>) func `every cover has the area that GEOS finds`(seed: UInt64) throws {
    let random = try RandomLand(seed: seed, finds: Int(seed % 4))
    let prepared = try PreparedSurvey(random.land.survey, random.land.steps(), asOf: nil)
    let plan = prepared.plan
    for job in try prepared.jobs() {
      let drawn = try plan.grounds(of: job)
      let sorted = try SortedGround(drawn, plan.rules, effectOrder: plan.effectOrder)
      let own = Set(job.hazards)
      let matters = { (cover: FaceCover) in cover.hazards.isEmpty || cover.hazards.contains(where: own.contains) }
      let ours = areas(sorted.grounds).filter { matters($0.key) }
      let faces = try labelledFaces(drawn, plan.rules, effectOrder: plan.effectOrder)
      let theirs = areas(
        faces.map { CoveredGround(cover: $0.cover, homeClaims: $0.homeClaims, area: $0.polygon.ellipsoidalArea) }
      ).filter { matters($0.key) }
      // Half a step along every edge of a cover: some hundred metres of edges here, and slivers of the other's label.
      for cover in Set(ours.keys).union(theirs.keys) {
        let (a, b) = (ours[cover]?.area ?? 0, theirs[cover]?.area ?? 0)
        #expect(abs(a - b) < 0.1, "\(cover): \(a) and \(b) m²")
        if let home = ours[cover]?.home, let other = theirs[cover]?.home { #expect(home == other) }
      }
      #expect(abs(ours.values.reduce(0) { $0 + $1.area } - theirs.values.reduce(0) { $0 + $1.area }) < 0.05)
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>) func `the polygons are valid, apart, and as large as was measured`(
    seed: UInt64
  ) throws {
    let random = try RandomLand(seed: seed, finds: 2)
    let prepared = try PreparedSurvey(random.land.survey, random.land.steps(), asOf: nil)
    for job in try prepared.jobs() {
      let drawn = try prepared.plan.grounds(of: job)
      let sorted = try SortedGround(drawn, prepared.rules, effectOrder: prepared.plan.effectOrder)
      let kinds = sorted.grounds.map { $0.cover.hazards.isEmpty ? nil : $0.cover }
      let found = try sorted.polygons(by: kinds)
      for (cover, polygons) in found {
        #expect(try invalidity(polygons) == nil)
        let measured = sorted.grounds.reduce(0) { $1.cover == cover ? $0 + $1.area : $0 }
        #expect(abs(polygons.reduce(0) { $0 + $1.ellipsoidalArea } - measured) < 1e-6)
      }
      let all = found.values.flatMap { $0 }
      guard all.count > 1 else { continue }
      let sum = all.reduce(0) { $0 + $1.outer.twiceSignedArea - $1.holes.reduce(0) { $0 + abs($1.twiceSignedArea) } }
      let union = try union(all)
      let whole = union.reduce(0) {
        $0 + abs($1.outer.twiceSignedArea) - $1.holes.reduce(0) { $0 + abs($1.twiceSignedArea) }
      }
      #expect(abs(sum - whole) < 1, "pieces overlap or gape")
    }
  }
}

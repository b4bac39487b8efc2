import Geometry
import Projection
import Survey
import Testing
import Topology

@testable import LandRelease

/// What holds for every survey, tried with random ones.
@Suite struct LawTests {
  /// Square lattice steps that two lattice steps along a boundary take.
  private func band(_ polygons: [Polygon<LatticePoint>]) -> Double { 2 * polygons.perimeter + 10 }

  /// Square metres that half a lattice step takes along a boundary: what snap rounding may move.
  private func metres(_ polygons: [Polygon<LatticePoint>]) -> Double { 0.5 * 1.11e-3 * polygons.perimeter * 1.11e-3 }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func `features are valid, do not overlap, and cover the hazards`(seed: UInt64) async throws {
    let random = try RandomLand(seed: seed, finds: Int(seed % 3))
    let divided = try await random.land.divided(assured: seed % 2 == 0)
    let features = divided.features
    for feature in features { #expect(try invalidity(feature.polygons) == nil) }
    for (at, feature) in features.enumerated() {
      for other in features[..<at] { #expect(try intersection(feature.polygons, other.polygons).steps == 0) }
    }
    let covered = try dissolve(features.flatMap(\.polygons))
    let recorded = try union(
      random.land.survey.hazards.flatMap { try $0.polygons.flatMap { try drawnArea($0, erring: .outwards).polygons } },
      grid: 1)
    #expect(try invalidity(covered) == nil)
    #expect(try difference(covered, recorded).steps <= recorded.perimeter)
    #expect(try difference(recorded, covered).steps <= recorded.perimeter)
    let sum = features.reduce(0) { $0 + $1.area }
    #expect(abs(sum - recorded.squareMetres) <= 1e-5 * recorded.squareMetres + metres(recorded))
  }

  @Test(arguments: 0..<100 as Range<UInt64>) func `the account adds up`(seed: UInt64) async throws {
    let random = try RandomLand(seed: seed, finds: Int(seed % 3))
    let survey = random.land.survey
    let divided = try await random.land.divided()
    let ledger = divided.ledger
    #expect(ledger.closes)
    for state in LandState.allCases {
      let amounts = [
        LandState.remaining: ledger.nominal.remaining, .cleared: ledger.nominal.cleared,
        .reduced: ledger.nominal.reduced, .cancelled: ledger.nominal.cancelled,
      ]
      #expect(agree(divided.area(state), amounts[state] ?? -1, within: 1e-6 * ledger.recorded + 1e-4), "\(state)")
    }
    for (row, hazard) in zip(ledger.hazards, survey.hazards.sorted { $0.id < $1.id }.map(\.id)) {
      let own = divided.features.filter { $0.hazard.id == row.id }.reduce(0) { $0 + $1.area }
      #expect(agree(row.net, own, within: 1e-6 * row.gross + 1e-4), "\(hazard)")
      #expect(agree(row.net, row.nominal.total, within: 1e-9 * row.gross))
      let drawn = try survey.hazards.filter { $0.id == row.id }.flatMap(\.polygons)
        .flatMap { try drawnArea($0, erring: .outwards).polygons }
      #expect(agree(row.gross, drawn.squareMetres, within: metres(drawn)))
    }
    for (index, activity) in survey.activities.enumerated() {
      let row = try divided.activity(activity.id)
      let drawn = try union(
        activity.polygons.flatMap { try drawnArea($0, erring: .inwards).polygons }, grid: 1
      ).squareMetres
      let truth = drawn + walkedArea(random, index)
      #expect(agree(row.processed, truth, within: 1e-5 * truth + 0.03), "\(activity.id)")
      #expect(min(row.released, row.reprocessed, row.reopened, row.ineffective, row.outside) >= 0)
    }
    let released = ledger.activities.reduce(0) { $0 + $1.released }
    #expect(agree(released, ledger.nominal.released, within: 1e-6 * ledger.recorded + 0.01))
  }

  /// Square metres of an activity's swath by itself.
  private func walkedArea(_ random: RandomLand, _ index: Int) -> Double {
    guard let steps = random.walked[index],
      let rings = try? swathRings(steps, tolerance: claimTolerance)
    else { return 0 }
    return rings.compactMap { try? Ring($0) }.reduce(0) { $0 + $1.twiceSignedArea / 2 }
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `one more claim never enlarges what remains`(seed: UInt64) async throws {
    let random = try RandomLand(seed: seed, activities: 2...6)
    var fewer = random.land
    let last = fewer.survey.activities.count - 1
    fewer.survey.activities.removeLast()
    fewer.walks.removeAll { $0.activity == last }
    let (without, with) = (try await fewer.divided(), try await random.land.divided())
    let grown = try difference(with.polygons(.remaining), without.polygons(.remaining))
    #expect(grown.steps <= band(without.polygons(.remaining)))
    let margin = metres(without.features.flatMap(\.polygons))
    #expect(with.ledger.nominal.remaining <= without.ledger.nominal.remaining + margin)
    #expect(with.ledger.assured.remaining <= without.ledger.assured.remaining + margin)
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func `the order of the input, threads and repetition change nothing`(seed: UInt64) async throws {
    let random = try RandomLand(seed: seed, finds: Int(seed % 3), activities: 2...6)
    let land = random.land
    var other = land
    let count = land.survey.activities.count
    other.survey.hazards.reverse()
    other.survey.finds.reverse()
    other.survey.activities.reverse()
    other.walks = land.walks.map { (count - 1 - $0.activity, $0.points) }
    let first = try await land.divided()
    for again in [try await land.divided(jobs: 4), try await land.divided()] {
      #expect(again.features.map(\.polygons) == first.features.map(\.polygons))
      #expect(again.features.map(\.area) == first.features.map(\.area))
      #expect(again.ledger == first.ledger)
      #expect(again.result.findings == first.result.findings)
    }
    let turned = try await other.divided()
    #expect(turned.features.map(\.polygons) == first.features.map(\.polygons))
    #expect(turned.features.map(\.hazard.id) == first.features.map(\.hazard.id))
    #expect(turned.features.map { $0.activities.map(\.id) } == first.features.map { $0.activities.map(\.id) })
    #expect(turned.features.map { $0.reopenedBy.sorted() } == first.features.map { $0.reopenedBy.sorted() })
    #expect(turned.features.map(\.area) == first.features.map(\.area))
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func `what is surely left holds all that is nominally left`(seed: UInt64) async throws {
    let random = try RandomLand(seed: seed, finds: Int(seed % 2))
    let nominal = try await random.land.divided()
    let assured = try await random.land.divided(assured: true)
    let (left, sure) = (nominal.polygons(.remaining), assured.polygons(.remaining))
    #expect(try difference(left, sure).steps <= band(left))
    #expect(nominal.ledger.nominal.remaining <= nominal.ledger.assured.remaining + 1e-3)
    #expect(agree(assured.area(.remaining), nominal.ledger.assured.remaining, within: 1e-3))
    for feature in nominal.features { #expect(feature.assuredArea ?? 0 <= feature.area * (1 + 1e-6) + 1e-4) }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `with every hazard known and no find, time only releases`(seed: UInt64) async throws {
    var random = try RandomLand(seed: seed)
    for index in random.land.survey.hazards.indices {
      random.land.survey.hazards[index].recorded = try day("2019-12-31")
    }
    var last: [Polygon<LatticePoint>]?
    for year in 2020...2025 {
      let left = try await random.land.divided(asOf: "\(year)-01-01").polygons(.remaining)
      if let last { #expect(try difference(left, last).steps <= band(last)) }
      last = left
    }
  }
}

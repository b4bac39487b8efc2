import Geometry
import Presets
import Testing

@Suite struct ContainingTests {
  private let nis = Geographic(21.90, 43.32), kragujevac = Geographic(20.91, 44.01)
  private let pristina = Geographic(21.17, 42.66), vienna = Geographic(16.37, 48.21)

  private func ids(_ containment: Containment) -> [String]? {
    guard case .unclear(let presets, _) = containment else { return nil }
    return presets.map(\.id)
  }

  @Test func `positions in one country`() throws {
    #expect(try Presets.containing([nis]) == .wholly(Presets.named("serbia")))
    #expect(try Presets.containing([nis, kragujevac, nis]) == .wholly(Presets.named("serbia")))
  }

  @Test func `no position, and none in any country`() throws {
    #expect(try Presets.containing([]) == .none)
    #expect(try Presets.containing([vienna, vienna]) == .none)
  }

  @Test func `positions in two countries, or in one and in none, are nobody's`() throws {
    for positions in [[nis, pristina], [pristina, nis], [nis, nis, pristina, nis]] {
      #expect(ids(try Presets.containing(positions)) == ["serbia", "kosovo"])
    }
    for positions in [[nis, vienna], [vienna, nis]] {
      let containment = try Presets.containing(positions)
      #expect(ids(containment) == ["serbia"])
      guard case .unclear(_, let place) = containment else { continue }
      #expect(place == vienna)
    }
    guard case .unclear(_, let place) = try Presets.containing([nis, pristina]) else {
      Issue.record("two countries and yet clear")
      return
    }
    #expect(place == pristina)
  }

  @Test func `beside a border nothing is certain`() throws {
    let border = try #require(try Presets.named("kosovo").boundary.first?.outer.corners.first)
    let containment = try Presets.containing([border])
    #expect(ids(containment)?.contains("kosovo") == true)
    #expect((ids(containment)?.count ?? 0) >= 1)
    // One corner by the border spoils the whole.
    #expect(ids(try Presets.containing([pristina, border]))?.contains("kosovo") == true)
    #expect(ids(try Presets.containing([border, pristina]))?.contains("kosovo") == true)
  }
}

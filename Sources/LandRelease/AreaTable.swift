public import Survey

/// What remains by municipality and village: the table of areas in Serbia's yearly report under Article 7 of the Convention
/// on Cluster Munitions.
public struct AreaTable: Hashable, Sendable {
  /// How many areas are known (CHA) or suspected (SHA), and their whole square metres.
  public struct Row: Hashable, Sendable {
    /// `nil` where the records do not say.
    public let municipality, village: String?
    public var known = 0, suspected = 0
    public var knownArea = 0, suspectedArea = 0
    public var areas: Int { known + suspected }
    public var area: Int { knownArea + suspectedArea }

    init(_ municipality: String?, _ village: String?) { (self.municipality, self.village) = (municipality, village) }
  }

  /// Sorted by municipality and village; those of which nothing remains are left out.
  public let rows: [Row]
  /// The sum of the rows as they are printed, so that whoever adds them up gets the same.
  public let total: Row

  /// Nominal areas, rounded up: a square metre that is partly contaminated is contaminated.
  public init(_ ledger: Ledger) {
    struct Place: Hashable { var municipality, village: String? }
    var found: [Place: [Ledger.HazardRow]] = [:]
    for row in ledger.hazards where wholeMetres(row.nominal.remaining) > 0 {
      found[Place(municipality: row.municipality, village: row.village), default: []].append(row)
    }
    let places = found.keys.sorted {
      ($0.municipality ?? "", $0.village ?? "") < ($1.municipality ?? "", $1.village ?? "")
    }
    rows = places.map { place in
      var row = Row(place.municipality, place.village)
      for hazard in found[place] ?? [] {
        let area = wholeMetres(hazard.nominal.remaining)
        switch hazard.hazardClass {
        case .confirmed: (row.known, row.knownArea) = (row.known + 1, row.knownArea + area)
        case .suspected: (row.suspected, row.suspectedArea) = (row.suspected + 1, row.suspectedArea + area)
        }
      }
      return row
    }
    total = rows.reduce(into: Row(nil, nil)) { sum, row in
      (sum.known, sum.suspected) = (sum.known + row.known, sum.suspected + row.suspected)
      (sum.knownArea, sum.suspectedArea) = (sum.knownArea + row.knownArea, sum.suspectedArea + row.suspectedArea)
    }
  }
}

/// Square metres rounded up, but for a hundredth that is the rounding of corners.
private func wholeMetres(_ area: Double) -> Int { Int(exactly: (area - 0.01).rounded(.up)) ?? 0 }

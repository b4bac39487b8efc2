import Survey

extension JobAccount {
  /// The account as numbers, by the positions of hazards and activities in a key.
  func numbers(of key: JobKey) -> [Double] {
    var numbers: [Double] = []
    for hazard in key.hazards {
      let sums = hazards[hazard] ?? HazardSums()
      numbers += [sums.gross, sums.ceded] + sums.nominal.numbers + sums.assured.numbers
    }
    for activity in key.activities {
      let sums = activities[activity] ?? ActivitySums()
      numbers += [sums.released, sums.reprocessed, sums.reopened, sums.ineffective, sums.outside]
    }
    numbers += [recorded, boundary, grid == nil ? 0 : 1] + (grid ?? Amounts()).numbers
    let position = { (index: Int, list: [Int]) in Double(list.firstIndex(of: index) ?? -1) }
    for (what, area) in ineffective.sorted(by: { ($0.key.activity, $0.key.hazard) < ($1.key.activity, $1.key.hazard) })
    {
      numbers += [
        0, position(what.activity, key.activities), position(what.hazard, key.hazards), what.effect.number, area,
      ]
    }
    for (pair, area) in shared.sorted(by: { ($0.key.first, $0.key.second) < ($1.key.first, $1.key.second) }) {
      numbers += [1, position(pair.first, key.activities), position(pair.second, key.activities), 0, area]
    }
    return numbers
  }

  /// `nil` where the numbers are not those of an account for the key.
  init?(_ numbers: [Double], of key: JobKey) {
    var rest = numbers[...]
    func take(_ count: Int) -> [Double]? {
      guard rest.count >= count else { return nil }
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    guard numbers.allSatisfy(\.isFinite) else { return nil }
    for hazard in key.hazards {
      guard let sums = take(12), let nominal = Amounts(sums[2..<7]), let assured = Amounts(sums[7..<12]) else {
        return nil
      }
      hazards[hazard] = HazardSums(gross: sums[0], ceded: sums[1], nominal: nominal, assured: assured)
    }
    for activity in key.activities {
      guard let sums = take(5) else { return nil }
      activities[activity] = ActivitySums(
        released: sums[0], reprocessed: sums[1], reopened: sums[2], ineffective: sums[3], outside: sums[4])
    }
    guard let whole = take(8), let amounts = Amounts(whole[3..<8]) else { return nil }
    (recorded, boundary, grid) = (whole[0], whole[1], whole[2] == 0 ? nil : amounts)
    while let row = take(5) {
      let second = row[0] == 0 ? key.hazards : key.activities
      guard let a = key.activities.element(row[1]), let b = second.element(row[2]) else { return nil }
      if row[0] == 0 {
        guard let effect = DecisionRules.Effect.allCases.element(row[3]) else { return nil }
        ineffective[Ineffective(activity: a, hazard: b, effect: effect)] = row[4]
      } else {
        shared[Pair(first: a, second: b)] = row[4]
      }
    }
    guard rest.isEmpty else { return nil }
  }
}

extension Amounts {
  fileprivate var numbers: [Double] { [remaining, cleared, cancelled, searched, inferred] }

  fileprivate init?(_ numbers: ArraySlice<Double>) {
    let numbers = Array(numbers)
    guard numbers.count == 5 else { return nil }
    self.init()
    (remaining, cleared, cancelled, searched, inferred) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
  }
}

extension DecisionRules.Effect {
  fileprivate var number: Double { Double(Self.allCases.firstIndex(of: self) ?? -1) }
}

extension Array {
  /// The element at a position that is given as a number.
  fileprivate func element(_ position: Double) -> Element? {
    guard let index = Int(exactly: position), indices.contains(index) else { return nil }
    return self[index]
  }
}

/// How often the rings of each layer wind round a place: layers that do not wind round it are left out.
struct Windings: Hashable {
  struct Layer: Hashable { var layer, count: Int32 }
  /// By layer.
  var layers: [Layer] = []

  mutating func add(_ count: Int32, to layer: Int32) {
    let index = layers.firstIndex { $0.layer >= layer } ?? layers.count
    if index == layers.count || layers[index].layer != layer {
      layers.insert(Layer(layer: layer, count: count), at: index)
    } else if layers[index].count == -count {
      layers.remove(at: index)
    } else {
      layers[index].count += count
    }
  }
}

/// What windings gain where an edge is crossed, each kind of it under a number.
struct Steps {
  private let layers: Int
  private var numbers: [Windings: Int32] = [:]
  private var others: [Windings] = []

  init(layers: Int) { self.layers = layers }

  /// How many numbers there are.
  var count: Int { 2 * layers + others.count }

  /// The number of the step that stretches side by side make together; `nil` where they cancel out.
  mutating func number(of bundle: ArraySlice<Noding.Stretch>) -> Int32? {
    if bundle.count == 1, let one = bundle.first { return 2 * one.layer + (one.sense > 0 ? 0 : 1) }
    var sum = Windings()
    for stretch in bundle { sum.add(stretch.sense, to: stretch.layer) }
    guard let first = sum.layers.first else { return nil }
    if sum.layers.count == 1, abs(first.count) == 1 { return 2 * first.layer + (first.count > 0 ? 0 : 1) }
    if let number = numbers[sum] { return number }
    let number = Int32(truncatingIfNeeded: count)
    numbers[sum] = number
    others.append(sum)
    return number
  }

  /// Adds a step to windings, or takes it off.
  func apply(_ step: Int32, _ sign: Int32, to windings: inout Windings) {
    let index = Int(step) - 2 * layers
    if index < 0 { return windings.add(step & 1 == 0 ? sign : -sign, to: step / 2) }
    for layer in others[index].layers { windings.add(sign * layer.count, to: layer.layer) }
  }
}

/// Every kind of windings that occurs, each under a number; 0 is that of a place that nothing winds round.
struct WindingTable {
  private(set) var windings: [Windings] = [Windings()]
  private var numbers: [Windings: Int32] = [Windings(): 0]
  private let steps: Steps
  /// Changes that were made before, each where its numbers put it: the same few are made over and over.
  private var known: [Change]

  private struct Change {
    var slot: Int32 = -1
    var from: Int32 = -1, to: Int32 = -1
  }

  init(_ steps: Steps) {
    self.steps = steps
    let places = max(256, 4 * steps.count)
    known = Array(repeating: Change(), count: 1 << (Int.bitWidth - (places - 1).leadingZeroBitCount))
  }

  /// The windings beyond an edge; `sign` is 1 from its right to its left and -1 from its left to its right.
  mutating func beyond(_ step: Int32, _ sign: Int32, from number: Int32) -> Int32 {
    let slot = 2 * step + (sign > 0 ? 0 : 1)
    let place = (Int(slot) + 61 * Int(number)) & (known.count - 1)
    if known[place].slot == slot, known[place].from == number { return known[place].to }
    var next = windings[Int(number)]
    steps.apply(step, sign, to: &next)
    let found: Int32
    if let known = numbers[next] {
      found = known
    } else {
      found = Int32(truncatingIfNeeded: windings.count)
      numbers[next] = found
      windings.append(next)
    }
    known[place] = Change(slot: slot, from: number, to: found)
    return found
  }
}

import Geometry

/// Two boundaries met in a way that the radii's small differences did not resolve.
struct DegenerateSwath: Error {}

/// The exact outline of the union of capsules, as pieces of their sides and arcs chained into rings.
///
/// Each capsule is convex, so its boundary is cut by each neighbour into covered and uncovered intervals; what no
/// neighbour covers is the outline. A piece ends where its loop enters another capsule, and the outline goes on along
/// that capsule's loop, which leaves the first one in the same point: pieces are joined by *which elements cross*, not
/// by comparing coordinates. To keep coincident boundaries apart (repeated fixes, steps on one line, lanes that only
/// just touch), each radius is larger by its own amount of up to 10 µm, which is a hundredth of a lattice step.
/// The derivation is in `docs/swath.md`.
struct SwathOutline {
  /// One uncovered stretch of one capsule's loop. A walked hazard has a million of them: nothing is kept here that the
  /// capsule tells.
  private struct Piece: BitwiseCopyable {
    /// Where a loop leaves another one, or enters it: which elements of the two cross.
    struct End: BitwiseCopyable {
      var other: Int32
      var element, otherElement: UInt8

      init(_ event: LoopCover.Event) {
        (other, element, otherElement) = (event.other, event.element, event.otherElement)
      }
    }
    /// Places on the loop, from 0 to 4.
    var from, to: Double
    var start, end: End

    init(_ stretch: LoopCover.Stretch) {
      (from, to) = (stretch.start.at, stretch.end.at)
      (start, end) = (End(stretch.start), End(stretch.end))
    }
  }

  private let capsules: [Capsule]
  private var pieces: [Piece] = []
  /// The pieces of loop i are `pieces[firstPiece[i]..<firstPiece[i + 1]]`.
  private var firstPiece: [Int32]
  /// Loops that nothing touches.
  private var alone: [Int] = []

  /// `salt` picks other small differences of the radii, for a second try.
  init(_ steps: some Collection<SwathStep>, salt: Int = 0) throws(DegenerateSwath) {
    let golden = 0.618_033_988_749_894_9
    let all = steps.enumerated().map { index, step in
      let turned = Double(index + 1) * golden + Double(salt) * 0.377
      let spread = turned - turned.rounded(.down)
      return Capsule(from: step.from, to: step.to, radius: step.radius + 1e-5 * spread)
    }
    let (left, grid) = withoutBuried(all)
    capsules = left
    firstPiece = [0]
    firstPiece.reserveCapacity(capsules.count + 1)
    // Room that is not used costs nothing, growing does.
    pieces.reserveCapacity(2 * capsules.count)
    var cover = LoopCover()
    for index in capsules.indices {
      try appendPieces(of: index, grid, &cover)
      firstPiece.append(Int32(pieces.count))
    }
  }

  private mutating func appendPieces(
    of index: Int, _ grid: CapsuleGrid, _ cover: inout LoopCover
  ) throws(DegenerateSwath) {
    cover.begin(capsules[index])
    // First the steps after and before, which as a rule cover most. Of an arc the step that shares its centre leaves
    // hardly anything, and so comes first.
    func takes(_ other: Int, of elements: UInt8 = 0b1111) throws(DegenerateSwath) -> Bool {
      guard capsules.indices.contains(other), grid.areNeighbors(index, other) else { return true }
      return try cover.take(capsules[other], other, of: elements)
    }
    guard try takes(index + 1, of: 0b0111), try takes(index - 1), try takes(index + 1, of: 0b1000) else { return }
    var isHidden = false
    try grid.forEachNeighbor(of: index, meeting: cover.box) { other throws(DegenerateSwath) in
      if abs(other - index) == 1 { return true }
      isHidden = try !cover.take(capsules[other], other)
      return !isHidden
    }
    if isHidden { return }
    if cover.isWhole { return alone.append(index) }
    try cover.forEachStretch { pieces.append(Piece($0)) }
  }

  /// The rings, counter-clockwise round ground and clockwise round holes, arcs replaced by chords.
  ///
  /// A chord stays inside its arc and at most `sagitta` metres from it.
  func rings(sagitta: Double) throws(DegenerateSwath) -> [[Projected]] {
    var rings: [[Projected]] = []
    for loop in alone {
      var ring: [Projected] = []
      append(loop, from: 0, to: 4, sagitta, to: &ring)
      rings.append(ring)
    }
    var used = [Bool](repeating: false, count: pieces.count)
    for first in capsules.indices {
      for piece in pieces(of: first) where !used[piece] {
        rings.append(try ring(from: piece, of: first, sagitta, &used))
      }
    }
    return rings
  }

  private func pieces(of loop: Int) -> Range<Int> { Int(firstPiece[loop])..<Int(firstPiece[loop + 1]) }

  /// The ring that goes on from a piece of a loop, until it comes back.
  private func ring(
    from first: Int, of loop: Int, _ sagitta: Double, _ used: inout [Bool]
  ) throws(DegenerateSwath) -> [Projected] {
    var (ring, current, loop): ([Projected], Int, Int) = ([], first, loop)
    repeat {
      if used[current] { throw DegenerateSwath() }
      used[current] = true
      let piece = pieces[current]
      ring.append(capsules[loop].place(at: piece.from))
      append(loop, from: piece.from, to: piece.to < piece.from ? piece.to + 4 : piece.to, sagitta, to: &ring)
      (current, loop) = try (successor(of: piece, on: loop), Int(piece.end.other))
    } while current != first
    return ring
  }

  /// The piece of the entered capsule that begins where this one of a loop ends.
  private func successor(of piece: Piece, on loop: Int) throws(DegenerateSwath) -> Int {
    for index in pieces(of: Int(piece.end.other)) {
      let start = pieces[index].start
      if start.other == loop, start.element == piece.end.otherElement, start.otherElement == piece.end.element {
        return index
      }
    }
    throw DegenerateSwath()
  }

  /// The corners of a loop strictly between two places on it: joints of sides and arcs, and points along arcs.
  private func append(_ loop: Int, from start: Double, to end: Double, _ sagitta: Double, to ring: inout [Projected]) {
    let capsule = capsules[loop]
    var at = start
    while at < end {
      let element = Int(at)
      let stop = min(end, Double(element + 1))
      if element % 2 == 1 {
        appendArc(capsule, element % 4, from: at - Double(element), to: stop - Double(element), sagitta, to: &ring)
      }
      // Where a step has no length, two joints are one point.
      if stop < end, capsule.length > 0 || element % 2 == 1 { ring.append(capsule.joint(element + 1)) }
      at = Double(element + 1)
    }
  }

  private func appendArc(
    _ capsule: Capsule, _ element: Int, from start: Double, to end: Double, _ sagitta: Double,
    to ring: inout [Projected]
  ) {
    let arc = capsule.arc(element)
    let (first, last) = (arcDirection(start), arcDirection(end))
    let swept = angle(from: first, to: last)
    // A chord over the angle 2a lies r (1 - cos a) inside its arc.
    let widest = 2 * acosine(max(0, 1 - sagitta / capsule.radius))
    // A circle of 1000 km needs half a turn in 20 000 chords for 3 mm.
    let count = Int((swept / max(widest, 1e-4)).rounded(.up))
    guard count > 1 else { return }
    let step = cosineAndSine(swept / Double(count))
    var (out, across) = (first.out, first.across)
    for _ in 1..<count {
      (out, across) = (out * step.cosine - across * step.sine, across * step.cosine + out * step.sine)
      ring.append(
        Projected(
          arc.x + capsule.radius * (out * arc.dx - across * arc.dy),
          arc.y + capsule.radius * (out * arc.dy + across * arc.dx)))
    }
  }
}

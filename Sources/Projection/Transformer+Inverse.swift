extension Transformer {
  /// The pair that the operation carries to another one: its inverse in two dimensions, exactly.
  ///
  /// Running a datum shift backwards is not quite that: it passes through space and drops the height each time, which
  /// costs a centimetre in Serbia. A sheet must come out with the numbers that it went in with. `nil` outside of where
  /// the operation is defined.
  public func inverse(_ x: Double, _ y: Double) -> (x: Double, y: Double)? {
    guard let start = transform(x, y, backwards: true) else { return nil }
    var pair = start
    // What is left of the error shrinks by a millionth each time: two rounds are enough.
    for _ in 0..<3 {
      guard let there = transform(pair.x, pair.y), let back = transform(there.x, there.y, backwards: true) else {
        return nil
      }
      pair = (pair.x + start.x - back.x, pair.y + start.y - back.y)
    }
    return pair
  }
}

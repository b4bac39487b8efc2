import Geometry

extension JSONWriter {
  /// Positions in square brackets, from whole lattice steps: exact, trailing zeros trimmed.
  ///
  /// `closing` repeats the first at the end, as the rings of RFC 7946 want it.
  mutating func positions(_ points: some Collection<LatticePoint>, closing: Bool) {
    beginArray()
    if let first = points.first {
      append(atMost: (points.count + 1) * longest) { span, at in
        for point in points { put(point, into: &span, at: &at) }
        if closing { put(first, into: &span, at: &at) }
        at -= 1
      }
    }
    endArray()
  }

  /// Positions in square brackets, as elements of an array that is open.
  mutating func positions(_ points: [LatticePoint]) {
    guard !points.isEmpty else { return }
    append(atMost: points.count * longest) { span, at in
      for point in points { put(point, into: &span, at: &at) }
      at -= 1
    }
  }

  /// One position in square brackets.
  mutating func position(_ point: LatticePoint) {
    append(atMost: longest) { span, at in
      put(point, into: &span, at: &at)
      at -= 1
    }
  }
}

/// Bytes of a position and the comma behind it.
private let longest = 2 * Digits.longest + 4

/// A position and a comma.
private func put(_ point: LatticePoint, into span: inout MutableSpan<UInt8>, at: inout Int) {
  span.put(0x5B, at: &at)
  Digits.put(point.x, decimals: 8, trim: true, into: &span, at: &at)
  span.put(0x2C, at: &at)
  Digits.put(point.y, decimals: 8, trim: true, into: &span, at: &at)
  span.put(0x5D, at: &at)
  span.put(0x2C, at: &at)
}

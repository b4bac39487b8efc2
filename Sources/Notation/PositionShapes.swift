import Geometry

extension [Lexeme] {
  /// Every cut into two angles; one only where a separator says where.
  var halves: [(ArraySlice<Lexeme>, ArraySlice<Lexeme>)] {
    let separators = indices.filter { self[$0] == .separator }
    if let only = separators.first {
      return separators.count == 1 ? [(self[..<only], self[(only + 1)...])] : []
    }
    return indices.dropFirst().filter { cut in
      // No angle begins with these.
      switch self[cut] {
      case .mark, .join: false
      default: true
      }
    }.map { (self[..<$0], self[$0...]) }
  }
}

extension [Lexeme] {
  /// The ways to take them that differ, the plain one first.
  var takings: [AngleDraft.Taking] {
    let joins = contains {
      if case .number(let groups, let fraction) = $0 { groups.count > 1 || fraction != nil } else { false }
    }
    let marks = contains(.direction("o")) || contains(.direction("s"))
    return [false, true].flatMap { marking in
      [false, true].map { AngleDraft.Taking(pointsJoin: $0, wordsMark: marking) }
    }.filter { (joins || !$0.pointsJoin) && (marks || !$0.wordsMark) }
  }
}

extension CommaUse {
  /// The uses that differ for this text.
  static func uses(in scalars: [Unicode.Scalar]) -> [CommaUse] {
    let between = scalars.indices.dropFirst().dropLast().contains {
      scalars[$0] == "," && scalars[$0 - 1].isDigit && scalars[$0 + 1].isDigit
    }
    return between ? allCases : [.separator]
  }
}

extension Geographic {
  /// `nil` where the two angles are not one latitude and one longitude.
  init?(_ a: WrittenAngle, _ b: WrittenAngle) {
    switch (a.axis, b.axis) {
    case (.latitude, .longitude): self.init(b.degrees, a.degrees)
    case (.longitude, .latitude): self.init(a.degrees, b.degrees)
    default: return nil
    }
  }
}

extension AnglePrecision {
  static func coarser(_ a: AnglePrecision, _ b: AnglePrecision) -> AnglePrecision { a.step >= b.step ? a : b }
}

extension WrittenPosition {
  /// Whether both mean the same, however precise.
  func isSamePlace(as other: WrittenPosition) -> Bool {
    switch (self, other) {
    case (.geographic(let a, _), .geographic(let b, _)): a == b
    case (.degreePair(let a, let b, _), .degreePair(let c, let d, _)): a == c && b == d
    default: self == other
    }
  }
}

extension Language {
  /// In English, for messages.
  var name: String {
    switch self {
    case .english: "English"
    case .serbianLatin: "Serbian in Latin script"
    case .serbianCyrillic: "Serbian in Cyrillic script"
    case .russian: "Russian"
    case .german: "German"
    case .french: "French"
    }
  }
}

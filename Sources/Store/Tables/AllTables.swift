extension Table {
  /// Every table of a survey, in the order in which they are read: this list is the only place that knows them all.
  static var all: [Table] {
    [survey, hazards, activities, claims, finds, logUses, runs, findings, inputs, unread, otherPlaces]
  }

  /// Those that say what is where.
  static var ground: [Table] { all.filter { !["findings", "inputs"].contains($0.name) } }
}

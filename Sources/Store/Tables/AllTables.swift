extension Table {
  /// Every table of a survey, in the order in which they are read: this list is the only place that knows them all.
  static var all: [Table] {
    [
      survey, hazards, classChanges, activities, claims, finds, spotTasks, strikes, logUses, runs, findings, inputs,
      unread,
      otherPlaces, events, boxes, accounts,
    ]
  }

  /// Those that say what the survey is; accounts are asked for by themselves, and boxes are for the eye.
  static var told: [Table] { all.filter { !["accounts", "boxes"].contains($0.name) } }

  /// Those that say what is where.
  static var ground: [Table] { told.filter { !["findings", "inputs", "events"].contains($0.name) } }
}

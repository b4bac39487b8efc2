import Survey

extension StoreWriter {
  /// Called once for an import that changed the survey, within its transaction and behind all other changes; `old` is
  /// `nil` for the first. The place for a history of them.
  func record(changes old: FieldSurvey?, to new: FieldSurvey) throws {}
}

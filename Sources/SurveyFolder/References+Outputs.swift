internal import Formats
internal import Geometry
internal import Positions
internal import Projection
internal import Survey

extension References {
  /// What outputs say of coordinates; the date is the survey's last.
  func settle(_ survey: inout FieldSurvey) {
    let uses = georeference.conversions.map(\.use)
    survey.coordinates = uses.enumerated().filter { index, use in uses.firstIndex(of: use) == index }.map(\.element)
    survey.pinnedOperations = georeference.pinnedOperations
    // A grid decides where things are as much as any file of the survey; two of one name are told apart by their hash.
    let grids = Set(georeference.conversions.flatMap(\.choice.operation.grids))
    survey.inputs += grids.compactMap { grid in
      guard let path = grid.path, var input = try? ByteSource(path: path) else { return nil }
      while let block = try? input.next(), !block.isEmpty {}
      return (try? input.finish()).map { FieldSurvey.Input(path: grid.name, sha256: $0.sha256) }
    }
    survey.inputs.sort()
    let last = (survey.activities.map(\.end) + survey.hazards.map(\.recorded)).max()
    survey.frame = georeference.frameUse(
      at: center, epoch: last?.decimalYear ?? 2000)
  }
}

extension CivilDate {
  /// For what drifts by centimetres a year a day more or less does not matter.
  var decimalYear: Double { 1970 + Double(daysSinceEpoch) / 365.2425 }
}

import GeoPackage
import Survey

extension Table {
  /// The head of the survey: one row.
  static var survey: Table {
    Table(
      "survey", "The survey: one row", blank: { $0 },
      fields: [
        Field("id", \.survey.id),
        Field("name", \.survey.name),
        Field("grid", \.survey.grid),
        .json("operations", \.survey.operations),
        .json("pinned_operations", \.survey.pinnedOperations),
        Field("time_zone", \.survey.timeZone),
        Field("required_depth_cm", \.survey.requiredDepth, in: 0...1e6),
        Field("fadeout_m", \.survey.fadeout, in: 0...1e7),
        Field("sigma_factor", \.survey.sigmaFactor, in: 0...1e6),
        Field("municipality", \.survey.municipality),
        Field("organisation", \.survey.organisation),
        Field("preset", \.survey.preset),
        Field("frame", \.survey.frame.name),
        Field("frame_doubt_m", \.survey.frame.doubt),
        .json("coordinates", \.survey.coordinates),
        .json("boxes", \.survey.boxes),
        .json("weapons", \.survey.weapons),
        .json("wished_operations", \.wishes.operations),
        Field("wished_preset", \.wishes.preset),
        Field("allows_missing_grid", \.wishes.allowsMissingGrid),
        Field("has_unused_input", \.hasUnusedInput),
      ],
      of: { [$0] }, take: { $1.content = $0 })
  }
}

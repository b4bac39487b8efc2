import GRDB
import GeoPackage
import Geometry
import Survey

/// The survey that a store holds; `nil` where none was imported yet.
func content(_ db: Database, of tables: [Table] = Table.all) throws -> SurveyContent? {
  let entries = try Catalogue.entries(db)
  guard entries[Table.survey.name]?.rows != 0 else { return nil }
  var gathered = Gathering(content: SurveyContent(FieldSurvey(id: "", name: "")))
  for table in tables { try table.read(db, entries, into: &gathered) }
  return try checked(gathered.content)
}

/// As much of it as the answer about a place needs. Every row is seen to be the one that was imported, and only what is
/// near is taken.
func content(_ db: Database, near place: Geographic) throws -> SurveyContent? {
  let entries = try Catalogue.entries(db)
  guard entries[Table.survey.name]?.rows != 0 else { return nil }
  var gathered = Gathering(content: SurveyContent(FieldSurvey(id: "", name: "")))
  try Table.survey.read(db, entries, into: &gathered)
  guard let near = try Outlines(db, entries).near(place, gathered.content.survey) else {
    return try content(db, of: Table.ground)
  }
  for (table, rows) in near.rows { try table.read(rows, db, into: &gathered) }
  let (hazards, activities) = (gathered.content.survey.hazards.map(\.id), gathered.content.survey.activities.map(\.id))
  try Table.classChanges.read(db, entries, of: Set(hazards), into: &gathered)
  try Table.logUses.read(db, entries, of: Set(activities), into: &gathered)
  let done = Set((near.rows.map(\.table) + [.survey, .classChanges, .logUses]).map(\.name))
  for table in Table.ground where !done.contains(table.name) { try table.read(db, entries, into: &gathered) }
  gathered.content.otherPlaces += near.otherPlaces
  return try checked(gathered.content)
}

/// An id stands for one thing.
private func checked(_ content: SurveyContent) throws -> SurveyContent {
  try check(content.survey.hazards, "hazards")
  try check(content.survey.activities, "activities")
  try check(content.survey.finds, "finds")
  try check(content.survey.spotTasks, "spot_tasks")
  try check(content.survey.strikes, "strikes")
  return content
}

private func check<Item: Identifiable>(_ items: [Item], _ table: String) throws where Item.ID == String {
  guard Set(items.map(\.id)).count == items.count else { throw StoreError.damaged("\(table) holds an id twice") }
}

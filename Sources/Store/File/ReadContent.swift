import GRDB
import GeoPackage
import Survey

/// The survey that a store holds; `nil` where none was imported yet.
func content(_ db: Database, of tables: [Table] = Table.all) throws -> SurveyContent? {
  let entries = try Catalogue.entries(db)
  guard entries[Table.survey.name]?.rows != 0 else { return nil }
  var gathered = Gathering(content: SurveyContent(FieldSurvey(id: "", name: "")))
  for table in tables { try table.read(db, entries[table.name], into: &gathered) }
  try check(gathered.content.survey.hazards, "hazards")
  try check(gathered.content.survey.activities, "activities")
  try check(gathered.content.survey.finds, "finds")
  try check(gathered.content.survey.spotTasks, "spot_tasks")
  try check(gathered.content.survey.strikes, "strikes")
  return gathered.content
}

/// An id stands for one thing.
private func check<Item: Identifiable>(_ items: [Item], _ table: String) throws where Item.ID == String {
  guard Set(items.map(\.id)).count == items.count else { throw StoreError.damaged("\(table) holds an id twice") }
}

extension String {
  /// As a name in SQL. GRDB's `quotedDatabaseIdentifier` leaves a quotation mark in a name as it is, and the names here are
  /// those of somebody else's file.
  package var quotedName: String { "\"" + replacing("\"", with: "\"\"") + "\"" }
}

internal import GRDB

/// The index of a table's geometries (extension `gpkg_rtree_index`, OGC 12-128r17, annex F.3), which other programs find
/// features by.
package struct SpatialIndex {
  package let table: String
  package static let geometry = "geom", id = "fid"

  package init(table: String) { self.table = table }

  package var name: String { "rtree_\(table)_\(Self.geometry)" }
  private var quoted: String { name.quotedName }

  package var create: String {
    "CREATE VIRTUAL TABLE \(quoted) USING rtree(id, minx, maxx, miny, maxy)"
  }

  package var insert: String { "INSERT INTO \(quoted) VALUES (?, ?, ?, ?, ?)" }

  static let register =
    "INSERT INTO gpkg_extensions VALUES (?, '\(geometry)', 'gpkg_rtree_index', "
    + "'http://www.geopackage.org/spec130/#extension_rtree', 'write-only')"

  /// What keeps the index true where another program edits the table; to be made when all rows are in. The functions are
  /// that program's. Names and conditions are those of GeoPackage 1.3.
  package var triggers: [String] {
    let there = "NEW.\(Self.geometry) NOTNULL AND NOT ST_IsEmpty(NEW.\(Self.geometry))"
    let gone = "NEW.\(Self.geometry) ISNULL OR ST_IsEmpty(NEW.\(Self.geometry))"
    let (same, other) = ("OLD.\(Self.id) = NEW.\(Self.id)", "OLD.\(Self.id) != NEW.\(Self.id)")
    let bounds = ["MinX", "MaxX", "MinY", "MaxY"].map { "ST_\($0)(NEW.\(Self.geometry))" }.joined(separator: ", ")
    let put = "INSERT OR REPLACE INTO \(quoted) VALUES (NEW.\(Self.id), \(bounds));"
    let remove = "DELETE FROM \(quoted) WHERE id = OLD.\(Self.id);"
    let removeBoth = "DELETE FROM \(quoted) WHERE id IN (OLD.\(Self.id), NEW.\(Self.id));"
    return [
      trigger("insert", "INSERT", there, put),
      trigger("update1", "UPDATE OF \(Self.geometry)", "\(same) AND (\(there))", put),
      trigger("update2", "UPDATE OF \(Self.geometry)", "\(same) AND (\(gone))", remove),
      trigger("update3", "UPDATE", "\(other) AND (\(there))", remove + " " + put),
      trigger("update4", "UPDATE", "\(other) AND (\(gone))", removeBoth),
      trigger("delete", "DELETE", "OLD.\(Self.geometry) NOTNULL", remove),
    ]
  }

  private func trigger(_ suffix: String, _ event: String, _ when: String, _ action: String) -> String {
    "CREATE TRIGGER \("\(name)_\(suffix)".quotedName) AFTER \(event) ON \(table.quotedName) "
      + "WHEN \(when) BEGIN \(action) END"
  }
}

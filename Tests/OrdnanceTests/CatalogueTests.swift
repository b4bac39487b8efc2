import Formats
import Ordnance
import Survey
import Testing

@Suite struct CatalogueTests {
  @Test(
    arguments: [
      ("BLU-97/B", "BLU-97/B"), ("blu 97", "BLU-97/B"), ("BLU97 b", "BLU-97/B"), ("БЛУ-97/Б", "BLU-97/B"),
      ("Мк-118", "Mk 118"), ("mk.82", "Mk 82"), ("РБЛ 755", "RBL755"), ("касетна бомба", "cluster munition container"),
      ("Ручна бомба", "hand grenade"), ("podmunicija", "submunition"), ("протипешадијска мина", nil), ("BL755", nil),
      ("BLU-98", nil), ("", nil), ("-", nil),
    ] as [(String, String?)])
  func `a spelling is found whatever its case, blanks, hyphens and script`(spelling: String, name: String?) throws {
    #expect(try OrdnanceCatalogue.builtIn()[spelling]?.name == name)
  }

  @Test func `every row of the shipped catalogue names its source, its mark and its kind`() throws {
    let entries = try OrdnanceCatalogue.builtIn().entries
    #expect(entries.count >= 20)
    for entry in entries {
      #expect(entry.source != nil && entry.mark != nil && entry.category != nil, "\(entry.name)")
    }
  }

  /// The figures of the field; M is not checked, and stays marked.
  @Test(
    arguments: [
      ("BLU-97/B", 202, "CBU-87/B", .verified), ("BL755 submunition", 147, "RBL755", .verified),
      ("Mk 118", 247, "Mk 20", .unchecked),
    ] as [(String, Int, String, OrdnanceEntry.Mark)])
  func `a submunition and its container agree`(name: String, number: Int, container: String, mark: OrdnanceEntry.Mark)
    throws
  {
    let catalogue = try OrdnanceCatalogue.builtIn()
    let entry = try #require(catalogue[name])
    #expect(entry.submunitionsPerContainer == number && entry.container == container && entry.mark == mark)
    let holder = try #require(catalogue[container])
    #expect(holder.submunitionsPerContainer == number && holder.category == "cluster munition container")
  }

  @Test(arguments: [
    ("name,weight\nA,1\n", "ordnance.columns", 1), ("name,mass_kg\nA,\"1,5\"\n", "ordnance.value", 2),
    ("name,mark\nA,X\n", "ordnance.value", 2), ("name,submunitions_per_container\nA,0\n", "ordnance.value", 2),
    ("name,category\n,mine\n", "ordnance.value", 2), ("name,aliases\nA-1,\nB,a 1|c\n", "ordnance.twice", 3),
  ])
  func `what is wrong in a table is told with its line`(text: String, code: String, line: Int) throws {
    let table = try NamedTable.read(ByteSource(bytes: Array(text.utf8), path: "own.csv"))
    let error = #expect(throws: OrdnanceError.self) { try OrdnanceCatalogue(table) }
    #expect(error?.code == code && error?.line == line)
  }

  @Test func `a survey's own row goes before the shipped one`() throws {
    let text = "name;aliases;category\r\nBL755;BL-755|BLU-97;submunition\r\n"
    let own = try OrdnanceCatalogue(NamedTable.read(ByteSource(bytes: Array(text.utf8), path: "own.csv")))
    let both = try OrdnanceCatalogue.builtIn().preceded(by: own)
    #expect(both["bl 755"]?.name == "BL755")
    #expect(both["BLU-97"]?.name == "BL755")
    #expect(both["BLU-97/B"] == nil)
    #expect(both["Mk 82"]?.name == "Mk 82")
  }

  @Test(
    arguments: [
      ("sub-munition", "submunition"), ("Submunitions", "submunition"), ("суббоеприпас", "submunition"),
      ("bomblets", "submunition"), ("Anti Personnel Mines", "anti-personnel mine"), ("unknown", nil), ("5", nil),
      ("Rockeye", nil),
    ] as [(String, String?)])
  func `a category is known however it is spelled`(word: String, category: String?) throws {
    #expect(try OrdnanceCatalogue.builtIn().category(word) == category)
  }

  /// What counts as no remnant of cluster munitions follows the shipped catalogue.
  @Test func `every category but submunition is known to be another thing`() throws {
    let categories = try OrdnanceCatalogue.builtIn().categories
    #expect(Set(categories).subtracting(OrdnanceCategory.others) == ["submunition"])
  }
}

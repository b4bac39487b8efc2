internal import Formats
internal import Geometry
public import Survey

/// A folder with a `survey.toml`, the files that it names, and nothing else.
///
///     let result = SurveyFolder.load("nis-apron")
///     guard let survey = result.survey else { show(result.fatal) }
///
/// Logs are looked for here and read later; everything else has been read when `load` returns. Nothing is written.
public enum SurveyFolder {
  /// Larger than the file of any survey by far.
  static let maxBytes = 4 << 20

  public struct LoadResult: Sendable {
    /// What could be used; `nil` where there is a fatal error.
    public internal(set) var survey: FieldSurvey?
    /// Sorted by place. An error among them means that what it is about was left out.
    public internal(set) var findings: [Finding] = []
    /// Why nothing could be used.
    public internal(set) var fatal: [Finding] = []
    /// Whether a piece of input was left out: the answer is then not about the whole survey.
    public internal(set) var isIncomplete = false
    /// Where a recorded hazard, or a file of them, stands that could not be used. What remains is then larger than the
    /// result says, by nobody knows how much.
    public internal(set) var unreadHazards: [Place] = []
    /// Likewise for finds, each of which might have reopened ground.
    public internal(set) var unreadFinds: [Place] = []
    /// Likewise for spot tasks, each of which might be open.
    public internal(set) var unreadSpotTasks: [Place] = []
    /// Likewise for strikes, each of which might have left suspicion.
    public internal(set) var unreadStrikes: [Place] = []
    /// Likewise for activities and changes of class: what was known of these before was not taken back.
    public internal(set) var unreadActivities: [Place] = [], unreadClassChanges: [Place] = []
    /// For activities whose geometry is `cells`, by id.
    public internal(set) var cells: [String: CellCount] = [:]
    /// For activities whose logs are not simply in longitude and latitude in the survey's frame, by id.
    public internal(set) var positions: [String: LogPositions] = [:]
    /// For logs that name their own CRS.
    public internal(set) var logPositions: [ListedLog: LogPositions] = [:]
    /// The logs that tables of finds list.
    public internal(set) var findLogs: [WaypointSource] = []
    /// Where the hazards are that could be used.
    public internal(set) var places = HazardPlaces([])
  }

  /// What the user says on the command line, before what `survey.toml` says.
  public struct Wishes: Hashable, Sendable {
    /// Coordinate operations by code; they go before the survey's own.
    public var operations: [String] = []
    public var preset: String?
    public var allowsMissingGrid = false
    public init() {}
  }

  /// Reads the folder at a path.
  public static func load(_ path: String, wishes: Wishes = Wishes()) -> LoadResult {
    guard let root = FolderRoot(path) else {
      return refused(
        "file.not-found", Place(path), "there is no such folder", "name the folder that survey.toml is in")
    }
    do {
      let file = try root.file(Section.file)
      var input = try ByteSource(path: file.open)
      var bytes: [UInt8] = []
      while let block = try input.next() {
        bytes += block
        guard bytes.count <= maxBytes else {
          return refused(
            "survey.too-large", Place(Section.file), "the file is larger than \(maxBytes) bytes",
            "split the survey; polygons belong into files of their own")
        }
      }
      let hash = try input.finish().sha256
      let lines = KeyLines(bytes)
      if let fault = lines.fault { throw fault }
      return load(
        try TOMLNode.parse(bytes), lines, root, FieldSurvey.Input(path: Section.file, sha256: hash), wishes)
    } catch let error as TOMLSyntaxError {
      return refused(
        "survey.syntax", Place(Section.file, line: error.line), error.message, "correct the line; see https://toml.io")
    } catch let error as FileUnreadable {
      return refused(error.code, Place(Section.file), error.message, "see whether the file can be read")
    } catch FolderRoot.PathError.leavesFolder {
      return refused(
        "path.outside-folder", Place(Section.file), "survey.toml is a link that leads out of the folder",
        "copy the file into the folder")
    } catch {
      if let error = unreadable(path) {
        return refused(error.code, Place(path), error.message, "see whether the file can be read")
      }
      return refused(
        "file.not-found", Place(path), "there is no survey.toml in it",
        "name the folder that survey.toml is in")
    }
  }

  /// Why a file in the place of the folder cannot be read: it may be a store.
  private static func unreadable(_ path: String) -> FileUnreadable? {
    do { _ = try ByteSource(path: path) } catch { if error.kind == .unreadable { return error } }
    return nil
  }

  private static func refused(_ code: String, _ place: Place, _ message: String, _ advice: String) -> LoadResult {
    var result = LoadResult()
    result.fatal = [Finding(code, .error, at: place, message, advice: advice)]
    result.isIncomplete = true
    return result
  }

  private static func load(
    _ tables: [String: TOMLNode], _ lines: KeyLines, _ root: FolderRoot, _ input: FieldSurvey.Input,
    _ wishes: Wishes
  ) -> LoadResult {
    let report = Report()
    let document = Document(Section(path: "", table: tables, lines: lines, report: report))
    guard let head = document.table("survey") else {
      return refused(
        "survey.missing-key", Place(Section.file), "there is no table [survey]",
        "begin the file with [survey], an id and a name")
    }
    document.root.check(known: Document.keys)
    let files = FeatureFiles(root: root, report: report)
    guard var survey = loadSurvey(head) else {
      var result = LoadResult()
      (result.fatal, result.isIncomplete) = (report.findings.filter { $0.level == .error }, true)
      return result
    }
    survey.weapons = loadWeapons(head, files)
    report.unreadHazards += document.misspelled("hazards")
    report.unreadFinds += document.misspelled("finds")
    report.unreadSpotTasks += document.misspelled("spot_tasks")
    var (hazardSections, findSections, taskSections): ([Section], [Section], [Section]) = ([], [], [])
    report.unreadHazards += report.errors { hazardSections = document.tables("hazards") }
    if !wishes.operations.isEmpty { survey.operations = wishes.operations }
    let references = References(head, wishes, files: files)
    report.unreadHazards += report.errors { references.look(at: hazardSections) }
    let hazards = hazardSections.flatMap { loadHazards($0, files, references) }
    references.add(hazards: hazards, operationsAt: head.place("operation"))
    guard !references.isRefused else {
      var result = LoadResult()
      // Where the CRS is not known, what each of the numbers is not need not be said.
      let errors = report.findings.filter { $0.level == .error }
      let isUndeclared = errors.contains { $0.code == "crs.undeclared" }
      result.fatal = errors.filter { !isUndeclared || $0.code != "geojson.coordinate" }
      result.isIncomplete = true
      return result
    }
    report.unreadHazards += report.errors { survey.hazards = unique(hazards, "hazard", report) { $0.place } }
    for index in survey.hazards.indices where survey.hazards[index].municipality == nil {
      survey.hazards[index].municipality = survey.municipality
    }
    report.unreadClassChanges += document.misspelled("class_changes")
    report.unreadClassChanges += report.errors {
      loadClassChanges(document.tables("class_changes"), of: &survey.hazards, report)
    }
    var loader = ActivityLoader(files: files, references: references, report: report)
    var sections: [Section] = []
    report.unreadActivities += document.misspelled("activities")
    report.unreadActivities += report.errors {
      sections = document.tables("activities")
      let activities = sections.compactMap { loader.load($0) }
      survey.activities = unique(activities, "activity", report) { $0.place }
    }
    report.unreadFinds += report.errors { findSections = document.tables("finds") }
    // `loadSurvey` has seen to it that the zone is known.
    let zone = (try? TimeZoneRules(survey.timeZone)) ?? .utc
    let finds = findSections.flatMap { loadFinds($0, files, references, zone: zone) }
    report.unreadFinds += report.errors {
      survey.finds = unique(finds, "find", report) { $0.place }.filter { isWithinReach($0, survey, report) }
    }
    report.unreadSpotTasks += report.errors { taskSections = document.tables("spot_tasks") }
    let tasks = taskSections.flatMap { loadSpotTasks($0, files, references) }
    report.unreadSpotTasks += report.errors { survey.spotTasks = unique(tasks, "spot task", report) { $0.place } }
    let catalogue = loadOrdnance(head, files)
    for index in survey.finds.indices { survey.finds[index].recognise(catalogue) }
    for index in survey.spotTasks.indices { survey.spotTasks[index].recognise(catalogue) }
    survey.boxes = document.table("grid").flatMap { loadBoxes($0, files, catalogue, survey.finds) }
    report.unreadStrikes += document.misspelled("strikes")
    var strikeSections: [Section] = []
    report.unreadStrikes += report.errors { strikeSections = document.tables("strikes") }
    let strikes = strikeSections.flatMap { loadStrikes($0, files, references) }
    report.unreadStrikes += report.errors {
      survey.strikes = unique(strikes, "strike", report) { $0.place }.filter { strike in
        let reach = survey.sigmaFactor * strike.usedSigma
        return isDrawn(reach, "strike.reach", "k sigma of strike \(strike.id.prefix(64)) reaches", strike.place, report)
      }
    }
    survey.inputs = (files.inputs + [input]).sorted()
    let ids = sections.compactMap { section -> String? in
      if case .string(let id)? = section.table["id"] { id } else { nil }
    }
    references.settle(&survey)
    SurveyFindings(survey: survey, activityIDs: Set(ids), report: report).check()
    tellUnknown(
      survey.finds.map { ($0.type, $0.ordnance, $0.place) } + survey.spotTasks.map { ($0.type, $0.ordnance, $0.place) },
      catalogue, report)

    var result = LoadResult()
    (result.positions, result.logPositions) = (loader.positions, loader.logPositions)
    (result.places, result.findLogs) = (references.places, files.waypointLogs)
    (result.survey, result.cells, result.isIncomplete) = (survey, loader.cells, report.isIncomplete)
    (result.unreadHazards, result.unreadFinds) = (report.unreadHazards.sorted(), report.unreadFinds.sorted())
    (result.unreadSpotTasks, result.unreadStrikes) = (report.unreadSpotTasks.sorted(), report.unreadStrikes.sorted())
    result.unreadActivities = report.unreadActivities.sorted()
    result.unreadClassChanges = report.unreadClassChanges.sorted()
    result.findings = report.findings.enumerated()
      .sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element)
    return result
  }

  /// The first of each id; the others are errors.
  private static func unique<T: Identifiable>(
    _ items: [T], _ what: String, _ report: Report, place: (T) -> Place
  ) -> [T] where T.ID == String {
    var first: [String: Place] = [:]
    return items.filter { item in
      guard let other = first[item.id] else {
        first[item.id] = place(item)
        return true
      }
      report.add(
        "survey.duplicate-id", .error, at: place(item),
        "the \(what) id \(item.id.prefix(64)) is used before, at \(other): this one is left out",
        advice: "give each \(what) an id of its own")
      return false
    }
  }
}

/// The outermost table: what is a table, and what is a list of tables.
struct Document {
  static let keys = ["survey", "hazards", "class_changes", "activities", "finds", "spot_tasks", "strikes", "grid"]

  let root: Section

  init(_ root: Section) { self.root = root }

  func table(_ key: String) -> Section? {
    guard let node = root.table[key] else { return nil }
    guard case .table(let table) = node else { return wrong(key, node, "[\(key)]") }
    return Section(path: key, table: table, lines: root.lines, report: root.report)
  }

  func tables(_ key: String) -> [Section] {
    guard let node = root.table[key] else { return [] }
    guard case .array(let nodes) = node else { return wrong(key, node, "[[\(key)]]") ?? [] }
    return nodes.enumerated().compactMap { i, node in
      guard case .table(let table) = node else { return wrong(key, node, "[[\(key)]]") }
      return Section(path: "\(key)[\(i)]", table: table, lines: root.lines, report: root.report)
    }
  }

  /// Where tables stand whose name is no key, and most likely means this one.
  func misspelled(_ key: String) -> [Place] {
    root.table.keys.sorted().filter { !Self.keys.contains($0) && nearest(to: $0, among: Self.keys) == key }
      .map { root.place($0) }
  }

  private func wrong<T>(_ key: String, _ node: TOMLNode, _ wanted: String) -> T? {
    root.report.add(
      "survey.type", .error, at: root.place(key), "`\(key)` is \(node.name)", advice: "write it as \(wanted)")
    return nil
  }
}

import Digests
import Geometry
import Survey
import Testing

@testable import History

private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

/// A hazard, a clearance and a find.
private func survey() throws -> FieldSurvey {
  var survey = FieldSurvey(id: "S", name: "Test")
  let ring = try Ring([Geographic(21, 43), Geographic(21.001, 43), Geographic(21.001, 43.001)])
  var hazard = Hazard(
    id: "H", class: .suspected, recorded: try day("2020-01-01"), polygons: [Polygon(ring)], place: Place("h"))
  hazard.classChanges = [ClassChange(.confirmed, on: try day("2021-05-01"), place: Place("s"))]
  survey.hazards = [hazard]
  var activity = Activity(
    id: "A", kind: .clearance, claims: .cleared, start: try day("2022-01-01"), end: try day("2022-02-01"),
    geometry: .track, place: Place("s"))
  activity.logs = ["logs/a.gpx"]
  survey.activities = [activity]
  survey.inputs = [FieldSurvey.Input(path: "logs/a.gpx", sha256: "ab")]
  survey.finds = [Find(id: "F", position: Geographic(21, 43), found: try day("2022-01-15"), place: Place("f"))]
  return survey
}

@Suite struct HistoryTests {
  @Test func `facts are told by day, then by kind`() throws {
    let events = History(of: try survey()).events
    #expect(events.map(\.fact.subject.kind) == [.survey, .hazard, .classChange, .find, .log, .activity])
    #expect(events.map(\.number) == Array(1...6))
    #expect(events.allSatisfy { $0.kind == .told && $0.corrects == nil })
  }

  @Test func `the order in which a survey lists things does not matter`() throws {
    var survey = try survey()
    let other = Hazard(id: "G", class: .confirmed, recorded: try day("2020-01-01"), polygons: [], place: Place("h"))
    survey.hazards.append(other)
    let head = History(of: survey).head
    survey.hazards.reverse()
    #expect(History(of: survey).head == head)
  }

  @Test func `telling the same again adds nothing`() throws {
    var history = History(of: try survey())
    let before = history
    history.tell(try survey().facts)
    #expect(history == before)
  }

  @Test func `what is later in time continues the chain, as if it had been told at once`() throws {
    var grown = try survey()
    grown.finds.append(Find(id: "G", position: Geographic(21, 43), found: try day("2024-01-01"), place: Place("f")))
    var history = History(of: try survey())
    let head = history.head
    history.tell(grown.facts)
    #expect(history == History(of: grown))
    #expect(history.events.map(\.hash).contains(head))
  }

  @Test func `what becomes of an item later is told on its day, and changes nothing before`() throws {
    var survey = try survey()
    let task = SpotTask(
      id: "T", position: Geographic(21, 43), recorded: try day("2022-03-01"), status: .recorded, place: Place("t"))
    survey.spotTasks = [task]
    let before = History(of: survey)
    survey.finds[0].disposed = try day("2022-04-01")
    (survey.spotTasks[0].status, survey.spotTasks[0].started) = (.completed, try day("2022-05-01"))
    survey.spotTasks[0].closed = try day("2022-06-01")
    let after = History(of: survey).events
    #expect(Array(after.prefix(before.events.count)) == before.events)
    #expect(
      after.dropFirst(before.events.count).map(\.fact.subject.kind) == [.disposal, .spotTaskStarted, .spotTaskClosed])
  }

  @Test func `a correction and a withdrawal name what they are about`() throws {
    var changed = try survey()
    changed.hazards[0].village = "Gaj"
    changed.finds = []
    var history = History(of: try survey())
    history.tell(changed.facts)
    let added = history.events[6...]
    #expect(added.map(\.kind) == [.corrected, .withdrawn] && added.map(\.corrects) == [2, 4])
    #expect(history.differences(from: changed.facts).isEmpty && history.fault == nil)
    // Told anew after it was withdrawn, it is new.
    history.tell(try survey().facts)
    #expect(history.events.suffix(2).map(\.kind) == [.corrected, .told])
  }

  @Test func `nothing is taken back of a kind that could not be read whole`() throws {
    var changed = try survey()
    (changed.finds, changed.hazards, changed.activities) = ([], [], [])
    var history = History(of: try survey())
    let before = history
    history.tell(changed.facts, unread: [.find])
    #expect(history.events[6...].map(\.fact.subject.kind) == [.hazard, .classChange, .log, .activity])
    #expect(history.withdrawn.map(\.number) == [7, 8, 9, 10])
    #expect(history.differences(from: changed.facts).map(\.kind) == [.find])
    #expect(history.differences(from: changed.facts, unread: [.find]).isEmpty)
    // Once everything can be read it is taken back after all; what is put back is not.
    history.tell(changed.facts)
    #expect(history.withdrawn.map(\.fact.subject.kind) == [.hazard, .classChange, .log, .activity, .find])
    history.tell(try survey().facts)
    #expect(history.withdrawn.isEmpty && history.fault == nil && before.withdrawn.isEmpty)
  }

  /// Every way to change one fact changes its event.
  @Test func `each thing that is recorded counts`() throws {
    let changes: [(inout FieldSurvey) throws -> Void] = [
      { $0.name = "x" }, { $0.requiredDepth = 1 }, { $0.fadeout = 1 }, { $0.sigmaFactor = 1 }, { $0.grid = "x" },
      { $0.timeZone = "x" }, { $0.operations = ["x"] }, { $0.organisation = "x" }, { $0.hazards[0].evidence = "x" },
      { $0.hazards[0].requiredDepth = 1 }, { $0.hazards[0].reportedArea = 1 }, { $0.hazards[0].ordnance = "x" },
      { $0.hazards[0].municipality = "x" }, { $0.hazards[0].recorded = try day("2020-01-02") },
      { $0.hazards[0].polygons = [] }, { $0.hazards[0].classChanges[0].hazardClass = .suspected },
      { $0.hazards[0].classChanges[0].role = "x" }, { $0.activities[0].depth = 1 }, { $0.activities[0].team = "x" },
      { $0.activities[0].swathWidth = 1 }, { $0.activities[0].rules.maxGapMetres = 1 },
      { $0.activities[0].searched = true },
      { $0.activities[0].kind = .bacSurface }, { $0.inputs[0].sha256 = "cd" }, { $0.finds[0].sigma = 1 },
      { $0.finds[0].position = Geographic(21, 43.000_000_1) }, { $0.finds[0].disposal = "x" },
    ]
    for (index, change) in changes.enumerated() {
      var changed = try survey()
      try change(&changed)
      var history = History(of: try survey())
      let different = history.differences(from: changed.facts)
      #expect(!different.isEmpty, "\(index)")
      history.tell(changed.facts)
      #expect(history.events.count > 6, "\(index)")
    }
  }

  @Test func `of several events that were changed among very many the first is found`() {
    var history = History()
    history.tell((0..<9_000).map { Fact(stored: .find, "F\($0)", on: nil, by: nil, as: nil, record: "{}") })
    var events = history.events
    #expect(history.fault == nil)
    for index in [8_500, 4_200, 4_100] {
      let event = events[index]
      events[index] = Event(
        number: event.number, kind: event.kind, fact: event.fact, corrects: 1, hash: event.hash)
      #expect(History(stored: events).fault == index + 1)
    }
  }

  @Test func `an event that was changed, taken out, put in or moved is found`() throws {
    let events = History(of: try survey()).events
    for index in events.indices {
      let event = events[index]
      var fact = event.fact
      fact.record = #"{"x":1}"#
      let edited = Event(number: event.number, kind: event.kind, fact: fact, corrects: nil, hash: event.hash)
      var list = events
      list[index] = edited
      #expect(History(stored: list).fault == index + 1)
      // Sealed anew it breaks the one after it; with all after it sealed anew, the head is another.
      var head = index == 0 ? History().head : events[index - 1].hash
      list[index] = Event(number: event.number, event.kind, fact, corrects: nil, after: head)
      #expect(History(stored: list).fault == (index + 1 < events.count ? index + 2 : nil))
      for at in index..<list.count {
        list[at] = Event(number: at + 1, .told, list[at].fact, corrects: nil, after: head)
        head = list[at].hash
      }
      #expect(History(stored: list).fault == nil && head != events.last?.hash)
      list = events
      list.remove(at: index)
      #expect(History(stored: list).fault == (index + 1 < events.count ? index + 1 : nil))
      list = events
      list.insert(event, at: index)
      #expect(History(stored: list).fault == index + 2)
    }
    #expect(History(stored: events).fault == nil)
  }

  /// The chain as anybody may recompute it: SHA-256 of the hash before, the line, each with its end of line.
  @Test func `a hash is that of the line and the hash before`() throws {
    var head = String(repeating: "0", count: 64)
    for event in History(of: try survey()).events {
      head = sha256(Array("\(head)\n\(event.line)\n".utf8))
      #expect(event.hash == head)
    }
    #expect(sha256(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}

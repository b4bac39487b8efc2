import Geometry
import Survey

extension SurveyContent {
  /// What can have a part in the answer about one place, and perhaps more: everything in its order, so that the answer is
  /// the same as from all of it.
  ///
  /// That is: hazards that touch each other round the place; work that reaches these, or comes within `reach` metres, as
  /// far as its own ground hangs together; the hazards that this work reaches; finds whose fade-out reaches the first, or
  /// the place, with the hazards and the work there. Boxes decide, wider than what is in them.
  func near(_ place: Geographic, reach: Double = 1_100) -> SurveyContent {
    let hazards = BoxGroups(survey.hazards.map { Box($0.polygons.map(\.box)).grown(byMetres: 1) })
    let works = Works(self)
    let ground = BoxGroups(works.boxes) { works.activity[$0] == works.activity[$1] }
    let all = hazards.boxes + ground.boxes + [Box([place])]
    // Where a longitude may be counted on past 180 degrees, or hardly counts, boxes do not tell what is near.
    guard all.allSatisfy({ $0.isEmpty || ($0.minX > -179 && $0.maxX < 179 && $0.minY > -85 && $0.maxY < 85) }) else {
      return self
    }
    let here = Box([place])
    let first = hazards.touching([here.grown(byMetres: 1)])
    let firstBoxes = first.map { hazards.boxes[$0] }
    var taken = ground.touching(firstBoxes + [here.grown(byMetres: reach)])
    var kept = first.union(hazards.touching(taken.map { ground.boxes[$0] }))
    var result = self
    result.survey.finds = survey.finds.filter { find in
      // A disc is drawn round its circle, and a find without a sigma is taken for a handheld receiver's.
      let radius = (survey.fadeout ?? 0) + survey.sigmaFactor * (find.sigma ?? FixQuality.unknown.assumedSigma)
      let disc = Box([find.position]).grown(byMetres: 1.1 * radius + 30)
      return (firstBoxes + [here]).contains { $0.intersects(disc) }
    }
    let found = result.survey.finds.map { Box([$0.position]).grown(byMetres: 1) }
    taken.formUnion(ground.touching(found))
    kept.formUnion(hazards.touching(found))
    result.survey.hazards = zip(survey.hazards, hazards.groupOf).filter { kept.contains($1) }.map(\.0)
    // Whether the place is far from every hazard is asked of all of them.
    let others = zip(survey.hazards, hazards.groupOf).filter { !kept.contains($1) }
    result.otherPlaces += others.map { Box($0.0.polygons.map(\.box)) }.filter { !$0.isEmpty }
    works.keep(&result) { taken.contains(ground.groupOf[$0]) }
    return result
  }
}

/// The ground of all activities, piece by piece: runs, then drawn polygons.
private struct Works {
  var boxes: [Box<Geographic>] = []
  /// The index of the activity of each.
  var activity: [Int] = []

  init(_ content: SurveyContent) {
    let activities = content.survey.activities
    let numbers = Dictionary(activities.enumerated().map { ($1.id, $0) }) { first, _ in first }
    for run in content.runs {
      let index = numbers[run.activity] ?? 0
      // As wide as a swath may be, and what a find is looked for beside it (11 m of latitude, and a part of the radius).
      boxes.append(run.box.grown(byMetres: 4 * (activities[index].swathWidth ?? 0) + 20))
      activity.append(index)
    }
    for (index, one) in activities.enumerated() {
      boxes += one.polygons.map { $0.box.grown(byMetres: 1 + 4 * (one.sigma ?? 0)) }
      activity += one.polygons.map { _ in index }
    }
  }

  func keep(_ content: inout SurveyContent, where isTaken: (Int) -> Bool) {
    var next = 0
    func take() -> Bool {
      defer { next += 1 }
      return isTaken(next)
    }
    content.runs = content.runs.filter { _ in take() }
    for index in content.survey.activities.indices {
      content.survey.activities[index].polygons = content.survey.activities[index].polygons.filter { _ in take() }
    }
  }
}

extension Box where C == Geographic {
  fileprivate init(_ boxes: [Box]) {
    self.init()
    for box in boxes { include(box) }
  }
}

import Geometry
import Survey

/// The rows of what is near a place, of every table by which something can be near, in the order in which they are read.
struct NearRows {
  var rows: [(table: Table, rows: [Int])]
  /// Round the hazards that are not among them: whether the place is far from every hazard is asked of all.
  var otherPlaces: [Box<Geographic>]
}

extension Outlines {
  /// What can have a part in the answer about one place, and perhaps more: everything in its order, so that the answer is
  /// the same as from all of it. `nil` where boxes do not tell what is near.
  ///
  /// That is: hazards that touch each other round the place; work that reaches these, or comes within `reach` metres, as
  /// far as its own ground hangs together; the hazards that this work reaches; finds whose fade-out reaches the first, or
  /// the place, with the hazards and the work there. Boxes decide, wider than what is in them.
  func near(_ place: Geographic, _ survey: FieldSurvey, reach: Double = 1_100) -> NearRows? {
    let hazards = BoxGroups(self.hazards.map { $0.grown(byMetres: 1) })
    let ground = BoxGroups(pieces.map(\.box)) { pieces[$0].activity == pieces[$1].activity }
    let here = Box([place])
    let all = hazards.boxes + ground.boxes + [here]
    // Where a longitude may be counted on past 180 degrees, or hardly counts, boxes do not tell what is near.
    guard all.allSatisfy({ $0.isEmpty || ($0.minX > -179 && $0.maxX < 179 && $0.minY > -85 && $0.maxY < 85) }) else {
      return nil
    }
    let first = hazards.touching([here.grown(byMetres: 1)])
    let firstBoxes = first.map { hazards.boxes[$0] }
    var taken = ground.touching(firstBoxes + [here.grown(byMetres: reach)])
    var kept = first.union(hazards.touching(taken.map { ground.boxes[$0] }))
    let nearFinds = finds.indices.filter { index in
      // A disc is drawn round its circle, and a find without a sigma is taken for a handheld receiver's.
      let sigma = finds[index].sigma ?? FixQuality.unknown.assumedSigma
      let radius = (survey.fadeout ?? 0) + survey.sigmaFactor * sigma
      let disc = Box([finds[index].position]).grown(byMetres: 1.1 * radius + 30)
      return (firstBoxes + [here]).contains { $0.intersects(disc) }
    }
    let found = nearFinds.map { Box([finds[$0].position]).grown(byMetres: 1) }
    taken.formUnion(ground.touching(found))
    kept.formUnion(hazards.touching(found))
    let nearHazards = self.hazards.indices.filter { kept.contains(hazards.groupOf[$0]) }
    let nearPieces = pieces.indices.filter { taken.contains(ground.groupOf[$0]) }
    let others = self.hazards.indices.filter { !kept.contains(hazards.groupOf[$0]) }.map { self.hazards[$0] }
    return NearRows(
      rows: [
        (.hazards, nearHazards.map { $0 + 1 }),
        (.activities, Set(nearPieces.map { pieces[$0].activity + 1 }).sorted()),
        (.claims, nearPieces.filter { $0 >= runs }.map { $0 - runs + 1 }),
        (.finds, nearFinds.map { $0 + 1 }),
        (.runs, nearPieces.filter { $0 < runs }.map { $0 + 1 }),
      ], otherPlaces: others.filter { !$0.isEmpty })
  }
}

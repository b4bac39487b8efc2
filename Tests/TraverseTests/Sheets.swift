import Geomagnetism
import Geometry
import Glibc
import Survey
import Testing

@testable import Traverse

let nis = Geographic(21.9033, 43.3247)

/// A sheet whose true positions are known, since its legs were measured between them by GeodSolve.
struct KnownSheet {
  /// In the order of the ids RP, BM, SP, TP1, ...
  var places: [Geographic] = []
  var ids: [String] = []
  /// Degrees east of true north, and metres, from each place to the next; the last one closes on SP.
  var azimuths: [Double] = [], lengths: [Double] = []

  /// A walk from a reference point to a benchmark, a start point and round a ring of corners.
  init(corners: Int, from origin: Geographic = nis, using random: inout GeographicLib.Random) throws {
    let scale = LocalScale(latitude: origin.latitude)
    func add(_ id: String, _ east: Double, _ north: Double) throws -> String {
      let longitude = try GeographicLib.Written(origin.longitude + east / scale.metresPerLongitude)
      let latitude = try GeographicLib.Written(origin.latitude + north / scale.metresPerLatitude)
      places.append(Geographic(longitude.value, latitude.value))
      ids.append(id)
      return "\(latitude.text) \(longitude.text)"
    }
    var texts = [try add("RP", 0, 0), try add("BM", 310, 45), try add("SP", 350, 80)]
    for corner in 1..<corners {
      let turn = 2 * Double.pi * Double(corner) / Double(corners)
      let radius = Double.random(in: 30...60, using: &random)
      texts.append(try add("TP\(corner)", 350 + radius * sin(turn), 80 + 60 - 60 * cos(turn) + radius / 9))
    }
    let lines = zip(texts, texts.dropFirst() + [texts[2]]).map { "\($0) \($1)\n" }.joined()
    for row in try GeographicLib.run("GeodSolve -i -p 9", lines) {
      azimuths.append(row[0])
      lengths.append(row[2])
    }
  }

  /// As it would be written down: bearings of a unit, from a north that lies so far east of the true one.
  func sheet(
    _ unit: BearingUnit = .degrees, _ reference: BearingReference = .trueNorth,
    turned: (Geographic) throws -> Double = { _ in 0 }
  ) throws -> TraverseSheet {
    var legs: [Leg] = []
    for index in places.indices {
      let to = index + 1 < ids.count ? index + 1 : 2
      var bearing = (azimuths[index] - (try turned(places[index]))).truncatingRemainder(dividingBy: 360)
      if bearing < 0 { bearing += 360 }
      legs.append(
        Leg(
          from: ids[index], to: ids[to], type: to == 1 ? .benchmark : to == 2 ? .start : .turning,
          distance: lengths[index], bearing: bearing * unit.circle / 360, unit: unit, reference: reference,
          place: Place("sheet.csv", line: index + 2)))
    }
    return TraverseSheet(known: [start], legs: legs, place: Place("sheet.csv"))
  }

  var start: KnownPoint {
    KnownPoint(id: "RP", type: .reference, position: places[0], place: Place("sheet.csv", line: 1))
  }
}

/// Metres apart.
func apart(_ a: Geographic, _ b: Geographic?) -> Double { b.map { a.distance(to: $0) } ?? .infinity }

/// A leg from true north, in degrees.
func leg(
  _ from: String, _ to: String, _ bearing: Double, _ distance: Double, _ type: PointType = .turning,
  unit: BearingUnit = .degrees, reference: BearingReference = .trueNorth, line: Int = 0
) -> Leg {
  Leg(
    from: from, to: to, type: type, distance: distance, bearing: bearing, unit: unit, reference: reference,
    place: Place("sheet.csv", line: line))
}

/// A sheet whose only known point is a benchmark at Nis.
func benchmarkSheet(_ legs: [Leg], at position: Geographic = nis) -> TraverseSheet {
  TraverseSheet(
    known: [KnownPoint(id: "BM", type: .benchmark, position: position, place: Place("sheet.csv", line: 1))],
    legs: legs.enumerated().map { index, leg in
      var leg = leg
      leg.place.line = index + 2
      return leg
    }, place: Place("sheet.csv"))
}

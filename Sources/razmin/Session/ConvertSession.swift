import Formats
import Geometry
import Notation
import Positions
import Presets
import Projection
import Survey

/// The conversions of one run: each source CRS gets its operation once, and keeps it.
struct ConvertSession {
  private let source: PositionInput
  private let target: PositionOutput
  private let decimals: Int?
  private let explain: Bool
  private var georeference: Georeference
  private var open: [String: Converter] = [:]

  /// A conversion cannot be copied; a box of it can.
  private final class Converter {
    var conversion: PairConversion
    init(_ conversion: consuming PairConversion) { self.conversion = conversion }
  }

  init(
    source: PositionInput, target: PositionOutput, decimals: Int?, explain: Bool, georeference: Georeference
  ) {
    (self.source, self.target, self.decimals) = (source, target, decimals)
    (self.explain, self.georeference) = (explain, georeference)
  }

  /// One position from the command line.
  mutating func convert(_ text: String) throws -> Outcome { try single { try $0.read(text) } }

  /// One position whose axes are named.
  mutating func convert(latitude: String, longitude: String) throws -> Outcome {
    try single { try $0.read(latitude: latitude, longitude: longitude) }
  }

  private mutating func single(_ read: (PositionInput) throws -> PositionInput.Pair) throws -> Outcome {
    do {
      let pair = try read(source)
      try prepare([pair])
      let fields = try written(pair)
      var output = try Output.open(nil)
      try output.write(Array((fields.joined(separator: " ") + "\n").utf8))
      try output.finish()
      if let precision = pair.precision {
        Console.say("as written, it is exact to \(metres(precision)) along each axis")
      }
      return .done
    } catch let fault as CoordinateFault {
      Console.say("\(fault.message) [\(fault.code)]")
      return .refused
    }
  }

  /// How many rows are looked at before the operation is chosen.
  private static let sampleCount = 1000

  /// Positions row by row. A row that is refused is told, and gives `*` in place of a position, so that rows keep their
  /// numbers.
  mutating func convert(_ table: consuming PositionTable) throws -> Outcome {
    var output = try Output.open(nil)
    var writer = RowWriter()
    var problems: [Problem] = []
    var ahead: [PositionTable.Row] = []
    while ahead.count < Self.sampleCount, let row = try table.next(source, &problems) { ahead.append(row) }
    try prepare(ahead.compactMap { try? $0.pair.get() })
    let isPair = if case .crs = target { true } else { false }
    writer.append(table.header(target.columnNames))
    var used = 0
    var waiting = ahead[...]
    while true {
      if waiting.isEmpty { used += try convertPlainRows(of: &table, into: &writer, &output) }
      guard let row = try waiting.popFirst() ?? table.next(source, &problems) else { break }
      if row.isBlank {
        writer.append([UInt8(ascii: "\n")])
        continue
      }
      do {
        let fields = try written(try row.pair.get())
        writer.append(table.line(row, fields))
        used += 1
      } catch let fault as CoordinateFault {
        problems.append(Problem(fault.code, line: row.line, fault.message))
        writer.append(table.line(row, Array(repeating: "*", count: isPair ? 2 : 1)))
      }
      try writer.drain(into: &output, ifMoreThan: 65_536)
    }
    try writer.drain(into: &output)
    try output.finish()
    Console.say(problems, in: table.name)
    return problems.isEmpty ? .done : used > 0 ? .unusedInput : .refused
  }

  /// The rows up to the first that has anything to be said of, without a string made of any. Returns how many there were.
  private func convertPlainRows(
    of table: inout PositionTable, into writer: inout RowWriter, _ output: inout Output
  ) throws -> Int {
    guard case .crs(let crs, let isAuthorityOrder) = target, let converter = source.crs.flatMap({ open[$0.definition] })
    else { return 0 }
    let places = target.decimals(decimals)
    let isNorthFirst = isAuthorityOrder && crs.isNorthFirst
    var count = 0
    while let (first, second) = try table.nextPair() {
      let (x, y) = source.eastFirst(first, second)
      guard let (east, north) = try? converter.conversion.convert(x, y),
        table.write(
          pairAnd: isNorthFirst ? north : east, isNorthFirst ? east : north, decimals: places, to: &writer)
      else {
        table.leavePair()
        break
      }
      count += 1
      try writer.drain(into: &output, ifMoreThan: 65_536)
    }
    return count
  }

  /// Chooses the operation of each CRS among the pairs, and says which.
  private mutating func prepare(_ pairs: [PositionInput.Pair]) throws {
    // What cannot be in its CRS is refused row by row, and decides nothing.
    for (name, group) in Dictionary(grouping: pairs, by: \.crs).sorted(by: { $0.key < $1.key }) where open[name] == nil
    {
      let crs = try ReferenceSystem(name)
      let all = group.map { Projected($0.first, $0.second) }
      let sound = try georeference.sound(all, in: crs)
      let box = Box(sound.isEmpty ? all : sound)
      let samples = [Projected(box.minX, box.minY), Projected(box.maxX, box.maxY)]
      let places = crs.isGeographic ? samples.map { Geographic($0.easting, $0.northing) } : []
      georeference.settle(positions: places, pairs: crs.isGeographic ? [] : [(crs, samples)])
      try warn(group.filter(\.isBare).map { Geographic($0.first, $0.second) }, in: crs)
      let conversion = try PairConversion.open(
        from: crs, to: ReferenceSystem(target.crs), at: samples, &georeference)
      tell(conversion.choice)
      open[name] = Converter(conversion)
    }
  }

  /// Longitude and latitude the wrong way round may be a place as good as any: in a preset that was named it is refused,
  /// elsewhere it is said.
  private func warn(_ places: [Geographic], in crs: ReferenceSystem) throws {
    guard crs.isGeographic else { return }
    let named = georeference.isPresetNamed ? georeference.preset : nil
    guard let country = countryIfSwapped(places.filter(\.isOnEarth), named: named) else { return }
    let words =
      "these pairs lie \(named == nil ? "in no country that Razmin knows" : "outside of it"), and would lie in "
      + "\(country.name) if they were exchanged: longitude comes first"
    guard named == nil else { throw ProjectionError("coordinate.swapped", operation: country.name, reason: words) }
    Console.say("\(words) [coordinate.swapped]")
  }

  private mutating func written(_ pair: PositionInput.Pair) throws -> [String] {
    if open[pair.crs] == nil { try prepare([pair]) }
    guard let converter = open[pair.crs] else {
      throw CoordinateFault("crs.operation", "no operation from \(pair.crs)")
    }
    let (first, second) = try converter.conversion.convert(pair.first, pair.second)
    guard let fields = target.write(first, second, decimals: decimals) else {
      throw CoordinateFault("position.range", "there is no such notation for \(second), \(first)")
    }
    return fields
  }

  private func tell(_ choice: OperationChoice) {
    Console.say(Conversion(source: choice.operation.source, choice: choice).use.sentence)
    guard explain else { return }
    for pipeline in choice.operation.pipelines { Console.say("pipeline: \(pipeline)") }
    for other in choice.others { Console.say("instead: \(other.operation.label), \(metres(other.distance)) away") }
  }
}

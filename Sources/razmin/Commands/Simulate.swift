public import ArgumentParser
public import Simulation

struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make up a survey, for training and benchmarks.",
    discussion: """
      Writes a survey folder near Nis where nothing is real: hazards, cells, finds, and logs as GPX with twins of the \
      same fixes in NMEA and CSV. The same seed gives the same bytes. Files of the same name in DIR are replaced.
      Example: razmin simulate --hazards 5 --fixes 50000 --seed 1 --noise mixed --out practice
      """)

  @Option(help: ArgumentHelp("How many hazards.", valueName: "n"))
  var hazards = 5

  @Option(help: ArgumentHelp("How many recorded positions, in all logs together.", valueName: "n"))
  var fixes = 50_000

  @Option(help: ArgumentHelp("Another number, another survey.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: "The receivers: rtk (0.02 m), handheld (1.5 m) or mixed (one hazard in five handheld).")
  var noise = SimulationPlan.Noise.mixed

  @Flag(help: "Polygons only, all over a country: about three released ones for each hazard, and no logs.")
  var national = false

  @Option(help: ArgumentHelp("The folder to write; made where it is missing.", valueName: "dir"))
  var out: String

  func validate() throws {
    guard (1...1_000_000).contains(hazards) else { throw ValidationError("--hazards takes 1 to 1000000.") }
    guard (0...1_000_000_000).contains(fixes) else { throw ValidationError("--fixes takes 0 to 1000000000.") }
  }

  func run() async throws {
    try await ending {
      let plan = SimulationPlan(hazards: hazards, fixes: fixes, seed: seed, noise: noise, national: national)
      try simulate(plan, into: out)
      return .done
    }
  }
}

extension SimulationPlan.Noise: ExpressibleByArgument {}

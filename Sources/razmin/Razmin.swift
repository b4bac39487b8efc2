import ArgumentParser
import CMalloc

@main
struct Razmin: AsyncParsableCommand {
  static let version = "0.1.0"
  static let configuration = CommandConfiguration(
    commandName: "razmin",
    abstract: "Turn what demining teams bring home from the field into land-release geometry that can be defended.",
    discussion: """
      GeoJSON goes to standard output or to -o FILE; words for people go to standard error.

      Exit status: 0 done; 1 done, and the answer is no; 2 done, but some input could not be used; 64 usage; 65 input \
      unreadable or refused; 66 not found; 70 our own fault; 74 output could not be written.

      Example: razmin ledger sample-surveys/nis-apron
      """,
    version: version,
    subcommands: [
      Import.self, Inspect.self, Cleared.self, Remaining.self, LedgerCommand.self, Validate.self, Convert.self,
      FadeoutCommand.self, Why.self, Check.self, Diff.self, HistoryCommand.self, BoxesCommand.self, LanesCommand.self,
      RemnantsCommand.self, StrikesCommand.self, QualityCommand.self, SampleCommand.self, Sheet.self,
      PresetsCommand.self, OrdnanceCommand.self, Simulate.self,
    ])

  static func main() async {
    // Arrays of one large hazard go back to the system when they are freed: glibc keeps those of up to 32 MiB once it has seen
    // one freed, and they would add to what comes next. Small ones are kept: to ask for them again costs more than they do
    // (mallopt(3)).
    mallopt(M_MMAP_THRESHOLD, 4 << 20)
    mallopt(M_TRIM_THRESHOLD, 8 << 20)
    await main(nil)
  }
}

import CFuzzer
import Glibc

/// Runs libFuzzer over one target, named by `RAZMIN_FUZZ`; without it, lists the targets.
///
///     RAZMIN_FUZZ=gpx razmin-fuzz corpus/ -max_total_time=60
///     RAZMIN_FUZZ=gpx razmin-fuzz findings/gpx/crash-0123
@main enum Main {
  static func main() {
    guard let name = getenv("RAZMIN_FUZZ").map({ String(cString: $0) }) else {
      for target in targets {
        print(target.name, target.dictionary ?? "-", target.seeds.joined(separator: ","), separator: "\t")
      }
      return
    }
    guard let target = targets.first(where: { $0.name == name }) else {
      print("no target is called \(name)")
      exit(64)
    }
    chosen = target
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    exit(
      LLVMFuzzerRunDriver(&count, &arguments) { data, size in
        chosen?.run(Array(UnsafeBufferPointer(start: data, count: size)))
        return 0
      })
  }
}

/// Set once, before the first input; libFuzzer runs one input after the other.
nonisolated(unsafe) private var chosen: Target?

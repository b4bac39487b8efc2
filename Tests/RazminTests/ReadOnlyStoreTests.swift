import Foundation
import Testing

/// Runs a line of shell as somebody who may write only what the line lets everybody write: root may write everywhere, and
/// nobody then runs a copy of the executable.
private func asNobody(_ line: String, in scratch: Scratch) throws -> Run {
  let nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups"
  return try shell(
    """
    cd '\(scratch.path)' && cp "$RAZMIN" razmin && chmod 755 . razmin
    [ "$(id -u)" = 0 ] && nobody='\(nobody)'
    \(line)
    status=$?; chmod -R u+rw .; exit $status
    """)
}

/// In `kept` under a scratch folder, beside it the same store to compare with.
private func store(_ scratch: Scratch, isCutOff: Bool) throws -> String {
  let (whole, kept) = (scratch.path + "/whole.gpkg", scratch.path + "/kept")
  let made = try razmin("import", "sample-surveys/nis-apron", "--into", whole)
  try #require(made.status == 0, "\(made.errors)")
  try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
  try FileManager.default.copyItem(atPath: whole, toPath: kept + "/store.gpkg")
  guard isCutOff else { return kept + "/store.gpkg" }
  let script = """
    import os, signal, sqlite3, sys
    store = sqlite3.connect(sys.argv[1], isolation_level=None)
    # A cache of one page: what is changed goes into the file at once.
    store.execute("PRAGMA cache_size = 1")
    store.execute("BEGIN IMMEDIATE")
    store.execute("UPDATE fixes SET packed = zeroblob(length(packed))")
    store.execute("UPDATE activities SET depth_cm = 999")
    os.kill(os.getpid(), signal.SIGKILL)
    """
  let cut = try shell("python3 '\(try scratch.write(script, to: "cut.py"))' '\(kept)/store.gpkg'")
  try #require(cut.status == 137 && FileManager.default.fileExists(atPath: kept + "/store.gpkg-journal"))
  return kept + "/store.gpkg"
}

private let commands = [
  "ledger", "why --lat 43.3351 --lon 21.8733", "validate", "history", "remaining",
]

@Test(arguments: commands)
func `a store that may not be written, in a folder that may not, answers as ever`(command: String) throws {
  let scratch = try Scratch()
  _ = try store(scratch, isCutOff: false)
  let answer = try razmin(arguments: command.split(separator: " ").map(String.init) + [scratch.path + "/whole.gpkg"])
  let run = try asNobody(
    "chmod a-w kept/store.gpkg; chmod 555 kept; $nobody ./razmin \(command) kept/store.gpkg", in: scratch)
  #expect(run.status == answer.status && run.output == answer.output && answer.status == 0, "\(run.errors)")
  #expect(try contents(of: scratch.path + "/kept").keys.sorted() == ["store.gpkg"])
}

/// What may be written while a cut-off import waits to be taken back; everything is needed.
@Test(arguments: [
  "chmod 444 kept/*; chmod 555 kept", "chmod 666 kept/*; chmod 555 kept", "chmod 444 kept/*; chmod 777 kept",
])
func `a cut-off import that cannot be taken back is told, and what waits is left`(modes: String) throws {
  let scratch = try Scratch()
  let path = try store(scratch, isCutOff: true)
  let before = try contents(of: scratch.path + "/kept")
  for command in commands + ["import \(samples)/nis-apron --into"] {
    let run = try asNobody("\(modes); $nobody ./razmin \(command) kept/store.gpkg", in: scratch)
    #expect(run.status == 65 && run.output.isEmpty, "\(command): \(run.status) \(run.errors)")
    #expect(run.errors.contains("[store.interrupted]") && !run.errors.contains(scratch.path), "\(run.errors)")
    // Where the file may be written it is put back, and only the journal cannot be taken away.
    let (now, canMend) = (try contents(of: scratch.path + "/kept"), modes.contains("666"))
    #expect(now["store.gpkg-journal"] == before["store.gpkg-journal"] && (canMend || now == before))
  }
  let (answer, whole) = (try razmin("ledger", path), try razmin("ledger", scratch.path + "/whole.gpkg"))
  #expect(answer.status == 0 && answer.output == whole.output)
  #expect(try contents(of: scratch.path + "/kept").keys.sorted() == ["store.gpkg"])
}

@Test func `an import into a store that may not be written says so, or that there is nothing new`() throws {
  let scratch = try Scratch()
  let path = try store(scratch, isCutOff: false)
  let before = FileManager.default.contents(atPath: path)
  let copy = try scratch.copy("nis-apron")
  let importing = "chmod 444 kept/store.gpkg; chmod 555 kept; $nobody ./razmin import nis-apron --into kept/store.gpkg"
  let same = try asNobody(importing, in: scratch)
  #expect(same.status == 0 && same.errors.contains("nothing new"), "\(same.errors)")
  try change(copy + "/survey.toml", "fadeout_m = ", "fadeout_m = 1")
  let changed = try asNobody(importing, in: scratch)
  #expect(changed.status == 74 && changed.errors.contains("[store.not-written]"), "\(changed.errors)")
  #expect(FileManager.default.contents(atPath: path) == before)
}

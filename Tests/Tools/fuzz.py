"""Runs libFuzzer over every reader, and says what it found.

Usage: fuzz.py EXECUTABLE --samples FOLDER… [--seconds N] [--jobs N] [--targets NAME…] [--table FILE]

The targets and their laws stand in Tests/Fuzzing/Sources. Inputs that a run found worth keeping lie in .build-fuzz/corpus
and begin the next one. What a target died, hung or ran out of memory on is kept in .build-fuzz/findings: give it to
    RAZMIN_FUZZ=target SWIFT_BACKTRACE=enable=no .build-fuzz/release/RazminFuzz finding
"""

import argparse
import concurrent.futures
import io
import os
import pathlib
import re
import struct
import subprocess
import sys
import tarfile
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent.parent / "Fuzzing"
# Longer seeds reach nothing more, and are slower; what is packed is of no use in part.
SEED_BYTES = 4096
PACKED = {".gz", ".zip", ".kmz", ".tar", ".xlsx", ".tzif", ".gpkg", ".shapefile"}
LIMITS = ["-max_len=65536", "-timeout=10", "-rss_limit_mb=1024", "-malloc_limit_mb=512", "-detect_leaks=0"]
ZONES = ["Europe/Belgrade", "America/New_York", "Asia/Kathmandu"]


def run(executable, target, arguments, log):
    environment = {
        "RAZMIN_FUZZ": target, "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no",
        "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1"}
    with open(log, "wb") as output:
        return subprocess.run([executable, *arguments], env=environment, stdout=output, stderr=output).returncode


def made_seeds(folder):
    """Archives of the samples that are text, and rules of time zones."""
    files = {path.name: path.read_bytes()[:SEED_BYTES] for path in sorted((HERE / "Seeds").iterdir())}
    parts = files["grid.worksheet"].split(b"\0")
    workbook = (b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.'
                b'openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/>'
                b'</sheets></workbook>')
    relations = b'<Relationships><Relationship Id="r1" Type="t/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    archives = {
        "a.kmz": {"doc.kml": files["features.kml"], "b/c.kml": files["features.kml"]},
        "a.zip": {"../a.tcx": files["log.tcx"], "b/odk.csv": files["odk.csv"], "__MACOSX/x": b"x"},
        "a.xlsx": {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": workbook,
                   "xl/_rels/workbook.xml.rels": relations, "xl/sharedStrings.xml": parts[1],
                   "xl/worksheets/sheet1.xml": parts[0]},
    }
    for name, members in archives.items():
        for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            with zipfile.ZipFile(folder / f"{method}-{name}", "w", method) as archive:
                for member, content in members.items():
                    archive.writestr(member, content)
    for mode in ("w", "w:gz"):
        with tarfile.open(folder / f"{mode[2:]}a.tar", mode) as archive:
            for name in ("log.tcx", "odk.csv"):
                entry = tarfile.TarInfo(name)
                entry.size = len(files[name])
                archive.addfile(entry, io.BytesIO(files[name]))
    for kind in (1, 3, 5, 8, 11, 15):
        (folder / f"{kind}.shapefile").write_bytes(shapefile(kind))
    for number, zone in enumerate(ZONES):
        path = pathlib.Path("/usr/share/zoneinfo") / zone
        if path.is_file():
            (folder / f"{number}.tzif").write_bytes(path.read_bytes())


def shapefile(kind):
    """The length of a .shp, a .shp of two records of a type, and its .dbf."""
    def positions(*places):
        return b"".join(struct.pack("<2d", x, y) for x, y in places)
    square = [(21.0, 43.0), (21.0, 43.1), (21.1, 43.1), (21.1, 43.0), (21.0, 43.0)]
    box = struct.pack("<4d", 21.0, 43.0, 21.1, 43.1)
    heights = struct.pack("<2d", 0, 9) + struct.pack("<5d", *range(5))
    content = {
        1: positions(square[0]), 11: positions(square[0]) + struct.pack("<2d", 5, 6),
        8: box + struct.pack("<i", 5) + positions(*square),
        3: box + struct.pack("<3i", 1, 5, 0) + positions(*square),
        5: box + struct.pack("<3i", 1, 5, 0) + positions(*square),
        15: box + struct.pack("<3i", 1, 5, 0) + positions(*square) + heights,
    }[kind]
    record = struct.pack("<i", kind) + content
    records = b"".join(struct.pack(">2i", n, len(record) // 2) + record for n in (1, 2))
    header = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, (100 + len(records)) // 2) + struct.pack("<2i", 1000, kind)
    shp = header + box + bytes(32) + records
    columns = [(b"id", b"C", 8, 0), (b"recorded", b"D", 8, 0), (b"reported_m", b"N", 9, 2), (b"done", b"L", 1, 0)]
    width = 1 + sum(length for _, _, length, _ in columns)
    dbf = struct.pack("<4BIHH20x", 3, 126, 11, 22, 2, 33 + 32 * len(columns), width)
    for name, type_, length, decimals in columns:
        dbf += struct.pack("<11sc4x2B14x", name, type_, length, decimals)
    dbf += b"\r" + b" SHA-1   20200301   120.50T" + b"*SHA-\xf0  20200302        ?" + b"\x1a"
    return struct.pack(">H", len(shp)) + shp + dbf


def fuzz(executable, target, dictionary, endings, options, made):
    folder = options.folder
    corpus, findings, seeds = (folder / kind / target for kind in ("corpus", "findings", "seeds"))
    for path in (corpus, findings, seeds):
        path.mkdir(parents=True, exist_ok=True)
    samples = [path for root in [*options.samples, HERE / "Seeds", made] for path in sorted(root.rglob("*"))
               if path.suffix in endings and path.is_file() and path.stat().st_size]
    for number, path in enumerate(samples):
        pieces = path.read_bytes().split(b"\n") if path.suffix == ".position" else [path.read_bytes()]
        most = None if path.suffix in PACKED else SEED_BYTES
        for piece, content in enumerate(pieces):
            (seeds / f"{number}-{piece}{path.suffix}").write_bytes(content[:most])
    log = folder / f"{target}.log"
    arguments = [*LIMITS, f"-artifact_prefix={findings}/", "-print_final_stats=1", "-reload=0"]
    if dictionary != "-":
        arguments.append(f"-dict={HERE / 'Dictionaries' / dictionary}.dict")
    begun, runs, edges, found = time.monotonic(), 0, 0, []
    # A machine with other work halts a hunt now and then: what is quick by itself is no finding, and the hunt goes on.
    while not found and (left := options.seconds - int(time.monotonic() - begun)) > 0:
        before = set(findings.iterdir())
        status = run(executable, target, [*arguments, f"-max_total_time={left}", str(corpus), str(seeds)], log)
        text = log.read_text(errors="replace")
        last = lambda values: int(values[-1]) if values else 0
        runs += last(re.findall(r"stat::number_of_executed_units:\s*(\d+)", text)
                     or re.findall(r"^#(\d+)", text, re.MULTILINE))
        edges = max(edges, last(re.findall(r"cov: (\d+)", text)))
        # libFuzzer also keeps inputs that were only slow to it; one of more than the timeout is a finding by another name.
        kept = [path for path in sorted(set(findings.iterdir()) - before) if not path.name.startswith("slow-unit")]
        found = [path for path in kept if not is_quick(executable, target, path, folder)]
        if status != 0 and not kept:
            found = [log]
    return target, runs, edges, sum(1 for _ in corpus.iterdir()), found


def is_quick(executable, target, path, folder):
    """Whether an input that took too long in a hunt does not take it alone."""
    if not path.name.startswith("timeout-"):
        return False
    return run(executable, target, [*LIMITS, str(path)], folder / f"{target}-again.log") == 0


def table(rows, options):
    command = f"make fuzz FUZZ_SECONDS={options.seconds}"
    lines = [f"`{command}`: {options.seconds} s for each target, beginning with what earlier runs had kept.", "",
             "| target | runs | edges reached | inputs kept | findings |", "|---|---:|---:|---:|---:|"]
    for target, runs, edges, kept, found in rows:
        lines.append(f"| {target} | {runs:,} | {edges:,} | {kept:,} | {len(found)} |".replace(",", " "))
    return lines


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("executable", type=pathlib.Path)
    parser.add_argument("--samples", type=pathlib.Path, nargs="+", default=[])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--targets", nargs="*", default=[])
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path(".build-fuzz"))
    parser.add_argument("--table", type=pathlib.Path, help="write the table between the marks of this page, too")
    options = parser.parse_args()

    executable = str(options.executable.resolve())
    options.folder.mkdir(exist_ok=True)
    made = options.folder / "seeds" / "made"
    made.mkdir(parents=True, exist_ok=True)
    made_seeds(made)
    listed = subprocess.run([executable], capture_output=True, text=True, check=True, env={"PATH": os.defpath}).stdout
    targets = [line.split("\t") for line in listed.splitlines()]
    unknown = set(options.targets) - {name for name, _, _ in targets}
    if unknown:
        sys.exit(f"no target is called {', '.join(sorted(unknown))}")
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        rows = list(pool.map(
            lambda row: fuzz(executable, row[0], row[1], row[2].split(","), options, made),
            [row for row in targets if not options.targets or row[0] in options.targets]))

    lines = table(rows, options)
    print("\n".join(lines[2:]))
    if options.table:
        page = options.table.read_text()
        marks = "<!-- make fuzz -->\n", "<!-- end -->"
        head, rest = page.split(marks[0], 1)
        tail = rest.split(marks[1], 1)[1]
        options.table.write_text(head + marks[0] + "\n".join(lines) + "\n" + marks[1] + tail)
    for _, _, _, _, found in rows:
        for path in found:
            print(f"finding: {path}", file=sys.stderr)
    sys.exit(1 if any(found for *_, found in rows) or not all(runs for _, runs, *_ in rows) else 0)


main()

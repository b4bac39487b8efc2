#!/usr/bin/env python3
"""Times `razmin import` and `razmin remaining` beside what a user would run instead, in one run.

  bench.py --razmin PATH [--sizes S,M,L] [--pairs N] [--data DIR] [--out docs/performance.md]

Whole processes by wait4: CPU (user and system), wall and peak resident memory. The two run A B A B; each ratio is
Razmin over peer within a pair, and the median of the pairs is printed: machines are noisy, their ratios less so. The
answers are compared too, and a disagreement ends with exit status 1. The table goes to standard output as it grows, and
to --out when it is whole.
"""
import argparse
import json
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from measure import run

HERE = Path(__file__).resolve().parent
SIZES = {"S": (1, 5_000), "M": (50, 500_000), "L": (500, 5_000_000)}
SEED = 20260401
# Peers know nothing of time, speed or the 2 cm that a claim may lose; more than this is another answer.
AGREE = 0.01


def simulate(razmin, folder, size):
    """A survey folder, and all its GPX tracks in one file for the import."""
    done = folder / "done"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        hazards, fixes = SIZES[size]
        run([razmin, "simulate", "--hazards", str(hazards), "--fixes", str(fixes), "--seed", str(SEED),
             "--noise", "mixed", "--out", str(folder)])
        done.touch()
    whole = folder.parent / f"{folder.name}.gpx"
    if not whole.exists():
        join([*sorted((folder / "logs").glob("*.gpx"))], whole)
    return whole


def join(sources, out):
    """One GPX of the tracks of many, in little memory (a child begins with its parent's peak)."""
    with open(out, "wb") as whole:
        whole.write(b'<?xml version="1.0" encoding="UTF-8"?>\n'
                    b'<gpx version="1.1" creator="bench" xmlns="http://www.topografix.com/GPX/1/1">\n')
        for source in sources:
            inside = False
            for line in open(source, "rb"):
                inside |= b"<trk>" in line
                if inside:
                    whole.write(line)
                if b"</trk>" in line:
                    inside = False
        whole.write(b"</gpx>\n")


def answer(what, path):
    return json.loads(subprocess.run([sys.executable, HERE / "answers.py", what, path], check=True,
                                     capture_output=True).stdout)


def pairs(ours, peer, out, count):
    """Medians of both, and the medians of the ratios pair by pair."""
    rows = []
    for _ in range(count):
        out.unlink(missing_ok=True)  # GDAL does not overwrite
        rows.append((run(ours, allowed=(0, 1, 2)), run(peer)))
    median = lambda pick: statistics.median(map(pick, rows))
    figures = []
    for field in ("cpu", "wall", "mib"):
        figures.append((median(lambda r: getattr(r[0], field)), median(lambda r: getattr(r[1], field)),
                        median(lambda r: getattr(r[0], field) / getattr(r[1], field))))
    return figures


TABLE = []


def say(text):
    TABLE.append(text)
    print(text, flush=True)


def line(size, job, peer, figures, words):
    cells = [f"{a:.3g} / {b:.3g} = **{r:.2f}**" for a, b, r in figures]
    say(f"| {size} | {job} | {peer} | {' | '.join(cells)} | {words} |")


def versions(razmin):
    """What ran: razmin and the GEOS of Debian that it calls, and the peers with the GEOS of their wheels."""
    said = lambda *command: subprocess.run(command, capture_output=True, text=True).stdout.strip()
    wheels = said(sys.executable, "-c", "import shapely, pyogrio, geopandas; print(f'shapely {shapely.__version__} (GEOS "
                  "{shapely.geos_version_string}), geopandas {geopandas.__version__}, pyogrio {pyogrio.__version__} "
                  "(GDAL {pyogrio.__gdal_version_string__})')")
    return f"razmin {said(razmin, '--version')} with GEOS {said('geos-config', '--version')}; " \
           f"{said('ogr2ogr', '--version').split(',')[0]}; {wheels}."


def agree(a, b, base):
    apart = abs(a - b) / base if base else 0
    return apart <= AGREE, f"{a:.0f} / {b:.0f}, {100 * apart:.2f} % apart" + ("" if apart <= AGREE else " DISAGREE")


def bench_import(o, size, whole, scratch):
    good, ours = True, scratch / "import.geojson"
    for name, command in (
            ("ogr2ogr", ["ogr2ogr", "-f", "GeoJSON", str(scratch / "peer.geojson"), str(whole), "tracks"]),
            ("pyogrio, arrow", [sys.executable, str(HERE / "peer_import.py"), "pyogrio", str(whole),
                                str(scratch / "peer.geojson")]),
            ("expressions in Python", [sys.executable, str(HERE / "peer_import.py"), "expressions", str(whole),
                                       str(scratch / "peer.geojson")])):
        figures = pairs([o.razmin, "import", str(whole), "-o", str(ours)], command, scratch / "peer.geojson", o.pairs)
        a, b = (answer("positions", p)["positions"] for p in (ours, scratch / "peer.geojson"))
        fine, words = agree(a, b, b)
        line(size, "import", name, figures, f"positions {words}")
        good &= fine
    return good


def bench_remaining(o, size, folder, scratch):
    ours, peer = scratch / "remaining.geojson", scratch / "peer-remaining.geojson"
    figures = pairs([o.razmin, "remaining", str(folder), "-o", str(ours)],
                    [sys.executable, str(HERE / "peer_remaining.py"), str(folder), str(peer)], peer, o.pairs)
    a, b = answer("remaining", ours), answer("remaining", peer)
    fine, words = agree(a["remaining_m2"], b["remaining_m2"], a["all_m2"])
    line(size, "remaining", "geopandas, shapely", figures, f"m² {words}")
    return fine


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--razmin", required=True)
    parser.add_argument("--sizes", default="S,M")
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--out", type=Path, default=HERE.parents[1] / "docs" / "performance.md")
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / "bench-data")
    o = parser.parse_args()
    unknown = set(o.sizes.split(",")) - SIZES.keys()
    if unknown or o.pairs < 1:
        parser.error(f"sizes are S, M and L, pairs at least 1; not {', '.join(unknown)}")
    scratch = o.data / "out"
    scratch.mkdir(parents=True, exist_ok=True)
    good = True
    say("| size | job | beside | CPU s | wall s | peak MiB | answers |")
    say("|---|---|---|---|---|---|---|")
    for size in o.sizes.split(","):
        folder = o.data / size
        whole = simulate(o.razmin, folder, size)
        good &= bench_import(o, size, whole, scratch)
        good &= bench_remaining(o, size, folder, scratch)
    say(f"\nEach cell: razmin / peer = **ratio**, medians of {o.pairs} pairs run A B A B; a ratio below 1 means that "
        "razmin takes less.")
    sizes = ", ".join(f"{size} {SIZES[size][0]} hazards and {SIZES[size][1]} fixes" for size in o.sizes.split(","))
    o.out.write_text(f"# Performance\n\nWritten by `make bench`; run it to have the numbers of another machine. Whole "
                     f"processes, surveys of `razmin simulate --seed {SEED}`: {sizes}.\n\n" + "\n".join(TABLE)
                     + f"\n\n{versions(o.razmin)}\n")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()

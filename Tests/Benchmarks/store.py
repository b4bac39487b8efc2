#!/usr/bin/env python3
"""Times a store of 10 000 hazards and 1 000 000 fixes: its imports, its account, and the answer about a place.

  store.py --razmin PATH [--hazards 10000] [--fixes 1000000] [--survey DIR] [--page docs/store.md]

Without --survey one is simulated, of which the cells are taken out: they are most of its size, and walked work is what is
asked about. Prints a table, and with --page writes it there between the marks.
"""
import argparse
import json
import os
import platform
import statistics
import tempfile
from pathlib import Path

import measure

BEGIN, END = "<!-- make bench-store: begin -->\n", "<!-- make bench-store: end -->\n"


def made(razmin, hazards, fixes, folder):
    """A simulated survey without the work that is drawn in cells."""
    measure.run([razmin, "simulate", "--hazards", hazards, "--fixes", fixes, "--out", str(folder)])
    file = folder / "survey.toml"
    tables = file.read_text(encoding="utf-8").split("\n[[")
    kept = [table for table in tables if 'files = ["cells.geojson"]' not in table]
    assert len(kept) == len(tables) - 2, "the simulated survey is not what it was"
    file.write_text("\n[[".join(kept), encoding="utf-8")
    (folder / "cells.geojson").unlink()
    return folder


def places(survey):
    """A place in the first hazard, in the one in the middle and in the last."""
    with open(survey / "hazards.geojson", encoding="utf-8") as file:
        hazards = json.load(file)["features"]
    for index in (0, len(hazards) // 2, len(hazards) - 1):
        ring = hazards[index]["geometry"]["coordinates"][0][:-1]
        yield [f"--{name}={statistics.mean(corner[axis] for corner in ring):.8f}" for name, axis in (("lon", 0), ("lat", 1))]


def row(name, costs, target=""):
    cpu, wall = (statistics.median(getattr(cost, key) for cost in costs) for key in ("cpu", "wall"))
    return f"| {name} | {cpu:.2f} | {wall:.2f} | {target} | {max(cost.mib for cost in costs):.0f} |"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--razmin", required=True)
    parser.add_argument("--hazards", default="10000")
    parser.add_argument("--fixes", default="1000000")
    parser.add_argument("--survey", type=Path)
    parser.add_argument("--page", type=Path)
    wanted = parser.parse_args()
    razmin = os.path.abspath(wanted.razmin)
    with tempfile.TemporaryDirectory() as folder:
        survey = wanted.survey or made(razmin, wanted.hazards, wanted.fixes, Path(folder, "survey"))
        store = os.path.join(folder, "store.gpkg")
        importing = [razmin, "import", str(survey), "--into", store]
        lines = [
            f"A store of {wanted.hazards} hazards and {wanted.fixes} fixes, without work drawn in cells, on "
            f"{platform.machine()} with {os.cpu_count()} processors; medians of 5 runs, imports once.", "",
            "| command | CPU s | wall s | at most | peak MiB |", "|---|---|---|---|---|",
            row("import", [measure.run(importing, allowed=(0, 2))]),
            row("import again", [measure.run(importing, allowed=(0, 2))]),
        ]
        ledger = [razmin, "ledger", store, "--as-of", "2026-06-30"]
        lines.append(row("ledger --as-of", [measure.run(ledger, allowed=(0, 1, 2)) for _ in range(5)], "3 s"))
        for number, place in enumerate(places(survey), 1):
            why = [razmin, "why", store, *place]
            lines.append(row(f"why, place {number}", [measure.run(why, allowed=(0, 2)) for _ in range(5)], "0.3 s"))
        lines.append(f"\n{os.path.getsize(store) / 1e6:.0f} MB.")
    table = "\n".join(lines) + "\n"
    print(table, end="")
    if wanted.page:
        text = wanted.page.read_text(encoding="utf-8")
        before, rest = text.split(BEGIN)
        wanted.page.write_text(before + BEGIN + table + END + rest.split(END)[1], encoding="utf-8")


main()

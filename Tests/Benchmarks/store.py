#!/usr/bin/env python3
"""Times a store of many hazards: its import, its size, and how long `why` takes from it.

Usage: store.py --razmin PATH [--hazards N] [--fixes N] [--survey DIR]

Without --survey one is simulated (10 000 hazards, 1 000 000 fixes). Prints the least of five times of each place.
"""
import argparse
import json
import os
import subprocess
import tempfile
import time


def timed(*command):
    started = time.monotonic()
    run = subprocess.run(command, capture_output=True)
    if run.returncode not in (0, 2):
        raise SystemExit(f"{command}: {run.returncode} {run.stderr.decode()[-500:]}")
    return time.monotonic() - started, run.stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--razmin", required=True)
    parser.add_argument("--hazards", default="10000")
    parser.add_argument("--fixes", default="1000000")
    parser.add_argument("--survey")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        survey = wanted.survey or os.path.join(folder, "survey")
        if not wanted.survey:
            timed(wanted.razmin, "simulate", "--hazards", wanted.hazards, "--fixes", wanted.fixes, "--out", survey)
        store = os.path.join(folder, "store.gpkg")
        for label in ("import", "import again"):
            print(f"{label}: {timed(wanted.razmin, 'import', survey, '--into', store)[0]:.2f} s")
        print(f"store: {os.path.getsize(store) / 1e6:.1f} MB")
        with open(os.path.join(survey, "hazards.geojson"), encoding="utf-8") as file:
            hazards = json.load(file)["features"]
        for index in (0, len(hazards) // 2, len(hazards) - 1):
            corner = hazards[index]["geometry"]["coordinates"][0][0]
            place = ["--lat", f"{corner[1] + 1e-4}", "--lon", f"{corner[0] + 1e-4}"]
            times = [timed(wanted.razmin, "why", store, *place)[0] for _ in range(5)]
            print(f"why at hazard {index + 1}: {min(times):.3f} s")


main()

#!/usr/bin/env python3
"""Real output of `razmin remaining` against the schema, and read by other programs without a warning.

  schema.py SCHEMA --razmin PATH

The samples and a made-up survey, nominal, assured and at a date, whole and by layer. Exit status 1 where one fails.
"""
import argparse
import copy
import json
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import geopandas
import jsonschema

SAMPLES = Path(__file__).resolve().parents[2] / "sample-surveys"
DATES = {
    "nis-apron": ["2026-05-05", "2020-01-01"],
    "village-strike": ["2023-12-31", "2024-07-01"],
    "three-years": ["2022-12-31", "2023-12-31", "2024-05-31"],
}
# What a schema worth its name must refuse, each made of a good output.
DAMAGES = {
    "no layer": lambda d: d["features"][0]["properties"].pop("layer"),
    "a layer that is none": lambda d: d["features"][0]["properties"].update(layer="safe"),
    "a negative area": lambda d: d["features"][0]["properties"].update(area_m2=-1),
    "no account": lambda d: d.pop("razmin"),
    "a crs member": lambda d: d.update(crs={"type": "name"}),
    "a third coordinate": lambda d: first_ring(d)[0].append(0),
    "a latitude past the pole": lambda d: first_ring(d).append([0, 91]),
    "a ring of three positions": lambda d: first_ring(d).__delitem__(slice(3, None)),
    "an account that closes with a hazard unread": lambda d: d["razmin"]["ledger"].update(unread_hazards=["h:1"]),
    "an absolute path": lambda d: d["razmin"]["inputs"][0].update(path="/home/survey.toml"),
    "a release by nobody": lambda d: released(d).update(activity_ids=[]),
    "remaining ground with a sigma": lambda d: remaining(d).update(assured_m2=1.0),
}


def first_ring(collection):
    geometry = collection["features"][0]["geometry"]
    rings = geometry["coordinates"]
    return rings[0] if geometry["type"] == "Polygon" else rings[0][0]


def remaining(collection):
    return next(f["properties"] for f in collection["features"] if f["properties"]["layer"] == "remaining")


def released(collection):
    return next(f["properties"] for f in collection["features"] if f["properties"]["layer"] != "remaining")


def others(path, count):
    """What GDAL and geopandas have to say of a file."""
    run = subprocess.run(["ogrinfo", "-al", "-so", "-ro", path], capture_output=True, text=True)
    if run.returncode or run.stderr.strip() or "warning" in run.stdout.lower():
        yield f"ogrinfo: {(run.stderr or run.stdout).strip()[:300]}"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            frame = geopandas.read_file(path)
        except Exception as problem:  # a warning is a finding too
            yield f"geopandas: {problem}"
            return
    if len(frame) != count:
        yield f"geopandas reads {len(frame)} of {count} features"
    if count and frame.crs is not None and frame.crs.to_epsg() != 4326:
        yield f"geopandas takes it for {frame.crs}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("schema")
    parser.add_argument("--razmin", required=True)
    o = parser.parse_args()
    schema = json.loads(Path(o.schema).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    failed = 0

    def tell(name, wrong):
        nonlocal failed
        failed += bool(wrong)
        print(f"{'FAIL' if wrong else 'ok  '} {name}")
        for line in wrong[:5]:
            print(f"     {line}")

    good = None
    with tempfile.TemporaryDirectory() as scratch:
        made_up = Path(scratch) / "made-up"
        subprocess.run(
            [o.razmin, "simulate", "--hazards", "2", "--fixes", "2000", "--out", made_up], check=True)
        surveys = [(SAMPLES / name, dates) for name, dates in DATES.items()] + [(made_up, [])]
        surveys += [(SAMPLES / "broken" / name, []) for name in ("find-no-fadeout", "no-depth", "ring-too-few")]
        out = str(Path(scratch) / "out.geojson")
        for folder, dates in surveys:
            options = [[], ["--assured"], ["--layer", "remaining"]] + [["--as-of", day] for day in dates]
            for option in options:
                run = subprocess.run([o.razmin, "remaining", folder, "-o", out, *option], capture_output=True, text=True)
                name = " ".join([folder.name, *option])
                if run.returncode not in (0, 1):
                    tell(name, [f"ended with {run.returncode}: {run.stderr.strip()[-300:]}"])
                    continue
                collection = json.loads(Path(out).read_text())
                wrong = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}"
                         for e in validator.iter_errors(collection)]
                tell(name, wrong + list(others(out, len(collection["features"]))))
                if folder.name == "three-years" and not option:
                    good = collection
    for name, damage in DAMAGES.items():
        bad = copy.deepcopy(good)
        damage(bad)
        tell(f"refuses {name}", [] if not validator.is_valid(bad) else ["the schema takes it"])
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

"""Holds what razmin writes to docs/geojson.schema.json, and the schema to what it must refuse.

Usage: schema.py RAZMIN SCHEMA SURVEY...
"""

import copy
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
# What else writes features of a survey, each layer once at least. ROAD is a file beside the survey.
OTHERS = [
    ["boxes", "village-strike"], ["boxes", "three-years", "--box", "25"],
    ["lanes", "nis-apron", "--hazard", "NIS-CHA-1", "--heading", "75", "--width", "5"],
    ["strikes", "village-strike"], ["cmrs", "village-strike"], ["fadeout", "village-strike"], ["fadeout", "eod-spot"],
    ["fadeout", "nis-apron"], ["diff", "three-years", "2022-12-31", "2023-12-31"],
    ["diff", "village-strike", "2020-01-01", "2024-12-31"],
    ["quality", "gaps-and-overlaps", "--width", "1.0", "--format", "geojson"],
    ["sample", "nis-apron", "--box", "2", "--fraction", "0.1", "--seed", "7", "--format", "geojson"],
    ["check", "village-strike", "ROAD", "--distance", "2000"], ["check", "eod-spot", "ROAD", "--distance", "200000"],
]
ROAD = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"name": "road"},
         "geometry": {"type": "LineString", "coordinates": [[20.14, 43.19], [20.15, 43.2]]}},
        {"type": "Feature", "properties": {},
         "geometry": {"type": "Point", "coordinates": [21.9919733, 43.25027]}},
    ],
}

# One thing wrong each: a schema that takes one of them checks nothing.
DAMAGE = {
    "a crs member": lambda result: result.update(crs={"type": "name"}),
    "no account": lambda result: result.pop("razmin"),
    "no ledger": lambda result: result["razmin"].pop("ledger"),
    "an unknown layer": lambda result: result["features"][0]["properties"].update(layer="safe"),
    "no hazard": lambda result: result["features"][0]["properties"].pop("hazard_id"),
    "an area below 0": lambda result: result["features"][0]["properties"].update(area_m2=-1),
    "a release of remaining land": lambda result: result["features"][0]["properties"].update(
        layer="remaining", assured_m2=1),
    "a line": lambda result: result["features"][0]["geometry"].update(type="LineString"),
    "a height": lambda result: first_position(result["features"][0]["geometry"]["coordinates"]).append(100),
}


def layers_of(schema):
    """Every layer that a feature may have by the schema."""
    for name in schema["$defs"]["feature"]["oneOf"]:
        feature = schema["$defs"][name["$ref"].rsplit("/", 1)[1]]
        properties = feature["properties"]["properties"]
        if "$ref" in properties and "layer" not in properties.get("properties", {}):
            properties = schema["$defs"][properties["$ref"].rsplit("/", 1)[1]]
        layer = properties["properties"]["layer"]
        yield from layer.get("enum", [layer.get("const")])


def layers_of_sources():
    """Every layer that the rendering code names."""
    for path in sorted((ROOT / "Sources/razmin").rglob("*.swift")):
        text = path.read_text(encoding="utf-8")
        yield from re.findall(r'"layer": "([a-z-]+)"', text)
        yield from re.findall(r'static let layer = "([a-z-]+)"', text)


def others(razmin, validator):
    """What the other commands write of the samples: how many results, what is wrong with them, and their layers."""
    results, failures, layers = 0, [], set()
    with tempfile.TemporaryDirectory() as folder:
        road = Path(folder) / "road.geojson"
        road.write_text(json.dumps(ROAD), encoding="utf-8")
        for command, sample, *options in OTHERS:
            survey = str(ROOT / "sample-surveys" / sample)
            arguments = [str(road) if option == "ROAD" else option for option in options]
            done = subprocess.run([razmin, command, survey, *arguments], capture_output=True)
            name = " ".join([command, sample, *options])
            if done.returncode not in (0, 1):
                failures.append(f"{name}: status {done.returncode}: {done.stderr.decode()[-300:]}")
                continue
            result = json.loads(done.stdout)
            results += 1
            layers |= {feature["properties"]["layer"] for feature in result["features"]}
            for error in validator.iter_errors(result):
                failures.append(f"{name}: {error.json_path}: {error.message[:200]}")
            # A feature without any one of its layer's own properties is none, nor is one of a layer that is none.
            for feature in {f["properties"]["layer"]: f for f in result["features"]}.values():
                for damage in ({**feature["properties"], "layer": "unheard-of"}, {"layer": feature["properties"]["layer"]}):
                    damaged = {**result, "features": [{**feature, "properties": damage}]}
                    if validator.is_valid(damaged):
                        failures.append(f"{name}: the schema accepts {damage}")
    return results, failures, layers


def first_position(coordinates):
    return coordinates if isinstance(coordinates[0], (int, float)) else first_position(coordinates[0])


def main():
    razmin, schema_path, *surveys = sys.argv[1:]
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    results, failures, seen = others(razmin, validator)
    damaged_results = 0
    for survey in surveys:
        for options in ([], ["--assured"], ["--as-of", "2023-12-31"]):
            done = subprocess.run([razmin, "remaining", survey, *options], capture_output=True)
            name = " ".join([survey, *options])
            if done.returncode not in (0, 1):
                failures.append(f"{name}: status {done.returncode}")
                continue
            result = json.loads(done.stdout)
            results += 1
            seen |= {feature["properties"]["layer"] for feature in result["features"]}
            for error in validator.iter_errors(result):
                failures.append(f"{name}: {error.json_path}: {error.message[:200]}")
            # Once is enough: what the schema refuses does not depend on the survey.
            if not result["features"] or damaged_results:
                continue
            for what, damage in DAMAGE.items():
                damaged = copy.deepcopy(result)
                damage(damaged)
                damaged_results += 1
                if validator.is_valid(damaged):
                    failures.append(f"{name}: the schema accepts {what}")
    known = set(layers_of(schema))
    failures += [f"no sample shows the layer {layer} of the schema" for layer in sorted(known - seen)]
    failures += [f"the sources name the layer {layer}, and the schema does not"
                 for layer in sorted(set(layers_of_sources()) - known)]
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{results} results and {damaged_results} damaged ones held to the schema: {len(failures)} failures")
    sys.exit(1 if failures or damaged_results == 0 else 0)


main()

"""Holds what razmin writes to docs/geojson.schema.json, and the schema to what it must refuse.

Usage: schema.py RAZMIN SCHEMA SURVEY...
"""

import copy
import json
import subprocess
import sys

import jsonschema

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


def first_position(coordinates):
    return coordinates if isinstance(coordinates[0], (int, float)) else first_position(coordinates[0])


def main():
    razmin, schema_path, *surveys = sys.argv[1:]
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    failures, results, damaged_results = [], 0, 0
    for survey in surveys:
        for options in ([], ["--assured"], ["--as-of", "2023-12-31"]):
            done = subprocess.run([razmin, "remaining", survey, *options], capture_output=True)
            name = " ".join([survey, *options])
            if done.returncode not in (0, 1):
                failures.append(f"{name}: status {done.returncode}")
                continue
            result = json.loads(done.stdout)
            results += 1
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
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{results} results and {damaged_results} damaged ones held to the schema: {len(failures)} failures")
    sys.exit(1 if failures or damaged_results == 0 else 0)


main()

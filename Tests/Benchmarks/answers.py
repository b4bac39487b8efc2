#!/usr/bin/env python3
"""What a result says, as one JSON object on standard output: answers.py remaining|positions FILE.

A process of its own, so that reading a large result does not swell the one that measures."""
import sys

import orjson


def remaining(root):
    areas = [(f["properties"]["layer"], f["properties"]["area_m2"]) for f in root["features"]
             if "area_m2" in f["properties"]]
    return {"remaining_m2": sum(a for layer, a in areas if layer == "remaining"), "all_m2": sum(a for _, a in areas)}


def count(coordinates):
    if not coordinates:
        return 0
    return sum(map(count, coordinates)) if isinstance(coordinates[0], list) else 1


def positions(root):
    return {"positions": sum(
        count(f["geometry"]["coordinates"]) if isinstance(f["geometry"]["coordinates"][0], list) else 1
        for f in root["features"] if f.get("geometry") and "String" in f["geometry"]["type"])}


if __name__ == "__main__":
    what, path = sys.argv[1:]
    with open(path, "rb") as file:
        parsed = orjson.loads(file.read())
    sys.stdout.buffer.write(orjson.dumps({"remaining": remaining, "positions": positions}[what](parsed)))

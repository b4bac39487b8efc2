"""Holds the boxes and lanes of real surveys to what shapely and pyproj say of them.

Usage: boxes.py --razmin PATH SURVEY...
"""
import argparse
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import shapely
from pyproj import CRS, Transformer

import planar
from truth import BUDGET, LATTICE, Survey, ground_of

SIZES = (50, 12.5, 170)
# Hundredths of a percent that a figure is rounded down by.
STEP = 0.01


def run(razmin, *arguments):
    with tempfile.NamedTemporaryFile(suffix=".geojson") as out:
        done = subprocess.run([razmin, *arguments, "-o", out.name], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"razmin {' '.join(arguments)}: status {done.returncode}: {done.stderr}")
        root = json.load(open(out.name, encoding="utf-8"))
    return root, [(f["properties"], shapely.from_geojson(json.dumps(f["geometry"]))) for f in root["features"]]


def to_earth(grid, code):
    """pyproj's own way from the grid to degrees, by the one datum operation that Razmin names."""
    crs = CRS(grid)
    flat = Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
    if code == "none":
        return lambda x, y: flat.transform(x, y)
    # As the registry has it, latitude first.
    shift = Transformer.from_pipeline("urn:ogc:def:coordinateOperation:EPSG::" + code.split(":")[-1])
    direction = "FORWARD" if code.startswith("INVERSE(EPSG):") else "INVERSE"

    def convert(x, y):
        lon, lat = flat.transform(x, y)
        lat, lon = shift.transform(lat, lon, direction=direction)
        return lon, lat

    return convert


def searched(survey, frame, box, assured):
    """The ground that anybody searched, by the definition of docs/grid.md."""
    table = {a["id"]: a for a in survey.table.get("activities", [])}
    physical = [c for c in survey.claims if c.kind in ("clearance", "bac-surface", "bac-subsurface")
                or c.kind == "technical-survey" and table[c.id].get("searched") is True]
    return planar.union([ground_of(c, survey, frame, box, assured) for c in physical])


def percents(name, survey, features):
    """A percent is never above the truth, two lattice steps aside, and below it by no more than a claim may lose."""
    everything = np.array([shape for _, shape in features], object)
    frame = planar.Frame(everything)
    extent = shapely.box(*shapely.total_bounds(everything)).buffer(0.001)
    for key, assured in (("covered_percent", False), ("assured_percent", True)):
        ground = searched(survey, frame, extent, assured)
        most, least = planar.grow(ground, LATTICE), planar.shrink(ground, BUDGET + LATTICE)
        for p, shape in features:
            cell = frame.to_metres(shape)
            high = 100 * shapely.intersection(cell, most).area / cell.area
            low = 100 * shapely.intersection(cell, least).area / cell.area
            label = p.get("id", p.get("lane"))
            if p[key] > high + 1e-4:
                yield f"{name} {label}: {key} is {p[key]}, and no more than {high:.4f} is true"
            if p[key] < low - STEP - 1e-4:
                yield f"{name} {label}: {key} is {p[key]}, and {low:.4f} is true"


def boxes(name, survey, root, features, size):
    shapes = [shape for _, shape in features]
    if not shapely.coverage_is_valid(shapes):
        yield f"{name}: boxes overlap, or do not share their vertices"
    frame = planar.Frame(np.array(shapes, object))
    together = shapely.union_all([frame.to_metres(s) for s in shapes])
    for hazard in survey.hazards:
        left = shapely.difference(frame.to_metres(hazard.geometry), planar.grow(together, 1e-4)).area
        if left > 0:
            yield f"{name}: {left:.6f} m2 of hazard {hazard.id} lie in no box"
    hazards = planar.union([frame.to_metres(h.geometry) for h in survey.hazards])
    convert = to_earth(survey.grid, root["razmin"]["operation"]["code"])
    for p, shape in features:
        metres = frame.to_metres(shape)
        if metres.distance(hazards) > 0.005:
            yield f"{name} {p['id']}: touches no hazard"
        own = shapely.intersection(metres, hazards).area
        said = p["remaining_m2"] + p["released_m2"]
        if abs(said - own) > 1e-6 * own + 0.003 * metres.length:
            yield f"{name} {p['id']}: {said} m2 of hazard, and {own:.4f} are true"
        east, north = (float(x) for x in p["id"][1:].split("N"))
        if math.remainder(east, size) or math.remainder(north, size):
            yield f"{name} {p['id']}: the corner is no multiple of {size}"
        # Its sides against the grid's lines, densely.
        t = np.linspace(0, size, 201)
        for x, y in ((east + t, north + 0 * t), (east + t, north + size + 0 * t),
                     (east + 0 * t, north + t), (east + size + 0 * t, north + t)):
            line = frame.points(*convert(x, y))
            away = shapely.distance(shapely.points(line), metres.exterior).max()
            if away > 0.01:
                yield f"{name} {p['id']}: a side leaves the grid line by {away:.4f} m"


def lanes(name, survey, features, hazard, width):
    shapes = [shape for _, shape in features]
    if not shapely.coverage_is_valid(shapes):
        yield f"{name}: lanes overlap, or do not share their vertices"
    frame = planar.Frame(np.array(shapes, object))
    metres = [frame.to_metres(s) for s in shapes]
    gap = shapely.symmetric_difference(shapely.union_all(metres), frame.to_metres(hazard.geometry)).area
    if gap > 0.0012 * hazard_length(frame, hazard):
        yield f"{name}: lanes and hazard differ by {gap:.4f} m2"
    for p, lane in zip((p for p, _ in features), metres):
        side = narrowest(lane)
        if side > width + 0.005:
            yield f"{name} lane {p['lane']}: {side:.3f} m wide"


def hazard_length(frame, hazard):
    return frame.to_metres(hazard.geometry).length


def narrowest(shape):
    """The shorter side of the smallest rectangle round a shape."""
    ring = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shape))
    return min(math.dist(ring[0], ring[1]), math.dist(ring[1], ring[2]))


def self_test(survey, root, features, size):
    """What is wrong must be seen: one thing wrong each."""
    def raised(key, by):
        return [({**p, key: p[key] + by}, shape) for p, shape in features]

    turned = [(p, shapely.transform(s, lambda c: c + [2e-7, 0]) if i == 0 else s) for i, (p, s) in enumerate(features)]
    damages = {
        "a percent too high": percents("", survey, raised("covered_percent", 1)),
        "a percent too low": percents("", survey, raised("assured_percent", -1)),
        "hazard that is not there": boxes("", survey, root, raised("remaining_m2", 5), size),
        "a box that is missing": boxes("", survey, root, features[:-1][1:], size),
        "a box moved by 2 cm": boxes("", survey, root, turned, size),
    }
    return [f"the oracle does not see {what}" for what, found in damages.items() if not list(found)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--razmin", required=True)
    parser.add_argument("surveys", nargs="+")
    o = parser.parse_args()
    failures, judged = [], 0
    for folder in o.surveys:
        survey = Survey(folder)
        for size in SIZES:
            root, features = run(o.razmin, "boxes", folder, "--box", str(size))
            name = f"{Path(folder).name} {size} m"
            failures += boxes(name, survey, root, features, size)
            failures += percents(name, survey, features)
            if not judged:
                failures += self_test(survey, root, features, size)
            judged += len(features)
        hazard = survey.hazards[0]
        _, features = run(o.razmin, "lanes", folder, "--hazard", hazard.id, "--heading", "33", "--width", "7")
        name = f"{Path(folder).name} lanes"
        failures += lanes(name, survey, features, hazard, 7)
        failures += percents(name, survey, features)
        judged += len(features)
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{judged} boxes and lanes of {len(o.surveys)} surveys, {len(failures)} failures")
    sys.exit(1 if failures or not judged else 0)


if __name__ == "__main__":
    main()

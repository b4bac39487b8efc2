#!/usr/bin/env python3
"""What results say, as one JSON object on standard output: answers.py WHAT FILE...

A process of its own, so that reading a large result does not swell the one that measures."""
import sys

import numpy as np
import orjson
import polars
import shapely


def features(path):
    with open(path, "rb") as file:
        return orjson.loads(file.read())["features"]


def numbers(coordinates, found):
    """Longitudes and latitudes of all positions, however deep."""
    if isinstance(coordinates[0], list):
        for inner in coordinates:
            if inner:
                numbers(inner, found)
    else:
        found.append(coordinates[:2])


def positions(path):
    """How many positions lines and points have, and their median; and the fixes that razmin says it read, and left out.

    Features of one track (its lines, its lone fixes) repeat what is said of it. A point of `--points` is a fix."""
    found, tracks, points = [], {}, 0
    for feature in features(path):
        geometry, properties = feature.get("geometry"), feature.get("properties") or {}
        if geometry and geometry["coordinates"]:
            numbers(geometry["coordinates"], found)
        if "fixes" in properties:
            tracks[properties["track"]] = (properties["fixes"], properties["spikes"] + properties["set_aside"])
        else:
            points += geometry is not None and geometry["type"] == "Point"
    read, left_out = map(sum, zip(*tracks.values())) if tracks else (points, 0)
    return {"positions": len(found), "fixes": read, "left_out": left_out,
            "middle": np.median(np.array(found), axis=0).tolist()}


def table(path):
    """Easting and northing of razmin's and polars' CSV, or of cs2cs' columns."""
    if path.endswith(".csv"):
        return polars.read_csv(path, columns=["easting", "northing"]).to_numpy()
    text = polars.read_csv(path, has_header=False, separator="\t", new_columns=["easting", "rest"])
    return text.select(polars.col("easting"), polars.col("rest").str.splitn(" ", 2).struct[0].cast(
        polars.Float64).alias("northing")).to_numpy()


def apart(ours, theirs):
    """Of two tables of points: how many, and the greatest distance of a pair."""
    a, b = table(ours), table(theirs)
    same = len(a) == len(b) and len(a) > 0
    distance = float(np.hypot(*(a - b).T).max()) if same else None
    if distance is None or not np.isfinite(distance):
        distance = 1e9
    return {"ours": len(a), "theirs": len(b), "apart_m": distance}


def areas(path):
    """By hazard: square metres that remain, those that finds opened again, and all; the vertices of the first two."""
    left, again, whole, vertices = {}, {}, {}, []
    for feature in features(path):
        p = feature["properties"]
        hazard, layer, area = p["hazard_id"], p.get("layer", "remaining"), p["area_m2"]
        whole[hazard] = whole.get(hazard, 0) + area
        if layer == "remaining":
            sums = again if "reopened_by" in p else left
            sums[hazard] = sums.get(hazard, 0) + area
            if feature["geometry"] and feature["geometry"]["coordinates"]:
                numbers(feature["geometry"]["coordinates"], vertices)
    return left, again, whole, len(vertices)


def perimeters(path):
    """Metres round each hazard's geometry, on a sphere."""
    found = {}
    for feature in features(path):
        geometry = shapely.from_geojson(orjson.dumps(feature["geometry"])) if feature["geometry"] else shapely.Polygon()
        if not geometry.is_empty:
            north = 111_200
            east = north * np.cos(np.radians(shapely.bounds(geometry)[1]))
            metres = shapely.length(shapely.transform(geometry, lambda c: c * [east, north]))
            found[feature["properties"]["hazard_id"]] = float(metres)
    return found


def lonely(path):
    """The hazards of a file that no other touches."""
    read = features(path)
    shapes = shapely.from_geojson([orjson.dumps(f["geometry"]) for f in read])
    here, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    touched = set(here[here != other].tolist())
    return [f["properties"]["id"] for index, f in enumerate(read) if index not in touched]


def remaining(ours, theirs, *hazards):
    """Two results of `remaining`, hazard by hazard: do they agree to what razmin promises, and to the peer's bias?

    A claim may lose 2 cm along its outline, and be larger by nothing; a peer's swath of 32 corners a circle is 4.4e-4
    too small. Ground that finds opened again is aside: peers know no finds. With a file of hazards only those of them
    that touch no other."""
    left, again, whole, mine = areas(ours)
    b, _, _, peers = areas(theirs)
    round_it = perimeters(theirs)
    names = lonely(*hazards) if hazards else sorted(whole.keys() | b.keys())
    worst, agree = 0.0, bool(names)
    for name in names:
        more = left.get(name, 0) - b.get(name, 0)
        budget = 0.02 * round_it.get(name, 0)
        bias = 4.4e-4 * (whole.get(name, 0) - left.get(name, 0))
        agree &= name in whole and -bias - 0.05 <= more <= budget + 0.05
        worst = max(worst, more / budget if budget else 0)
    return {"agree": agree, "ours_m2": sum(left.get(n, 0) for n in names), "theirs_m2": sum(b.get(n, 0) for n in names),
            "hazards": len(names), "reopened_m2": sum(again.values()), "budget_used": worst, "ours_vertices": mine,
            "theirs_vertices": peers}


if __name__ == "__main__":
    answer = {"positions": positions, "apart": apart, "remaining": remaining}[sys.argv[1]](*sys.argv[2:])
    sys.stdout.buffer.write(orjson.dumps(answer))

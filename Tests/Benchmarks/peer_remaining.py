#!/usr/bin/env python3
"""`razmin remaining` as a skilled user of geopandas and shapely would write it: peer_remaining.py SURVEY OUT.

Reads survey.toml, hazards, cells and logs; cuts tracks at jumps; buffers each track's lanes at once (what measuring
taught: one buffer of all lanes is faster than a union of buffers), subtracts, and writes GeoJSON
with geodesic areas. Two threads. It knows nothing of time, quality or sigma, and so does less than Razmin.
"""
import json
import struct
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from pyproj import Geod, Transformer

JUMP = 2.5  # metres; at 1 Hz and searching pace a longer step is a spike or an outage
GEOD = Geod(ellps="WGS84")


def gpx(path):
    """Positions, a segment number for each, and a track number for each segment.

    The layer `tracks` is the fast one: one geometry a track."""
    meta, table = pyogrio.read_arrow(path, layer="tracks", columns=["name"])
    points, lanes, tracks = [], [], []
    for track, wkb in enumerate(table[meta["geometry_name"] or "wkb_geometry"].to_pylist()):
        at = 9  # by hand: one segment of a single fix makes shapely refuse the whole track
        for _ in range(struct.unpack_from("<I", wkb, 5)[0]):
            kind, count = struct.unpack_from("<II", wkb, at + 1)
            width = 2 if kind < 1000 and kind % 1000 == 2 else 3
            points.append(np.frombuffer(wkb, "<f8", count * width, at + 9).reshape(count, width)[:, :2])
            lanes.append(count)
            tracks.append(track)
            at += 9 + 8 * count * width
    if not points:
        return np.empty((0, 2)), np.empty(0, int), np.empty(0, int)
    return np.concatenate(points), np.repeat(np.arange(len(lanes)), lanes), np.array(tracks)


def table(path):
    import polars
    head = open(path).readline().lower()
    mark = ";" if head.count(";") > head.count(",") else ","
    t = polars.read_csv(path, separator=mark, decimal_comma=mark == ";", infer_schema_length=1000)
    t = t.rename({c: c.strip().lower() for c in t.columns})
    pick = lambda *names: t[next(n for n in names if n in t.columns)].cast(polars.Float64).to_numpy()
    return np.column_stack((pick("lon", "longitude"), pick("lat", "latitude"))), np.zeros(len(t), int), np.zeros(1, int)


def nmea(path):
    """GGA only, checksums not verified."""
    import polars
    t = polars.read_csv(path, has_header=False, separator="\n", new_columns=["s"], quote_char=None,
                        truncate_ragged_lines=True)
    f = t.filter(polars.col("s").str.slice(3, 3) == "GGA").select(
        polars.col("s").str.splitn(",", 8).struct.rename_fields([f"f{i}" for i in range(8)])).unnest("s")
    f = f.filter(~polars.col("f6").is_in(["0", "6", "7", "8"]))

    def degrees(value, hemisphere, minus):
        v = f[value].cast(polars.Float64, strict=False).to_numpy()
        d = np.floor(v / 100)
        return (d + (v - 100 * d) / 60) * np.where((f[hemisphere] == minus).to_numpy(), -1, 1)

    xy = np.column_stack((degrees("f4", "f5", "W"), degrees("f2", "f3", "S")))
    xy = xy[np.isfinite(xy).all(axis=1)]
    return xy, np.zeros(len(xy), int), np.zeros(1, int)


def read(path):
    return {".gpx": gpx, ".csv": table, ".nmea": nmea}[path.suffix](path)


def clean(x, y, lane):
    """Drops spikes (both neighbours far) and cuts at jumps; line numbers for the fixes that are left."""
    def far(x, y, lane):
        same = lane[1:] == lane[:-1]
        return (np.hypot(np.diff(x), np.diff(y)) > JUMP) & same, same
    jump, _ = far(x, y, lane)
    keep = ~(np.r_[False, jump] & np.r_[jump, False])
    x, y, lane = x[keep], y[keep], lane[keep]
    jump, same = far(x, y, lane)
    line = np.cumsum(np.r_[0, jump | ~same])
    keep = np.bincount(line)[line] > 1
    x, y, line, lane = x[keep], y[keep], line[keep], lane[keep]
    new = np.r_[True, np.diff(line) != 0] if len(line) else np.empty(0, bool)
    return np.column_stack((x, y)), np.cumsum(new) - 1, lane[new]


def components(shapes):
    """Groups of hazards that overlap, in the order of their first."""
    a, b = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    group = np.arange(len(shapes))
    while True:
        least = group.copy()
        np.minimum.at(least, a, group[b])
        if (least == group).all():
            return group
        group = least


def unite(parts):
    """Uniting what is one polygon already would node it all over again."""
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def released(cells, owner):
    """The union of released cells; the boxes of one grid are a coverage, which unites much faster."""
    return unite([shapely.coverage_union_all(cells[owner == o]) for o in np.unique(owner)])


def remaining(job):
    lanes, halves, logs, cells, owner, hazards = job
    swaths = [shapely.buffer(shapely.multilinestrings(lanes[logs == log]), halves[logs == log][0], quad_segs=8)
              for log in np.unique(logs)]
    gone = released(cells, owner)
    left, before = [], []
    for hazard in hazards:  # in order of precedence: the first takes the ground
        mine = shapely.difference(hazard, unite(before)) if before else hazard
        mine = shapely.difference(mine, gone)
        for swath in swaths:
            mine = shapely.difference(mine, swath)
        left.append(mine)
        before.append(hazard)
    return left


def main(folder, out):
    folder = Path(folder)
    survey = tomllib.loads((folder / "survey.toml").read_text())
    work = survey["activities"]
    hazards = pyogrio.read_dataframe(folder / survey["hazards"][0]["file"])
    hazards = hazards.sort_values(["class", "recorded", "id"])  # CHA before SHA
    centre = hazards.total_bounds.reshape(2, 2).mean(axis=0)
    crs = 32600 + 100 * (centre[1] < 0) + int((centre[0] + 180) // 6) + 1
    there = Transformer.from_crs(4326, crs, always_xy=True)
    shapes = np.asarray(hazards.geometry.to_crs(crs))

    logs = [(folder / name, a["swath_m"] / 2) for a in work if a["geometry"] == "track" for name in a["logs"]]
    with ThreadPoolExecutor(2) as pool:
        tracks = list(pool.map(lambda log: read(log[0]), logs))
    lanes, half_of_lane, log_of_lane = [], [], []
    for (_, lane, track), (_, half) in zip(tracks, logs):
        lanes.append(lane + sum(map(len, half_of_lane)))
        half_of_lane.append(np.full(len(track), half))
        log_of_lane.append(track + 1_000_000 * len(log_of_lane))
    lonlat, half_of_lane = np.concatenate([p for p, _, _ in tracks]), np.concatenate(half_of_lane)
    x, y = there.transform(lonlat[:, 0], lonlat[:, 1])
    xy, line, lane = clean(x, y, np.concatenate(lanes))
    lines, halves = shapely.linestrings(xy, indices=line), half_of_lane[lane]
    log = np.concatenate(log_of_lane)[lane]

    cells, owner = [], []
    wanted = {}
    for a in work:
        if a["geometry"] in ("cells", "polygons"):
            for name in a["files"]:
                wanted.setdefault(name, set()).add(a["claims"] if a["geometry"] == "cells" else None)
    for name, states in wanted.items():
        held = set(pyogrio.read_info(folder / name)["fields"])
        t = pyogrio.read_dataframe(folder / name, columns=sorted(held & {"id", "status"}))
        if None not in states:
            t = t[t.status.isin(states)]
        cells.append(np.asarray(t.geometry.to_crs(crs)))
        # The boxes of one grid have ids that begin alike: H00012/3/4.
        grid = t["id"].str.split("/").str[0] if None not in states else t.index.astype(str)
        owner.append(np.char.add(name + "/", grid.to_numpy(str)))
    cells = np.concatenate(cells) if cells else np.empty(0, object)
    owner = np.concatenate(owner) if owner else np.empty(0, object)

    group = components(shapes)
    tree = shapely.STRtree(shapes)

    def by_group(geometries, reach):
        boxes = shapely.bounds(geometries) + np.array([-1, -1, 1, 1]) * reach
        which, hazard = tree.query(shapely.box(*boxes.T), predicate="intersects")
        return np.unique(np.column_stack((group[hazard], which)), axis=0)

    of_line, of_cell = by_group(lines, halves.max(initial=0)), by_group(cells, 0)
    pick = lambda pairs, g: pairs[np.searchsorted(pairs[:, 0], g):np.searchsorted(pairs[:, 0], g + 1), 1]
    groups = np.unique(group)
    jobs = []
    for g in groups:
        of_l, of_c = pick(of_line, g), pick(of_cell, g)
        jobs.append((lines[of_l], halves[of_l], log[of_l], cells[of_c], owner[of_c], shapes[group == g]))
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(remaining, jobs))
    left = np.empty(len(shapes), object)
    for g, result in zip(groups, results):
        left[group == g] = result
    degrees = shapely.transform(
        left, lambda c: np.round(np.column_stack(there.transform(c[:, 0], c[:, 1], direction="INVERSE")), 9))
    areas = [abs(GEOD.geometry_area_perimeter(g)[0]) for g in shapely.orient_polygons(degrees)]
    with open(out, "w") as f:
        f.write('{"type":"FeatureCollection","features":[\n')
        f.write(",\n".join(
            '{"type":"Feature","properties":{"hazard_id":%s,"layer":"remaining","area_m2":%.3f},"geometry":%s}'
            % (json.dumps(str(i)), a, g) for i, a, g in zip(hazards["id"], areas, shapely.to_geojson(degrees))))
        f.write("\n]}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

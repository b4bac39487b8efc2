#!/usr/bin/env python3
"""Hazards against all released polygons with shapely's STRtree: peer_national.py THREADS SURVEY OUT.

One query of the tree, a union for each hazard that several polygons meet, and one difference of arrays a thread."""
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from pyproj import Transformer

from peer_remaining import area
from peer_survey import UTM


def main(threads, folder, out):
    survey = tomllib.loads((Path(folder) / "survey.toml").read_text())
    there = Transformer.from_crs(4326, UTM, always_xy=True)

    def read(name, columns=()):
        meta, _, wkb, values = pyogrio.raw.read(Path(folder) / name, columns=list(columns))
        shapes = shapely.from_wkb(wkb)
        return shapely.transform(shapes, lambda c: np.column_stack(there.transform(c[:, 0], c[:, 1]))), values

    with ThreadPoolExecutor(int(threads)) as pool:
        files = [survey["hazards"][0]["file"], *(name for a in survey["activities"] for name in a["files"])]
        (hazards, values), *others = pool.map(lambda name: read(name, ["id"] if name == files[0] else ()), files)
        released = np.concatenate([shapes for shapes, _ in others])
        which, by = shapely.STRtree(released).query(hazards, predicate="intersects")
        order = np.argsort(which, kind="stable")
        which, by = which[order], by[order]
        touched, begins = np.unique(which, return_index=True)
        ends = np.append(begins[1:], len(which))

        def part(of):
            gone = np.empty(len(of), object)
            for at, k in enumerate(of):
                near = released[by[begins[k]:ends[k]]]
                gone[at] = near[0] if len(near) == 1 else shapely.union_all(near)
            return shapely.difference(hazards[touched[of]], gone)

        parts = np.array_split(np.arange(len(touched)), 32 * int(threads))
        left = hazards.copy()
        for of, shapes in zip(parts, pool.map(part, parts)):
            left[touched[of]] = shapes
    degrees = shapely.transform(left, lambda c: np.round(np.column_stack(
        there.transform(c[:, 0], c[:, 1], direction="INVERSE")), 9))
    with open(out, "w") as f:
        f.write('{"type":"FeatureCollection","features":[\n')
        f.write(",\n".join('{"type":"Feature","properties":{"hazard_id":"%s","area_m2":%.3f},"geometry":%s}' % row
                           for row in zip(values[0], area(degrees), shapely.to_geojson(degrees))))
        f.write("\n]}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

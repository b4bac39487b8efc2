"""What the Python peers read of a survey folder made by `razmin simulate`: hazards, lanes, released cells; in UTM."""
import struct
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from pyproj import Transformer

JUMP = 2.5  # metres; at 1 Hz and searching pace a longer step is a spike or an outage
UTM = 32634


@dataclass
class Survey:
    ids: np.ndarray  # of hazards, CHA before SHA, then as recorded
    shapes: np.ndarray  # of hazards
    lines: np.ndarray
    halves: np.ndarray  # half the swath of each line
    log: np.ndarray  # of each line
    cells: np.ndarray  # released ones only
    grid: np.ndarray  # of each cell: the boxes of one hazard's grid do not overlap


def gpx(path):
    """Positions, and the number of each lane (a segment).

    The layer `tracks` is the fast one: one geometry a track."""
    meta, table = pyogrio.read_arrow(path, layer="tracks", columns=["name"])
    points, lanes = [np.empty((0, 2))], []
    for wkb in table[meta["geometry_name"] or "wkb_geometry"].to_pylist():
        at = 9  # by hand: one segment of a single fix makes shapely refuse the whole track
        for _ in range(struct.unpack_from("<I", wkb, 5)[0]):
            kind, count = struct.unpack_from("<II", wkb, at + 1)
            width = 2 if kind < 1000 and kind % 1000 == 2 else 3
            points.append(np.frombuffer(wkb, "<f8", count * width, at + 9).reshape(count, width)[:, :2])
            lanes.append(count)
            at += 9 + 8 * count * width
    return np.concatenate(points), np.array(lanes, int)


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


def read(folder):
    folder = Path(folder)
    survey = tomllib.loads((folder / "survey.toml").read_text())
    work = survey["activities"]
    hazards = pyogrio.read_dataframe(folder / survey["hazards"][0]["file"])
    hazards = hazards.sort_values(["class", "recorded", "id"])  # CHA before SHA

    logs = [(folder / name, a["swath_m"] / 2) for a in work if a["geometry"] == "track" for name in a["logs"]]
    with ThreadPoolExecutor(2) as pool:
        tracks = list(pool.map(lambda log: gpx(log[0]), logs))
    counts = np.concatenate([lanes for _, lanes in tracks])
    of_lane = np.repeat(np.arange(len(logs)), [len(lanes) for _, lanes in tracks])
    lonlat = np.concatenate([points for points, _ in tracks])
    x, y = Transformer.from_crs(4326, UTM, always_xy=True).transform(lonlat[:, 0], lonlat[:, 1])
    xy, line, lane = clean(x, y, np.repeat(np.arange(len(counts)), counts))

    cells, grid = [np.empty(0, object)], [np.empty(0, str)]
    wanted = {}
    for a in work:
        if a["geometry"] == "cells":
            for name in a["files"]:
                wanted.setdefault(name, set()).add(a["claims"])
    for name, states in wanted.items():
        t = pyogrio.read_dataframe(folder / name, columns=["id", "status"])
        t = t[t.status.isin(states)]
        cells.append(np.asarray(t.geometry.to_crs(UTM)))
        grid.append(t["id"].str.split("/").str[0].to_numpy(str))  # H00012/3/4
    of_line = of_lane[lane]
    return Survey(hazards["id"].to_numpy(str), np.asarray(hazards.geometry.to_crs(UTM)),
                  shapely.linestrings(xy, indices=line), np.array([half for _, half in logs])[of_line], of_line,
                  np.concatenate(cells), np.concatenate(grid))

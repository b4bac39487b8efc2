#!/usr/bin/env python3
"""GPX to GeoJSON tracks in Python: peer_import.py pyogrio|expressions IN OUT.

`pyogrio` is what a user of geopandas has; `expressions` is as fast as Python gets and no parser: it takes for granted
that lat stands before lon and that a track has a name."""
import re
import sys


def pyogrio_way(source, out):
    import pyogrio
    meta, table = pyogrio.read_arrow(source, layer="tracks")
    pyogrio.write_arrow(table, out, driver="GeoJSON", geometry_name=meta["geometry_name"] or "wkb_geometry",
                        geometry_type=meta["geometry_type"], crs=meta["crs"])


def expressions(source, out):
    import numpy as np
    import orjson
    text = open(source, "rb").read()
    point = re.compile(rb'<trkpt lat="([^"]+)" lon="([^"]+)"')
    features = []
    for track in re.finditer(rb"<trk>\s*<name>([^<]*)</name>(.*?)</trk>", text, re.S):
        parts = []
        for segment in track[2].split(b"<trkseg>")[1:]:
            numbers = np.array([v for pair in point.findall(segment) for v in pair], "S").astype(float)
            parts.append(np.ascontiguousarray(numbers.reshape(-1, 2)[:, ::-1]))
        features.append({"type": "Feature", "properties": {"name": track[1].decode()},
                         "geometry": {"type": "MultiLineString", "coordinates": parts}})
    with open(out, "wb") as file:
        file.write(orjson.dumps({"type": "FeatureCollection", "features": features},
                                option=orjson.OPT_SERIALIZE_NUMPY))


if __name__ == "__main__":
    {"pyogrio": pyogrio_way, "expressions": expressions}[sys.argv[1]](sys.argv[2], sys.argv[3])

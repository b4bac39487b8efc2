#!/usr/bin/env python3
"""Points of a CSV through a PROJ pipeline with pyproj and polars: peer_convert.py PIPELINE IN OUT."""
import sys

import polars
from pyproj import Transformer


def main(pipeline, source, out):
    points = polars.read_csv(source)
    # Without a copy: polars' columns are numpy arrays already.
    x, y = Transformer.from_pipeline(pipeline).transform(points["lon"].to_numpy(), points["lat"].to_numpy())
    polars.DataFrame({"easting": x, "northing": y}).write_csv(out, float_precision=3)


if __name__ == "__main__":
    main(*sys.argv[1:])

#!/usr/bin/env python3
"""A survey's hazards, clean lines and released cells as a SpatiaLite database in UTM: ready_lines.py SURVEY OUT.

Not timed: SpatiaLite reads no logs, and gets what the other peers have to make first."""
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyogrio
import shapely

from peer_survey import UTM, read


def main(folder, out):
    survey = read(folder)
    order = np.arange(len(survey.ids))
    with tempfile.TemporaryDirectory() as scratch:
        ready = Path(scratch) / "ready.gpkg"
        for layer, kind, shapes, fields, names in (
                ("hazards", "Polygon", survey.shapes, [survey.ids.astype(object), order], ["id", "rank"]),
                ("lines", "LineString", survey.lines, [survey.log, survey.halves], ["log", "half"]),
                ("cells", "Polygon", survey.cells, [survey.grid.astype(object)], ["grid"])):
            pyogrio.raw.write(ready, shapely.to_wkb(shapes), fields, names, layer=layer, driver="GPKG",
                              geometry_type=kind, crs=f"EPSG:{UTM}", append=ready.exists(), VERSION="1.2")
        subprocess.run(["ogr2ogr", "-f", "SQLite", "-dsco", "SPATIALITE=YES", "-lco", "GEOMETRY_NAME=geom",
                        "-lco", "SPATIAL_INDEX=NO", out, ready], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

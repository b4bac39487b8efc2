#!/usr/bin/env python3
"""`razmin remaining` in PostGIS, from the CSV twins of the logs: peer_postgis.py SOCKET SURVEY OUT.

ogr2ogr loads hazards and cells, COPY the fixes, two workers do the rest; each run drops what the last one left."""
import os
import subprocess
import sys
from pathlib import Path

from sql import lines, remaining


def main(socket, folder, out):
    environment = os.environ | {"PGHOST": socket, "PGUSER": "bench", "PGDATABASE": "bench", "PG_USE_COPY": "YES"}
    options = {"env": environment, "check": True}
    tables = 'hazards, cells, read, fixes, lines, swaths, released, "before", of_cells, of_swaths, ceded, uncelled, ' \
        "remaining"
    psql = ["psql", "-qAtX", "-v", "ON_ERROR_STOP=1"]
    subprocess.run([*psql, "-c", "set client_min_messages = warning", "-c", f"drop table if exists {tables}"],
                   **options)
    for layer in ("hazards", "cells"):
        subprocess.run(["ogr2ogr", "-f", "PostgreSQL", "PG:", f"{folder}/{layer}.geojson", "-nln", layer,
                        "-t_srs", "EPSG:32634", "-lco", "SPATIAL_INDEX=NONE", "-lco", "GEOMETRY_NAME=geom",
                        "-lco", "UNLOGGED=YES", "-lco", "FID=fid",
                        *(["-where", "status in ('cancelled','reduced')"] if layer == "cells" else [])], **options)
    copy = ["create unlogged table read (log text, t timestamp, latitude float8, longitude float8, elevation float4, "
            "quality int, satellites int, hdop float4)",
            "alter table read alter column log set default ''"]
    columns = "t, latitude, longitude, elevation, quality, satellites, hdop"
    for log in sorted((Path(folder) / "logs").glob("*.csv")):
        copy += [f"alter table read alter column log set default '{log.stem}'",
                 f"\\copy read ({columns}) from '{log}' csv header"]
    script = "\n".join(text if text.startswith("\\") else f"{text};" for text in [
        *copy,
        "set enable_hashagg = off",  # parallel aggregates sort
        "alter table hazards add column place int",
        'update hazards h set place = n.place from (select fid, row_number() over (order by "class", recorded, id) '
        "as place from hazards) n where n.fid = h.fid",
        "alter table cells add column grid text generated always as (split_part(id, '/', 1)) stored",
        "create unlogged table fixes as select log, t, "
        "st_transform(st_setsrid(st_makepoint(longitude, latitude), 4326), 32634) g from read",
        "analyze hazards, cells, fixes",
        *lines("st_makeline(g order by t)", "unlogged table"),
        "alter table lines set (parallel_workers = 2)", "alter table cells set (parallel_workers = 2)", "analyze lines",
        *remaining("st_union", "st_buffer(st_collect(geom), 0.5, 'quad_segs=8')", "(array_agg(g))[1]", "unlogged table"),
        "alter table remaining set (parallel_workers = 2)",
        """select '{"type":"FeatureCollection","features":['""",
        """select string_agg('{"type":"Feature","properties":{"hazard_id":"' || id || '","layer":"remaining","area_m2":'
          || st_area(d::geography) || '},"geometry":' || st_asgeojson(d, 9) || '}', E',\\n')
          from (select id, st_transform(g, 4326) d from remaining) r""",
        "select ']}'"])
    with open(out, "w") as file:
        subprocess.run(psql, input=script.encode(), stdout=file, **options)


if __name__ == "__main__":
    main(*sys.argv[1:])

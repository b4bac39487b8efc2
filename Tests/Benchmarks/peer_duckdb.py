#!/usr/bin/env python3
"""`razmin remaining` in DuckDB's spatial extension, 2 threads, from the logs' CSV twins: peer_duckdb.py SURVEY OUT.

The extension comes as a package from PyPI; where it is for another DuckDB, `INSTALL spatial` is tried."""
import sys
from pathlib import Path

import duckdb

from sql import lines, remaining


def extension(database):
    try:
        import duckdb_extension_spatial as package
        file = Path(package.__file__).parent / "extensions" / f"v{duckdb.__version__}" / "spatial.duckdb_extension"
        database.execute(f"load '{file}'")
    except (ImportError, duckdb.Error):
        try:
            database.execute("install spatial; load spatial")
        except duckdb.Error as error:
            raise SystemExit(f"not installed: spatial of DuckDB {duckdb.__version__} ({error})") from error


def main(folder, out):
    database = duckdb.connect(config={"threads": 2})
    extension(database)
    there, back = "'EPSG:4326', 'EPSG:32634', always_xy := true", "'EPSG:32634', 'EPSG:4326', always_xy := true"
    database.execute(f"""
        create table hazards as select id, row_number() over (order by "class", recorded, id) as place,
          st_transform(geom, {there}) geom from st_read('{folder}/hazards.geojson');
        create table cells as select split_part(id, '/', 1) grid, st_transform(geom, {there}) geom
          from st_read('{folder}/cells.geojson') where status in ('cancelled', 'reduced');
        create table fixes as select filename log, time t, st_transform(st_point(longitude, latitude), {there}) g
          from read_csv('{folder}/logs/*.csv', filename := true)""")
    steps = remaining("st_union_agg", "st_buffer(st_collect(list(geom)), 0.5, 8)", "first(g)")
    for statement in lines("st_makeline(list(g order by t))") + steps:
        database.execute(statement)
    database.execute(f"create table degrees as select id, st_transform(g, {back}) g from remaining")
    rows = database.execute("""select '{"type":"Feature","properties":{"hazard_id":"' || id
        || '","layer":"remaining","area_m2":' || st_area_spheroid(st_flipcoordinates(g))
        || '},"geometry":' || st_asgeojson(g) || '}' from degrees""").fetchall()
    with open(out, "w") as file:
        file.write('{"type":"FeatureCollection","features":[\n' + ",\n".join(row for row, in rows) + "\n]}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

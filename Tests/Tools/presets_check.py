#!/usr/bin/env python3
"""What others say of the presets' data: PROJ's database of the codes, shapely and pyproj of the places.

    presets_check.py data FILE        every code and the geometry; what is wrong, a line each, and a count at the end
    presets_check.py places FILE      for each "longitude latitude" of standard input, a line of "inside metres" for each
                                      preset, inside being 1 or 0 and metres the distance to its boundary
    presets_check.py kosovo FILE      how far EPSG:9143 is from the other operations in five towns of Kosovo, a line for
                                      each: metres as it stands, and with its rotations read the other way
"""

import json
import os
import sqlite3
import sys
from itertools import combinations

import pyproj
import shapely
from shapely.geometry import shape

# Frames of which one is taken for another: WGS 84 and ETRS89 (EPSG:1149 has no parameters and states 1 m).
WORLD = {"EPSG:4326", "EPSG:4258"}
# An area of use of EPSG is a box in whole hundredths of a degree, and the boundaries are generalised.
SLACK_DEGREES = 0.1
# A country's area of use stops at the coast as EPSG draws it; a part this small may lie outside.
SLACK_AREA = 0.002


def features(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)["features"]


class Database:
    """PROJ's own, that of the library the product runs on."""

    def __init__(self):
        folder = os.environ.get("PROJ_DATA", "/usr/share/proj")
        self.path = os.path.join(folder, "proj.db")
        self.rows = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)

    def one(self, query, *values):
        return self.rows.execute(query, values).fetchone()

    def boxes(self, table, code):
        """Areas of use: west, south, east, north; several where EPSG gives several."""
        return self.rows.execute(
            "select west_lon, south_lat, east_lon, north_lat from usage join extent on extent.auth_name = extent_auth_name "
            "and extent.code = extent_code where object_table_name = ? and object_auth_name = ? and object_code = ?",
            (table, *code.split(":"))).fetchall()

    def crs(self, code):
        return self.one("select table_name, deprecated from crs_view where auth_name = ? and code = ?", *code.split(":"))

    def base(self, code):
        """The geographic CRS under a projected one."""
        row = self.one("select geodetic_crs_auth_name, geodetic_crs_code from projected_crs where auth_name = ? "
                       "and code = ?", *code.split(":"))
        return ":".join(map(str, row)) if row else code

    def false_easting(self, code):
        row = self.one(
            "select c.* from conversion c join projected_crs p on p.conversion_auth_name = c.auth_name and "
            "p.conversion_code = c.code where p.auth_name = ? and p.code = ?", *code.split(":"))
        names = [d[0] for d in self.rows.execute("select * from conversion limit 0").description]
        values = dict(zip(names, row)) if row else {}
        for n in range(1, 8):
            if values.get(f"param{n}_code") in (8806, 8816, 8826):
                return values[f"param{n}_value"]
        return None

    def operation(self, code):
        return self.one(
            "select table_name, deprecated, source_crs_auth_name || ':' || source_crs_code, target_crs_auth_name || ':' "
            "|| target_crs_code, accuracy from coordinate_operation_view where auth_name = ? and code = ?",
            *code.split(":"))

    def helmerts(self, source):
        return self.rows.execute(
            "select auth_name || ':' || code, target_crs_auth_name || ':' || target_crs_code, accuracy from "
            "helmert_transformation where source_crs_auth_name = ? and source_crs_code = ? and deprecated = 0 "
            "and auth_name = 'EPSG'", source.split(":")).fetchall()


def reaches(box, area):
    """Whether a box of EPSG's touches the country; one over the antimeridian is taken to go all the way round."""
    west, south, east, north = box
    if west > east:
        east += 360
    return shapely.box(west, south, east, north).intersects(area)


def holds(box, area):
    west, south, east, north = box
    if west > east:
        east += 360
    grown = shapely.box(west - SLACK_DEGREES, south - SLACK_DEGREES, east + SLACK_DEGREES, north + SLACK_DEGREES)
    return area.difference(grown).area <= SLACK_AREA * area.area


def check_crs(db, entry, area):
    code = entry["crs"]
    row = db.crs(code)
    if row is None:
        yield f"{code} is not in {db.path}"
        return
    table, deprecated = row
    if bool(deprecated) != entry.get("deprecated", False):
        yield f"{code} is {'' if deprecated else 'not '}deprecated"
    if not any(reaches(box, area) for box in db.boxes(table, code)):
        yield f"{code} is for somewhere else"
    easting = db.false_easting(code) if table == "projected_crs" else None
    prefix = int(easting // 1e6) if easting is not None and easting >= 1e6 else None
    if prefix != entry.get("prefix"):
        yield f"{code} has the prefix {prefix}"


def check_operation(db, pinned, area, is_grid):
    code = pinned["operation"]
    row = db.operation(code)
    if row is None:
        yield f"{code} is not in {db.path}"
        return
    table, deprecated, source, target, accuracy = row
    if deprecated:
        yield f"{code} is deprecated"
    if (source, target) != (pinned["from"], pinned["to"]):
        yield f"{code} goes from {source} to {target}"
    if float(accuracy) != pinned["accuracy_m"]:
        yield f"{code} states {accuracy} m"
    if not any(holds(box, area) for box in db.boxes(table, code)):
        yield f"{code} is not for the whole country"
    if is_grid:
        file = db.one("select grid_name from grid_transformation where auth_name = ? and code = ?", *code.split(":"))
        if file is None or file[0] != pinned["file"]:
            yield f"{code} needs {file}"
    elif table != "helmert_transformation":
        yield f"{code} is no Helmert transformation: {table}"


def check_best(db, pinned, area, cautions):
    """No other for the whole country may state better, unless the data say why it was passed over."""
    for code, target, accuracy in db.helmerts(pinned["from"]):
        if target not in WORLD | {pinned["to"]} or accuracy is None or float(accuracy) >= pinned["accuracy_m"]:
            continue
        if code in pinned["why"] or code in cautions:
            continue
        if any(holds(box, area) for box in db.boxes("helmert_transformation", code)):
            yield f"{code} states {accuracy} m, better than {pinned['operation']}"


def check(db, feature):
    p = feature["properties"]
    area = shape(feature["geometry"])
    if not area.is_valid:
        yield f"its boundary: {shapely.is_valid_reason(area)}"
    for kind in ("official", "legacy", "general"):
        for entry in p[kind]:
            yield from check_crs(db, entry, area)
    cautions = [c["operation"] for c in p.get("cautions", [])]
    for pinned in p["operations"]:
        yield from check_operation(db, pinned, area, False)
        yield from check_best(db, pinned, area, cautions)
        if pinned["operation"] in cautions:
            yield f"{pinned['operation']} is pinned and cautioned against"
    for grid in p.get("grids", []):
        yield from check_operation(db, grid, area, True)
    asked = {u["from"] for u in p.get("undecided", [])}
    for code in cautions + [c for u in p.get("undecided", []) for c in u["candidates"]]:
        if db.operation(code) is None:
            yield f"{code} is not in {db.path}"
    answered = {o["from"] for o in p["operations"]} | asked | WORLD
    for entry in p["official"] + p["legacy"] + p["general"]:
        if db.base(entry["crs"]) not in answered:
            yield f"{entry['crs']} stands on {db.base(entry['crs'])}, which has no operation and no word on it"
    for both in {o["from"] for o in p["operations"]} & asked:
        yield f"{both} is pinned and undecided"


def data(path):
    db, wrong, codes = Database(), [], 0
    found = features(path)
    for feature in found:
        p = feature["properties"]
        wrong += [f"{p['id']}: {what}" for what in check(db, feature)]
        codes += sum(len(p.get(k, [])) for k in ("official", "legacy", "general", "operations", "grids"))
    for a, b in combinations(found, 2):
        shared = shape(a["geometry"]).intersection(shape(b["geometry"])).area
        if shared > 1e-9:
            wrong.append(f"{a['properties']['id']} and {b['properties']['id']} overlap by {shared} square degrees")
    version = db.one("select value from metadata where key = 'PROJ.VERSION'")
    print("\n".join(wrong + [f"{len(found)} presets, {codes} codes, PROJ {version[0]}, {len(wrong)} wrong"]))
    return 1 if wrong else 0


def places(path):
    presets = [shape(f["geometry"]) for f in features(path)]
    # An edge is straight in longitude and latitude, and bends in another projection: in pieces of 0.02 degree.
    outlines = [shapely.segmentize(p.boundary, 0.02) for p in presets]
    for line in sys.stdin:
        longitude, latitude = map(float, line.split())
        point = shapely.Point(longitude, latitude)
        # Distances from the centre of this projection are those on the ellipsoid.
        to = pyproj.Proj(proj="aeqd", lat_0=latitude, lon_0=longitude, ellps="WGS84")
        answers = []
        for preset, outline in zip(presets, outlines):
            near = shapely.clip_by_rect(outline, longitude - 1, latitude - 1, longitude + 1, latitude + 1)
            metres = 1e6
            if not near.is_empty:
                flat = shapely.transform(near, lambda x: list(zip(*to(x[:, 0], x[:, 1]))))
                metres = flat.distance(shapely.Point(0, 0))
            answers.append(f"{int(preset.contains(point))} {metres:.1f}")
        print(" ".join(answers))
    return 0


TOWNS = [(42.6629, 21.1655), (42.2139, 20.7397), (42.8914, 20.8660), (42.66, 20.29), (42.4635, 21.4694)]
# Latitude and longitude of Pristina, Prizren, Mitrovica, Pec and Gjilan.
OTHERS = {"EPSG:3962": "former Yugoslavia", "EPSG:9495": "Serbia", "EPSG:6205": "North Macedonia"}
# A centesimal second is the 10 000th part of a gon, of which there are 400 in the circle: 0.324 of a second of arc.
CENTESIMAL_SECOND = 0.324


def helmert(x, y, z, rx, ry, rz, ppm, convention):
    """From longitude and latitude on Bessel's ellipsoid to WGS 84, in degrees."""
    return pyproj.Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 "
        f"+step +proj=cart +ellps=bessel +step +proj=helmert +x={x} +y={y} +z={z} +rx={rx} +ry={ry} +rz={rz} +s={ppm} "
        f"+convention={convention} +step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
        "+step +proj=unitconvert +xy_in=rad +xy_out=deg")


def kosovo(_):
    geod = pyproj.Geod(ellps="WGS84")
    row = Database().one("select tx, ty, tz, rx, ry, rz, scale_difference from helmert_transformation "
                         "where auth_name = 'EPSG' and code = 9143")
    turned = [r * CENTESIMAL_SECOND for r in row[3:6]]
    stands, other = helmert(*row, "position_vector"), helmert(*row[:3], *turned, row[6], "coordinate_frame")
    for latitude, longitude in TOWNS:
        answers = [op.transform(longitude, latitude) for op in (stands, other)]
        for code in OTHERS:
            to = pyproj.Transformer.from_pipeline(f"urn:ogc:def:coordinateOperation:EPSG::{code.split(':')[1]}")
            y, x = to.transform(latitude, longitude)
            metres = [geod.inv(x, y, *answer)[2] for answer in answers]
            print(f"{code} {metres[0]:.2f} {metres[1]:.2f}")
    return 0


if __name__ == "__main__":
    modes = {"data": data, "places": places, "kosovo": kosovo}
    if len(sys.argv) != 3 or sys.argv[1] not in modes:
        sys.exit(__doc__)
    sys.exit(modes[sys.argv[1]](sys.argv[2]))

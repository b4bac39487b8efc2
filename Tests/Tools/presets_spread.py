#!/usr/bin/env python3
"""The tables of docs/presets.md: what is pinned, and how far the other operations are from it.

    presets_spread.py [FILE]

A position of the legacy datum is taken to WGS 84, or to the realisation of ETRS89 where an operation ends, by the pinned
operation and by every other that PROJ's database has from that datum and that is for the place; the distances are
geodesics on WGS 84. The place is the capital. Deprecated operations and those that need a grid file are left out.
"""

import sys

import pyproj

from presets_check import Database, features

PLACES = {  # Latitude, longitude.
    "serbia": ("Nis", 43.3247, 21.9033), "kosovo": ("Pristina", 42.6629, 21.1655),
    "bosnia-and-herzegovina": ("Sarajevo", 43.8563, 18.4131), "croatia": ("Zagreb", 45.8150, 15.9819),
    "montenegro": ("Podgorica", 42.4304, 19.2594), "north-macedonia": ("Skopje", 41.9973, 21.4280),
    "slovenia": ("Ljubljana", 46.0569, 14.5058), "bulgaria": ("Sofia", 42.6977, 23.3219),
    "romania": ("Bucharest", 44.4268, 26.1025), "hungary": ("Budapest", 47.4979, 19.0402),
    "albania": ("Tirana", 41.3275, 19.8187), "azerbaijan": ("Khankendi", 39.8153, 46.7519),
    "armenia": ("Yerevan", 40.1792, 44.4991), "kazakhstan": ("Astana", 51.1694, 71.4491),
    "kyrgyzstan": ("Bishkek", 42.8746, 74.5698), "tajikistan": ("Dushanbe", 38.5598, 68.7870),
}
# Frames within a metre of each other: an operation to one of them can be compared with one to another.
ENDS = {"EPSG:4326", "EPSG:4258", "EPSG:8685", "EPSG:9140", "EPSG:4765", "EPSG:4761", "EPSG:7798", "EPSG:7686"}
GEOD = pyproj.Geod(ellps="WGS84")


def carried(code, latitude, longitude):
    operation = pyproj.Transformer.from_pipeline(f"urn:ogc:def:coordinateOperation:EPSG::{code.split(':')[1]}")
    # Authority order: latitude first, as the geographic CRSs of EPSG have it.
    return operation.transform(latitude, longitude)


def apart(a, b):
    return GEOD.inv(a[1], a[0], b[1], b[0])[2]


def others(db, source, pinned, latitude, longitude):
    for code, target, accuracy in db.helmerts(source):
        boxes = db.boxes("helmert_transformation", code)
        if code != pinned and target in ENDS and any(
                s <= latitude <= n and (w <= longitude <= e or w > e and longitude >= w) for w, s, e, n in boxes):
            yield code, accuracy


def listed(entries):
    return ", ".join(e["crs"].removeprefix("EPSG:") for e in entries if not e.get("deprecated")) or "none recorded"


def main(path):
    db = Database()
    print("| country | official | legacy | general | boundary within |\n|---|---|---|---|---|")
    for feature in features(path):
        p = feature["properties"]
        print(f"| {p['name']} | {listed(p['official'])} | {listed(p['legacy'])} | {listed(p['general'])} | "
              f"{p['boundary_m'] / 1000:g} km |")
    print("\n| country | from | pinned | states | shift | at | others: what they state, how far away |\n"
          "|---|---|---|---|---|---|---|")
    for feature in features(path):
        p = feature["properties"]
        town, latitude, longitude = PLACES[p["id"]]
        rows = [(o["from"], o) for o in p["operations"] if not o["why"].startswith("no parameters")]
        rows += [(u["from"], None) for u in p.get("undecided", []) if u["candidates"] and db.helmerts(u["from"])]
        for source, pinned in rows:
            code = pinned["operation"] if pinned else db_first(p, source)
            here = carried(code, latitude, longitude)
            rest = sorted((apart(here, carried(c, latitude, longitude)), c, a)
                          for c, a in others(db, source, code, latitude, longitude))
            text = "; ".join(f"{c.removeprefix('EPSG:')} ({float(a):g} m) {d:,.1f} m" for d, c, a in rest) or "none"
            own = f"{code}{'' if pinned['own'] else ', wider region'}" if pinned else f"none (distances from {code})"
            states = f"{pinned['accuracy_m']:g} m" if pinned else ""
            print(f"| {p['name']} | {source.removeprefix('EPSG:')} | {own.replace('EPSG:', '')} | {states} | "
                  f"{apart((latitude, longitude), here):.0f} m | {town} | {text} |")


def db_first(p, source):
    return next(u["candidates"][0] for u in p["undecided"] if u["from"] == source)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "Sources/Presets/presets.geojson")

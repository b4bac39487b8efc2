#!/usr/bin/env python3
"""Draws the boundaries of presets.geojson again from Natural Earth's lines (public domain).

    presets_boundaries.py BOUNDARY_LINES COASTLINE [FILE]

The first two are ne_10m_admin_0_boundary_lines_land and ne_10m_coastline as GeoJSON. Their lines are noded together, made
into polygons, and each polygon is given to the preset whose present boundary holds most of it; then each line between
two nodes is simplified once for both of its neighbours, so that they neither overlap nor part. Only the geometry of FILE
is changed. Prints how far each boundary is from Natural Earth's own.
"""

import json
import sys
from collections import Counter

import numpy
import shapely
from shapely.geometry import LineString, Point, shape
from shapely.ops import linemerge, nearest_points, polygonize, unary_union

# Round the presets and their neighbours: lines that reach into it.
WINDOW = shapely.box(10, 33, 92, 58)
# Metres that a line may move (Douglas and Peucker); where two countries differ, the smaller.
TOLERANCE = {"kazakhstan": 1500, "kyrgyzstan": 800, "tajikistan": 800}
USUAL_TOLERANCE = 600
# Square degrees, some 10 to 18 km²: smaller islands and exclaves are left out, in Croatia smaller ones.
LEAST, LEAST_CROATIA = 2e-3, 1e-3
# Degrees: an end of a border that stops short of the coast or of another border is led on as far as this.
GAP = 0.05
DECIMALS = 3
METRES_PER_DEGREE = 111_132


def lines(path):
    with open(path, encoding="utf-8") as file:
        found = json.load(file)["features"]
    # The lease of Baikonur is no boundary of a country.
    kept = [shape(f["geometry"]) for f in found if f["properties"].get("featurecla") != "Lease limit"]
    return [line for line in kept if line.intersects(WINDOW)]


def network(borders, coast):
    net = unary_union(borders + coast)
    ends = Counter(end for line in net.geoms for end in (line.coords[0], line.coords[-1]))
    bridges = []
    for end in (e for e, times in ends.items() if times == 1 and WINDOW.contains(Point(e))):
        near = [l for l in net.geoms if end not in (l.coords[0], l.coords[-1]) and l.distance(Point(end)) < GAP]
        if near:
            to = nearest_points(Point(end), min(near, key=lambda l: l.distance(Point(end))))[1]
            # A little beyond, so that the two surely meet.
            bridges.append(LineString([end, (to.x + (to.x - end[0]) * 1e-6, to.y + (to.y - end[1]) * 1e-6)]))
    bridges = [bridge for bridge in bridges if bridge.length > 0]
    return unary_union(shapely.set_precision(unary_union([net] + bridges), 1e-7))


def simplified(line, metres):
    """In degrees of equal length at the line's latitude, both ends kept."""
    scale = numpy.array([numpy.cos(numpy.radians(line.centroid.y)), 1.0])
    flat = shapely.transform(line, lambda x: x * scale)
    short = flat.simplify(metres / METRES_PER_DEGREE)
    if line.is_ring and len(short.coords) < 5:
        short = flat.simplify(metres / 4 / METRES_PER_DEGREE)
    return shapely.transform(short, lambda x: numpy.round(x / scale, DECIMALS))


def flat_metres(geometry):
    scale = numpy.array([111_320 * numpy.cos(numpy.radians(geometry.centroid.y)), METRES_PER_DEGREE])
    return lambda g: shapely.transform(g, lambda x: x * scale)


def coordinates(parts):
    def ring(points, counterclockwise):
        if shapely.LinearRing(points).is_ccw != counterclockwise:
            points = list(points)[::-1]
        return [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in points]

    return [[ring(p.exterior.coords, True)] + [ring(i.coords, False) for i in p.interiors]
            for p in sorted(parts, key=lambda p: -p.area)]


def main(borders, coast, path):
    with open(path, encoding="utf-8") as file:
        text = file.read().split("\n")
    presets = [(f["properties"]["id"], shape(f["geometry"])) for f in json.loads("\n".join(text))["features"]]
    pieces = list(polygonize(network(lines(borders), lines(coast))))
    exact = {}
    for name, present in presets:
        least = LEAST_CROATIA if name == "croatia" else LEAST
        exact[name] = [p for p in pieces if p.area > least and p.intersects(present)
                       and p.intersection(present).area > p.area / 2]
    arcs = linemerge(unary_union([p.boundary for parts in exact.values() for p in parts]))
    moved = []
    for arc in getattr(arcs, "geoms", [arcs]):
        middle = arc.interpolate(0.5, normalized=True)
        owners = [n for n, parts in exact.items() if any(p.boundary.distance(middle) < 1e-9 for p in parts)]
        moved.append(simplified(arc, min(TOLERANCE.get(n, USUAL_TOLERANCE) for n in owners)))
    drawn = list(polygonize(unary_union(moved)))
    rows = [i for i, line in enumerate(text) if line.startswith('}, "geometry": ')]
    for row, (name, _) in zip(rows, presets, strict=True):
        whole = unary_union(exact[name])
        mine = [p for p in drawn if p.representative_point().within(whole)]
        to = flat_metres(whole)
        distance = shapely.hausdorff_distance(to(unary_union(mine).boundary), to(whole.boundary))
        print(f"{name}: {len(mine)} parts, {len(shapely.get_coordinates(mine))} corners, "
              f"{distance:.0f} m from Natural Earth")
        geometry = {"type": "MultiPolygon", "coordinates": coordinates(mine)}
        comma = "," if text[row].endswith(",") else ""
        text[row] = '}, "geometry": ' + json.dumps(geometry, separators=(",", ":")) + "}" + comma
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(text))


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) == 4 else "Sources/Presets/presets.geojson")

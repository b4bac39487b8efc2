"""What GDAL reads back of each format that razmin writes is what its GeoJSON says: geometries, areas, attributes.

    writers.py --razmin .build/debug/razmin sample-surveys/nis-apron ...
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

import geopandas
import pyogrio
import shapely


def written(razmin, survey, kind, folder):
    path = os.path.join(folder, f"out.{kind}")
    run = subprocess.run([razmin, "remaining", survey, "--format", kind, "-o", path], capture_output=True, text=True)
    assert run.returncode in (0, 1, 2), f"{survey} {kind}: exit {run.returncode}: {run.stderr}"
    return path


def text(value):
    """A property as a table without types has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(value) if all(isinstance(v, str) for v in value) else json.dumps(value)
    return str(value)


def same_value(ours, theirs):
    # GDAL makes a time of a date.
    theirs = theirs.date().isoformat() if hasattr(theirs, "date") and theirs == theirs else theirs
    a, b = text(ours), "" if theirs is None or theirs != theirs else str(theirs)
    if a == b:
        return True
    if a in ("true", "false"):
        return b.lower() in (a, *(("1", "1.0") if a == "true" else ("0", "0.0")))
    try:
        return abs(float(a) - float(b)) <= 1e-9 * max(1, abs(float(a)))
    except ValueError:
        return False


def compare(survey, kind, features, frame):
    assert len(frame) == len(features), f"{survey} {kind}: {len(frame)} features, not {len(features)}"
    checked = 0
    for feature, (_, row) in zip(features, frame.iterrows()):
        ours, theirs = shapely.geometry.shape(feature["geometry"]), row.geometry
        assert shapely.equals(ours, theirs), f"{survey} {kind}: another geometry: {feature['properties']}"
        assert ours.area == theirs.area or abs(ours.area - theirs.area) <= 1e-12 * ours.area
        for name, value in feature["properties"].items():
            # libkml makes a name of letters, digits and underscores.
            name = name.replace("-", "_") if kind == "kml" else name
            if name not in row.index:
                assert kind == "kml" and text(value) == "", f"{survey} {kind}: no attribute {name}"
                continue
            got = row[name]
            if isinstance(value, list):
                got = got if isinstance(got, str) or got is None else ", ".join(got)
            assert same_value(value, got), f"{survey} {kind}: {name} is {got!r}, not {value!r}"
            checked += 1
    return checked


def compare_gpkg(survey, razmin, features, folder):
    """Every state is a layer, there or empty; GDAL says nothing about the file, and it is the same file every time."""
    path = written(razmin, survey, "gpkg", folder)
    with open(path, "rb") as file:
        first = file.read()
    with open(written(razmin, survey, "gpkg", folder), "rb") as file:
        assert file.read() == first, f"{survey} gpkg: two runs, two files"
    said = subprocess.run(["ogrinfo", "-al", "-q", path], capture_output=True, text=True)
    assert said.returncode == 0 and not said.stderr, f"{survey} gpkg: {said.stderr}"
    layers = [name for name, geometry in pyogrio.list_layers(path) if geometry]
    tasks = ["spot-task"] if any(feature["properties"]["layer"] == "spot-task" for feature in features) else []
    assert sorted(layers) == ["cancelled", "cleared", "reduced", "remaining", *tasks], f"{survey} gpkg: {layers}"
    checked = 0
    for layer in layers:
        wanted = [feature for feature in features if feature["properties"]["layer"] == layer]
        checked += compare(survey, "gpkg", wanted, pyogrio.read_dataframe(path, layer=layer))
        compare_index(survey, path, layer, wanted)
    with open(os.path.join(folder, "out.geojson"), encoding="utf-8") as file:
        account = json.load(file)["razmin"]
    with sqlite3.connect(path) as database:
        metadata = database.execute("SELECT metadata FROM gpkg_metadata").fetchone()[0]
    assert json.loads(metadata) == {"razmin": account}, f"{survey} gpkg: another account"
    return checked


def compare_index(survey, path, layer, features):
    """The index holds the box of each feature, in single precision rounded outwards."""
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)], f"{survey} gpkg: integrity"
        assert not database.execute("PRAGMA foreign_key_check").fetchall(), f"{survey} gpkg: foreign keys"
        boxes = database.execute(f'SELECT id, minx, miny, maxx, maxy FROM "rtree_{layer}_geom" ORDER BY id').fetchall()
    assert len(boxes) == len(features), f"{survey} gpkg: {len(boxes)} boxes in the index of {layer}"
    for number, (feature, (id, *box)) in enumerate(zip(features, boxes), 1):
        west, south, east, north = shapely.geometry.shape(feature["geometry"]).bounds
        outside = box[0] <= west and box[1] <= south and east <= box[2] and north <= box[3]
        assert id == number and outside and max(box[2] - east, west - box[0]) < 1e-4, f"{survey} gpkg: box of {layer} {id}"


def rings(features):
    for feature in features:
        geometry = shapely.geometry.shape(feature["geometry"])
        for part in getattr(geometry, "geoms", [geometry]):
            yield from [part.exterior, *part.interiors]


def compare_gpx(survey, features, path):
    tracks = geopandas.read_file(path, layer="tracks")
    points = [feature for feature in features if feature["geometry"]["type"] == "Point"]
    features = [feature for feature in features if feature not in points]
    wanted = [list(ring.coords) for ring in rings(features)]
    assert len(tracks) == len(wanted), f"{survey} gpx: {len(tracks)} tracks, not {len(wanted)}"
    for coordinates, track in zip(wanted, tracks.geometry):
        got = list(shapely.get_coordinates(track).tolist())
        forward = {tuple(c) for c in coordinates} == {tuple(c) for c in got} and len(got) == len(coordinates)
        assert forward, f"{survey} gpx: another perimeter"
        assert shapely.Polygon(coordinates).equals(shapely.Polygon(got)), f"{survey} gpx: another area"
    waypoints = len(pyogrio.read_dataframe(path, layer="waypoints"))
    assert waypoints == len(points) + sum(len(c) - 1 for c in wanted), f"{survey} gpx: {waypoints} waypoints"
    return len(wanted)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--razmin", required=True)
    parser.add_argument("surveys", nargs="+")
    options = parser.parse_args()
    total = 0
    for survey in options.surveys:
        with tempfile.TemporaryDirectory() as folder:
            with open(written(options.razmin, survey, "geojson", folder)) as file:
                features = json.load(file)["features"]
            assert features, f"{survey}: nothing to compare"
            for kind in ("geojsonseq", "kml", "csv"):
                path = written(options.razmin, survey, kind, folder)
                frame = pyogrio.read_dataframe(path, **({"GEOM_POSSIBLE_NAMES": "WKT"} if kind == "csv" else {}))
                if kind == "csv" and "geometry" not in frame.columns:
                    frame["geometry"] = shapely.from_wkt(frame["WKT"])
                total += compare(survey, kind, features, frame)
            total += compare_gpkg(survey, options.razmin, features, folder)
            total += compare_gpx(survey, features, written(options.razmin, survey, "gpx", folder))
    print(f"GDAL reads back what razmin writes: {len(options.surveys)} surveys, 5 formats, {total} values and perimeters")
    return 0


if __name__ == "__main__":
    sys.exit(main())

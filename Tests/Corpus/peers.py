#!/usr/bin/env python3
"""Razmin, gpsbabel and GDAL over a folder of real files: who reads what is there, and who says what he leaves out.

  peers.py CORPUS_DIR --razmin PATH [-o docs/corpus.md]

The truth of a file is the set of places that stand in it, found here by small readers that share no code with any of the
three programs and are compared with the manifest's own counts. A place counts as read where the program gives one within
2e-6 degrees. Where a file breaks off, the truth is what stands before that.
"""
import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from operator import xor
from pathlib import Path
from xml.parsers import expat

sys.path.insert(0, str(Path(__file__).resolve().parent))
import corpus  # noqa: E402

KINDS = {"gpx": "GPX", "nmea": "NMEA 0183", "kml": "KML, KMZ", "pos": "RTKLIB .pos", "fit": "Garmin FIT",
         "geojson": "GeoJSON", "csv-enc": "CSV", "shp-gpkg": "Shapefile, GeoPackage"}
PROGRAMS = ("Razmin", "gpsbabel", "GDAL")
GPSBABEL = {"gpx": "gpx", "nmea": "nmea", "kml": "kml", "fit": "garmin_fit", "geojson": "geojson", "shp-gpkg": "shape"}
GDAL = {"gpx", "kml", "geojson", "shp-gpkg"}
VERDICTS = {"full": "read fully", "part": "in part, said so", "silent": "lost silently", "wrong": "wrong silently",
            "refused": "refused, said so", "crash": "crashed or hung", "unknown": "does not read it"}
NEAR = 2e-6  # degrees: gpsbabel's own tables of Garmin's units round to less than that


def on_earth(lon, lat):
    return abs(lon) <= 180 and abs(lat) <= 90


class Cloud:
    """Places that are asked whether one is near."""

    def __init__(self, places):
        self.cells = set()
        for x, y in places:
            cx, cy = round(x / NEAR), round(y / NEAR)
            self.cells.update((cx + i, cy + j) for i in (-1, 0, 1) for j in (-1, 0, 1))

    def __contains__(self, place):
        return (round(place[0] / NEAR), round(place[1] / NEAR)) in self.cells


# What stands in a file: (must be read, may be given, broken off). `None` where it cannot be stated.

def parse_xml(data, start, text=None, end=None):
    """Calls back until the end or the first error; True where there is one."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, text, end
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return True
    return False


def truth_gpx(path, facts):
    must, points, stack = [], [0], []

    def start(name, attributes):
        stack.append((name.rpartition(":")[2], attributes))

    def end(name):
        tag, attributes = stack.pop()
        if tag in ("trkpt", "rtept", "wpt"):
            points[0] += 1
            try:
                place = float(attributes["lon"]), float(attributes["lat"])
            except (KeyError, ValueError):
                return
            # A program may leave out 0, 0, which is written where there is no position.
            if on_earth(*place) and place != (0, 0):
                must.append(place)

    broken = parse_xml(path.read_bytes(), start, None, end)
    routes = re.search(r"rte=(\d+)/(\d+)", facts)
    if routes and points[0] != sum((corpus.number(facts, "trkpt"), corpus.number(facts, "wpt"), int(routes[2]))):
        return None
    return must, must + [(0, 0)], broken


PAIR = re.compile(rb"(\d{1,3})(\d\d\.\d+),([NS]),(\d{1,3})(\d\d\.\d+),([EW])")
SENTENCE = re.compile(rb"\$([A-Z]{2}[A-Z]{3}|P[A-Z]+)(,[^*$\r\n]*)(?:\*([0-9A-Fa-f]{2}))?")


def nmea_place(match):
    lat = (int(match[1]) + float(match[2]) / 60) * (-1 if match[3] == b"S" else 1)
    lon = (int(match[4]) + float(match[5]) / 60) * (-1 if match[6] == b"W" else 1)
    return lon, lat


def truth_nmea(path, facts):
    """The best of GGA, RMC and GLL that locate, with a sound checksum or none; the others may be given."""
    found, may = {b"GGA": [], b"RMC": [], b"GLL": []}, []
    for sentence in SENTENCE.finditer(path.read_bytes()):
        name, body, given = sentence[1], sentence[2], sentence[3]
        place = PAIR.search(body)
        if not place or (given and int(given, 16) != reduce(xor, name + body, 0)):
            continue
        place, fields, kind = nmea_place(place), body.split(b","), name[-3:]
        if not on_earth(*place) or place == (0, 0):
            continue
        located = (kind == b"GGA" and len(fields) > 6 and fields[6] not in (b"", b"0")
                   or kind == b"RMC" and len(fields) > 2 and fields[2] == b"A"
                   or kind == b"GLL" and len(fields) > 6 and fields[6][:1] == b"A"
                   or kind not in found)
        if located:
            may.append(place)
            if kind in found and name[:1] != b"P":
                found[kind].append(place)
    must = next((p for p in found.values() if p), [])
    expected = corpus.number(facts, "fix")
    return None if bool(must) != bool(
        expected or corpus.number(facts, "RMC_A") or corpus.number(facts, "GLL_A")) else (must, may, False)


def kml_bytes(path):
    """Of a KMZ its main KML; `None` where it has none, or cannot be unpacked here."""
    data = path.read_bytes()
    if data[:2] != b"PK":
        return data
    try:
        with zipfile.ZipFile(path) as z:
            names = [n for n in z.namelist() if n.lower().endswith(".kml")]
            names.sort(key=lambda n: (n != "doc.kml", "/" in n))
            return z.read(names[0]) if names else None
    except Exception:
        return None


def truth_kml(path, facts):
    """Every tuple of a placemark's geometry, and every gx:coord, that is a longitude and latitude; of areas apart."""
    data = kml_bytes(path)
    if data is None:
        return None
    must, areas, stack, text, tuples, others = [], [], [], [], [0], set()

    def start(name, _):
        stack.append(name.rpartition(":")[2])
        # These have places of their own kind, of which a program may make something.
        others.update({stack[-1]} & {"GroundOverlay", "PhotoOverlay", "Model", "LatLonQuad"})
        text.clear()

    def end(name):
        tag = stack.pop()
        pieces = []
        if tag == "coordinates" and "LatLonQuad" not in stack:
            pieces = [p.split(",") for p in re.sub(r"\s*,\s*", ",", "".join(text)).split()]
        elif tag == "coord":
            pieces = ["".join(text).split()]
        for piece in pieces:
            tuples[0] += 1
            try:
                place = float(piece[0]), float(piece[1])
            except (ValueError, IndexError):
                continue
            if on_earth(*place) and place != (0, 0) and "Placemark" in stack:
                (areas if {"Polygon", "LinearRing"} & set(stack) else must).append(place)
        text.clear()

    broken = parse_xml(data, start, text.append, end)
    counted = corpus.number(facts, "coords") if facts.startswith("KML") else None
    # The manifest counts tuples wherever they stand, and blanks in odd places otherwise.
    return None if counted is not None and abs(counted - tuples[0]) > counted // 20 + 9 else (
        must + areas, None if others else must + areas + [(0, 0)], broken, must)


def truth_pos(path, facts):
    if not corpus.number(facts, "epochs"):
        return None
    rows = [line.split() for line in path.read_text(errors="replace").splitlines() if line and line[0] != "%"]
    must = [(float(r[3]), float(r[2])) for r in rows if len(r) > 5]
    return (must, must, False) if len(must) == corpus.number(facts, "epochs") else None


def flat(value):
    if isinstance(value, list) and value and not isinstance(value[0], list):
        yield tuple(value[:2])
    elif isinstance(value, list):
        for v in value:
            yield from flat(v)


def geometry_places(geometry):
    if geometry.get("type") == "GeometryCollection":
        return [p for g in geometry["geometries"] for p in geometry_places(g)]
    return list(flat(geometry["coordinates"]))


def truth_geojson(path, facts):
    """The positions of the features that can be used."""
    root = re.match(r"JSON root=(\w+)", facts)
    if not root or root[1] not in corpus.GEOJSON_ROOTS or corpus.number(facts, "unparsable"):
        return None
    read = json.loads(path.read_bytes())
    if "crs" in read and "CRS84" not in json.dumps(read["crs"]) and "4326" not in json.dumps(read["crs"]):
        return None
    bare = root[1] not in ("Feature", "FeatureCollection")
    features = [read] if bare else read.get("features", []) if root[1] == "FeatureCollection" else [read]
    geometries = [f if bare else f.get("geometry") for f in features if isinstance(f, dict)]
    used = [g for g in geometries if g is not None and corpus.is_usable(g)]
    must = [p for g in used for p in geometry_places(g)]
    # Numbers that are no degrees may be of another CRS, which a program may not mind: they say nothing of it.
    return must, None, False


def truth_count(facts, key):
    """Where only a number is known."""
    count = corpus.number(facts, key)
    return None if count is None else (count, None, False)


def truth(row, path):
    kind, facts = row["kind"], row["facts"]
    if kind == "fit":
        return truth_count(facts, "with_position") if facts.startswith("FIT") else None
    if kind == "shp-gpkg":
        return truth_count(facts, "records") if path.suffix == ".shp" else None
    reader = {"gpx": truth_gpx, "nmea": truth_nmea, "kml": truth_kml, "pos": truth_pos, "geojson": truth_geojson}
    try:
        return reader[kind](path, facts) if kind in reader else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


# The programs: (places or their number, said anything, how it ended).

def run(*command):
    try:
        return subprocess.run([str(c) for c in command], capture_output=True, timeout=120)
    except subprocess.TimeoutExpired:
        return None


def ended(result):
    return "crash" if result is None or result.returncode < 0 or result.returncode >= 126 else None


def razmin(binary, kind, path):
    # What `inspect` names as a problem counts as said; places come from `import`.
    looked = run(binary, "inspect", "--json", path)
    if ended(looked):
        return 0, True, "crash"
    said = looked.returncode != 0 or bool(looked.stderr)
    if looked.returncode == 65:
        return 0, True, None
    reports = [json.loads(line) for line in looked.stdout.splitlines() if line]
    said = said or any(r.get("problems") for r in reports)
    if kind == "shp-gpkg":
        records = [r.get("records") or {} for r in reports]
        return sum(r.get("used", 0) + r.get("other", 0) for r in records), said, None
    if kind == "fit":
        return sum(r.get("fixes", 0) + r.get("route_points", 0) for r in reports), said, None
    if kind == "geojson":
        return [None] * sum(r.get("features", 0) - r.get("null_geometries", 0) for r in reports), said, None
    if kind == "kml" and b"<Polygon" in (kml_bytes(path) or b"<Polygon"):
        # Corners of areas are in no log.
        return [None] * sum(r.get("positions", 0) - r.get("positions_set_aside", 0) for r in reports), said, None
    with tempfile.NamedTemporaryFile(suffix=".geojson") as out:
        read = run(binary, "import", "--points", path, "-o", out.name)
        if ended(read):
            return 0, True, "crash"
        data = Path(out.name).read_bytes()
    features = json.loads(data)["features"] if data else []
    return [tuple(f["geometry"]["coordinates"][:2]) for f in features if f["geometry"]], said or read.returncode != 0, None


POINT = re.compile(rb'<(?:wpt|rtept|trkpt) lat="([^"]+)" lon="([^"]+)"')


def gpsbabel(_, kind, path):
    if kind not in GPSBABEL:
        return 0, False, "unknown"
    read = run("gpsbabel", "-i", GPSBABEL[kind], "-f", path, "-o", "gpx", "-F", "-")
    if ended(read):
        return 0, True, "crash"
    places = [(float(lon), float(lat)) for lat, lon in POINT.findall(read.stdout)]
    if kind in ("fit", "shp-gpkg"):
        # Laps and courses' points are waypoints; what is counted are records.
        places = len(re.findall(rb"<(?:trkpt|rtept) " if kind == "fit" else rb"<(?:wpt|rte|trk)>|<wpt ", read.stdout))
    return places, read.returncode != 0 or bool(read.stderr.strip()), None


GEOMETRY = re.compile(rb"^  [A-Z]+(?: Z| M| ZM)? \((.*)\)$", re.M)
NUMBERS = re.compile(rb"(-?[\d.]+(?:e[-+]?\d+)?) (-?[\d.]+(?:e[-+]?\d+)?)")


def gdal(_, kind, path):
    if kind not in GDAL:
        return 0, False, "unknown"
    read = run("ogrinfo", "-ro", "-al", "-q", path)
    if ended(read):
        return 0, True, "crash"
    said = read.returncode != 0 or bool(read.stderr.strip())
    if kind == "shp-gpkg":
        return read.stdout.count(b"\nOGRFeature("), said, None
    places = [(float(x), float(y)) for g in GEOMETRY.findall(read.stdout) for x, y in NUMBERS.findall(g)]
    return places, said, None


def judge(must, may, broken, given, said, how):
    """A verdict, and what is wrong in words."""
    if how:
        return how, ""
    counts = isinstance(must, int) or given and not isinstance(given, int) and given[0] is None
    if counts or isinstance(given, int):
        needs = must if isinstance(must, int) else len(must)
        gives = given if isinstance(given, int) else len(given)
        lost = max(0, needs - gives)
    else:
        cloud = Cloud(given)
        lost = sum(p not in cloud for p in set(must))
        needs, gives = len(set(must)), len(given)
        if may is not None and not said:
            allowed = Cloud(may)
            strange = [p for p in given if p not in allowed]
            if strange:
                return "wrong", f"{len(strange)} places that nobody measured, such as {strange[0][0]:.6f} {strange[0][1]:.6f}"
    if not said and not isinstance(given, int):
        off = [p for p in given if p and not on_earth(*p)]
        if off and may is not None:
            return "wrong", f"{off[0][0]:.6f} {off[0][1]:.6f}, which is nowhere on Earth"
    if lost == 0:
        # What stands behind the damage is missing, and must be told.
        return ("full", "") if not broken else ("part", "") if said else ("silent", "the file breaks off, and nothing is said")
    if gives == 0 and said:
        return "refused", ""
    return ("part", "") if said else ("silent", f"{lost} of {needs} missing")


def compare(binary, folder, row):
    path = folder / row["path"]
    known = truth(row, path)
    if known is None or not known[0] and not known[2]:
        # Nothing can be said of what is read there; that a program dies on it can.
        crashed = [name for name, program in zip(PROGRAMS, (razmin, gpsbabel, gdal))
                   if program(binary, row["kind"], path)[2] == "crash"]
        return (0, {name: ("crash", "on a file without places, or whose places cannot be stated") for name in crashed}
                ) if crashed else None
    must, may, broken = known[:3]
    verdicts = {}
    for name, program in zip(PROGRAMS, (razmin, gpsbabel, gdal)):
        given, said, how = program(binary, row["kind"], path)
        needed = must
        if name == "Razmin" and row["kind"] == "geojson":
            # It is asked for features: all of one is used, or nothing.
            needed = len(usable(path))
        if name == "gpsbabel" and row["kind"] == "kml":
            # It says of itself that it knows waypoints, routes and tracks.
            needed = known[3]
        verdicts[name] = judge(needed, may, broken, given, said, how)
    return len(must) if not isinstance(must, int) else must, verdicts


def usable(path):
    read = json.loads(path.read_bytes())
    features = read.get("features", []) if read.get("type") == "FeatureCollection" else [read]
    geometries = [f.get("geometry") if f.get("type") == "Feature" else f for f in features if isinstance(f, dict)]
    return [g for g in geometries if g is not None and corpus.is_usable(g)]


def version(*command):
    said = run(*command)
    return (said.stdout + said.stderr).decode(errors="replace").strip().splitlines()[0] if said else "?"


def table(tally, kinds):
    lines = ["| kind | program | files | " + " | ".join(VERDICTS.values()) + " |",
             "|---|---|---" + "|---" * len(VERDICTS) + "|"]
    for kind in [k for k in kinds if any(tally[k, p].total() for p in PROGRAMS)] + ["all"]:
        for program in PROGRAMS:
            counts = sum((tally[k, program] for k in kinds), Counter()) if kind == "all" else tally[kind, program]
            cells = [str(counts[v]) if counts[v] else "" for v in VERDICTS]
            title = "**all**" if kind == "all" else KINDS[kind]
            lines.append(f"| {title} | {program} | {counts.total()} | " + " | ".join(cells) + " |")
    return lines


def page(binary, results, left_out):
    tally, losses = defaultdict(Counter), []
    for row, (size, verdicts) in results:
        for program, (verdict, words) in verdicts.items():
            tally[row["kind"], program][verdict] += 1
            if verdict in ("silent", "wrong", "crash"):
                losses.append((program, row["path"], size, verdict, words))
    head = Path(__file__).with_name("peers.md").read_text()
    versions = ", ".join(["Razmin " + version(binary, "--version"), version("gpsbabel", "-V").replace("GPSBabel Version", "gpsbabel"),
                          version("ogrinfo", "--version").split(",")[0]])
    lines = [head.replace("VERSIONS", versions).replace("FILES", str(len(results))).replace(
        "LEFT", ", ".join(f"{n} {KINDS[k]}" for k, n in sorted(left_out.items()))).rstrip(), ""]
    lines += table(tally, list(KINDS)) + ["", "## Where something is lost or wrong, and nothing is said", ""]
    lines += ["| program | file | places or records | what |", "|---|---|---|---|"]
    losses.sort(key=lambda l: (l[0] != "Razmin", l[0], l[1]))
    groups = defaultdict(list)
    for loss in losses:
        groups[loss[0], loss[1].split("/")[0]].append(loss)
    shown = [loss for group in groups.values() for loss in group[:6]]
    lines += [f"| {p} | `{path}` | {size} | {words or VERDICTS[verdict]} |" for p, path, size, verdict, words in shown]
    rest = Counter(l[0] for l in losses) - Counter(l[0] for l in shown)
    lines += ["", "Not listed: " + (", ".join(f"{n} more of {p}" for p, n in rest.items()) or "none") + "."]
    return "\n".join(lines) + "\n", losses


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--razmin", required=True)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--losses", action="store_true", help="list every loss on standard error")
    o = parser.parse_args()
    with open(o.corpus / "manifest.tsv", encoding="utf-8", errors="replace", newline="") as f:
        rows = [r for r in csv.DictReader(f, delimiter="\t") if r["kind"] in KINDS]
    with ThreadPoolExecutor(2) as pool:
        compared = list(pool.map(lambda r: compare(o.razmin, o.corpus, r), rows))
    results = [(r, c) for r, c in zip(rows, compared) if c is not None]
    left_out = Counter(r["kind"] for r, c in zip(rows, compared) if c is None)
    if not results:
        sys.exit("no file of the corpus could be compared")
    text, losses = page(o.razmin, results, left_out)
    if o.losses:
        for loss in losses:
            print(*loss, sep="\t", file=sys.stderr)
    if o.output:
        o.output.write_text(text)
    else:
        print(text, end="")
    mine = [l for l in losses if l[0] == "Razmin"]
    sys.exit(f"Razmin loses {len(mine)} silently" if mine else 0)


if __name__ == "__main__":
    main()

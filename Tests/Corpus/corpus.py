#!/usr/bin/env python3
"""Real files that nobody here wrote, against Razmin.

  corpus.py CORPUS_DIR --razmin PATH               inspect every log; compare with the manifest's facts
  corpus.py CORPUS_DIR --razmin PATH --main-job    hazard = the log's own hull: cleared, remaining, ledger, oracle;
                                                   a CSV row for each log

Exit status 1 on a crash, on a difference that docs/known-differences.md does not explain, or when that page explains
more than one file in fifty.
"""
import argparse
import ast
import csv
import json
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Oracle"))
KNOWN = Path(__file__).resolve().parents[2] / "docs" / "known-differences.md"
KINDS = ("gpx", "nmea", "geojson", "csv-enc", "kml", "pos", "fit", "shp-gpkg")
# Of the kind shp-gpkg: shapefiles, plain and zipped, GeoPackages, and the files that only belong to a shapefile.
SHAPES_OF = (".shp", ".zip", ".gpkg")
PARTS_OF = (".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx")
# GGA's digits.
QUALITIES = {"1": "autonomous", "2": "dgps", "3": "pps", "4": "rtk-fixed", "5": "rtk-float", "6": "estimated",
             "7": "manual", "8": "simulated"}
GEOJSON_ROOTS = {"FeatureCollection", "Feature", "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon",
                 "MultiPolygon", "GeometryCollection"}
ANSWERS = (0, 2, 65)


def number(facts, key):
    found = re.search(rf"(?:^|\s){re.escape(key)}=(-?\d+)", facts)
    return int(found[1]) if found else None


def manifest_bounds(facts):
    found = re.search(r"bounds=(\[[^\]]*\])", facts)
    return ast.literal_eval(found[1]) if found else None


def differing(said, **expected):
    return [f"{k} {said.get(k)}, not {v}" for k, v in expected.items() if v is not None and said.get(k) != v]


def differing_bounds(said, facts):
    box = manifest_bounds(facts)
    if box is None:
        return []
    mine = said.get("bounds")
    # The manifest rounds to seven decimals.
    if mine is None or any(abs(a - b) > 1.1e-7 for a, b in zip(mine, box)):
        return [f"bounds {mine}, not {box}"]
    return []


def gpx(said, facts, path):
    routes = re.search(r"rte=(\d+)/(\d+)", facts)
    if not facts.startswith("GPX") or not routes:
        return []  # not well-formed: what stands before the damage may be read, and is not counted in the manifest
    if number(facts, "badcoord"):
        read = sum(said.get(k, 0) for k in ("fixes", "waypoints", "route_points"))
        most = number(facts, "trkpt") + number(facts, "wpt") + int(routes[2])
        wrong = differing(said, tracks=number(facts, "trk"), segments=number(facts, "seg"), routes=int(routes[1]))
        if not said.get("problems"):
            wrong.append("bad coordinates, and no problem reported")
        if not most - number(facts, "badcoord") <= read < most:
            wrong.append(f"{read} points read of {most}, {number(facts, 'badcoord')} bad coordinates")
        return wrong
    return differing(
        said, tracks=number(facts, "trk"), segments=number(facts, "seg"), fixes=number(facts, "trkpt"),
        waypoints=number(facts, "wpt"), routes=int(routes[1]), route_points=int(routes[2])
    ) + differing_bounds(said, facts)


def nmea(said, facts, path):
    """What the manifest counts are sentences: GGA, or RMC and then GLL where a log has none."""
    by_name = {k: n for k, n in said.get("fixes_by_quality", {}).items() if n and k != "invalid"}
    by_digit = ast.literal_eval(re.search(r" q=(\{[^}]*\})", facts)[1])
    expected = {QUALITIES.get(q, q): n for q, n in by_digit.items() if q != "0"}
    fixes, once = number(facts, "fix"), number(facts, "uniq")
    wrong = []
    if not number(facts, "GGA"):
        rmc, gll = re.search(r"RMC_A=\d+\(uniq (\d+)\)", facts), number(facts, "GLL_A")
        located = int(rmc[1]) if rmc and int(rmc[1]) else gll
        if sum(by_name.values()) != (located or 0):
            wrong.append(f"{by_name}, and {located} sentences that locate")
    elif fixes == once == sum(expected.values()):
        wrong += [f"{by_name}, not {expected}"] if by_name != expected else []
    # Sentences that come twice are one fix; those of a good quality without a position none.
    elif sum(by_name.values()) != once:
        wrong.append(f"{by_name}, not {once} in all")
    wrong += differing_bounds(said, facts) if fixes else []
    damaged = sum("checksum" in p["code"] and "missing" not in p["code"] for p in said.get("problems", []))
    if number(facts, "badck") and damaged < 1:
        wrong.append(f"{number(facts, 'badck')} wrong checksums, none reported")
    return wrong


# How deep the positions of a geometry lie in its coordinates, and how many the innermost list must have.
SHAPES = {"Point": (0, 1), "MultiPoint": (1, 0), "LineString": (1, 2), "MultiLineString": (2, 2), "Polygon": (2, 4),
          "MultiPolygon": (3, 4)}


def is_usable(geometry):
    """Whether every position of a GeoJSON geometry is a longitude and latitude, and there are enough of them."""
    if not isinstance(geometry, dict):
        return False
    if geometry.get("type") == "GeometryCollection":
        return isinstance(geometry.get("geometries"), list) and all(map(is_usable, geometry["geometries"]))
    depth, least = SHAPES.get(geometry.get("type"), (None, None))

    def reaches(value, depth):
        if not isinstance(value, list):
            return False
        if depth:
            return (depth > 1 or len(value) >= least) and all(reaches(v, depth - 1) for v in value)
        numbers = [v for v in value if isinstance(v, int | float) and not isinstance(v, bool)]
        return len(numbers) == len(value) >= 2 and abs(value[0]) <= 180 and abs(value[1]) <= 90

    return depth is not None and "coordinates" in geometry and reaches(geometry["coordinates"], depth)


def geojson(said, facts, path):
    root = re.match(r"JSON root=(\w+)", facts)
    if not root or root[1] not in GEOJSON_ROOTS:
        return []
    bare = root[1] not in ("Feature", "FeatureCollection")
    held = 1 if bare else number(facts, "features")
    read = json.loads(path.read_bytes())
    geometries = [read] if bare else [
        f.get("geometry") for f in (read.get("features", []) if root[1] == "FeatureCollection" else [read])
        if isinstance(f, dict) and f.get("type") == "Feature"]
    unusable = sum(g is not None and not is_usable(g) for g in geometries)
    wrong = differing(said, features=held - unusable, null_geometries=number(facts, "null_geom"))
    # What is not used must be named.
    if unusable > len(said.get("problems", [])):
        wrong.append(f"{unusable} features cannot be used, {len(said.get('problems', []))} problems")
    return wrong


def kml(said, facts, path):
    """The manifest counts elements wherever they stand, and every tuple, also those that are no position."""
    if not facts.startswith("KML"):
        return []  # damaged: what stands before the damage is not counted in the manifest
    elements = said.get("elements", {})
    names = {"Placemark": "Placemark", "Point": "Point", "LineString": "LineString", "Polygon": "Polygon",
             "LinearRing": "LinearRing", "Multi": "MultiGeometry", "Track": "Track"}
    counted = {short: elements.get(name, 0) for short, name in names.items()} | {"coords": said.get("positions")}
    wrong = differing(counted, **{short: number(facts, short) for short in counted})
    # Each position is a fix, a waypoint or a corner, or it was set aside and told.
    if said.get("positions_set_aside") and not said.get("problems"):
        wrong.append(f"{said['positions_set_aside']} positions set aside, and no problem reported")
    return wrong


# RTKLIB's digits, which are not GGA's.
POS_QUALITIES = {"1": "rtk-fixed", "2": "rtk-float", "3": "dgps", "4": "dgps", "5": "autonomous", "6": "dgps"}


def pos(said, facts, path):
    if not number(facts, "epochs"):
        return []
    by_digit = ast.literal_eval(re.search(r" Q=(\{[^}]*\})", facts)[1])
    expected = {}
    for digit, n in by_digit.items():
        expected[POS_QUALITIES[digit]] = expected.get(POS_QUALITIES[digit], 0) + n
    by_name = {k: n for k, n in said.get("fixes_by_quality", {}).items() if n}
    wrong = [f"{by_name}, not {expected}"] if by_name != expected else []
    return wrong + differing(said, fixes=number(facts, "epochs")) + differing_bounds(said, facts)


def fit(said, facts, path):
    """Records with a position; those of a course are a planned route."""
    read = said.get("fixes", 0) + said.get("route_points", 0)
    expected = number(facts, "with_position")
    return [f"{read} records with a position, not {expected}"] if facts.startswith("FIT") and read != expected else []


def gpkg(said, facts):
    """Rows of all tables; those of lines on WGS 84 are used, and all others set aside, whose count `sums` sees to."""
    tables = re.findall(r"n=(\d+) null=\d+ inv=\d+ (\{[^}]*\}) crs=([^;]+)", facts)
    lines = sum(n for _, types, crs in tables if crs.strip() == "4326"
                for kind, n in ast.literal_eval(types).items() if kind.endswith("LINESTRING"))
    return differing(said["records"], seen=sum(int(n) for n, _, _ in tables), used=lines)


def shp(said, facts, path):
    """The manifest walked the .shp itself; its box is the header's, in the file's own numbers."""
    if facts.startswith("gpkg"):
        return gpkg(said, facts)
    if not facts.startswith("SHP"):
        inside = re.search(r"ogr \S+ n=(\d+) null=(\d+) inv=\d+ (\{[^}]*\})", facts)
        if not inside:
            return []
        shapes = {k.upper(): n for k, n in said.get("geometries", {}).items()}
        wrong = differing(said, features=int(inside[1]), null_geometries=int(inside[2]))
        expected = ast.literal_eval(inside[3])
        return wrong + ([f"{shapes}, not {expected}"] if shapes != expected else [])
    records, aside = said["records"], sum(said["records"]["set_aside"].values())
    wrong = differing(records, seen=number(facts, "records"), other=number(facts, "null"))
    wrong += differing(said, features=number(facts, "records") - aside, null_geometries=number(facts, "null"))
    box = ast.literal_eval(re.search(r"bbox=(\[[^\]]*\])", facts)[1])
    mine = said.get("own_bounds")
    if not aside and (mine is None or any(abs(a - b) > 1.1e-6 for a, b in zip(mine, box))):
        wrong.append(f"bounds {mine}, not {box}")
    return wrong


def is_taken(row):
    """Whether a row is compared: of shapefiles not what else lies beside them."""
    return row["kind"] in KINDS and (row["kind"] != "shp-gpkg" or row["path"].lower().endswith(SHAPES_OF + PARTS_OF))


def sums(said):
    """Every record seen is used, about something else, or set aside with a code that is told."""
    records = said.get("records")
    if records is None:
        return []
    aside = records["set_aside"]
    wrong = []
    if records["seen"] != records["used"] + records["other"] + sum(aside.values()):
        wrong.append(f"records do not add up: {records}")
    untold = set(aside) - {p["code"] for p in said.get("problems", [])}
    return wrong + ([f"set aside and not told: {sorted(untold)}"] if untold else [])


def must_be_read(kind, facts):
    """Whether the manifest says that there is something of this kind in the file."""
    if kind == "kml":
        return facts.startswith("KML")
    if kind == "gpx":
        return facts.startswith("GPX")
    if kind == "nmea":
        return bool(number(facts, "fix"))
    if kind == "pos":
        return bool(number(facts, "epochs"))
    if kind == "fit":
        return facts.startswith("FIT")
    if kind == "shp-gpkg":
        return facts.startswith(("SHP", "ogr", "gpkg"))
    if kind == "geojson":
        root = re.match(r"JSON root=(\w+)", facts)
        return bool(root) and root[1] in GEOJSON_ROOTS and not number(facts, "unparsable")
    return False


COMPARE = {"gpx": gpx, "nmea": nmea, "geojson": geojson, "csv-enc": lambda said, facts, path: [],
           "kml": kml, "pos": pos, "fit": fit, "shp-gpkg": shp}


def inspect(razmin, corpus, row):
    """Exit status and what differs from the manifest."""
    try:
        run = subprocess.run([razmin, "inspect", "--json", str(corpus / row["path"])], capture_output=True, timeout=120)
    except subprocess.TimeoutExpired:
        return None, ["still running after two minutes"]
    if run.returncode not in ANSWERS:
        return run.returncode, [f"CRASH: ended with {run.returncode}: {run.stderr.decode(errors='replace')[-200:]}"]
    if row["path"].lower().endswith(PARTS_OF):
        named = run.returncode == 65 and b"[shp.part]" in run.stderr
        return run.returncode, [] if named else ["a file that only belongs to a shapefile, and it is not refused as one"]
    if run.returncode == 65:
        said = run.stderr.decode(errors="replace").strip()[-200:]
        return 65, [f"refused, and the manifest finds data in it: {said}"] if must_be_read(row["kind"], row["facts"]) else []
    try:
        said = json.loads(run.stdout)
    except ValueError as reason:
        return run.returncode, [f"CRASH: no JSON on standard output: {reason}"]
    said = said[0] if isinstance(said, list) else said
    if "archive_sha256" in said:  # a member: the manifest is about the archive
        wrong = [] if said["archive_sha256"] == row["sha256"] else ["the SHA-256 of the archive differs"]
    else:
        wrong = differing(said, bytes=int(row["size"]), sha256=row["sha256"])
    if run.returncode == 2 and not said.get("problems") and not run.stderr:
        wrong.append("ended with 2, and names no problem")
    wrong += sums(said)
    return run.returncode, wrong + COMPARE[row["kind"]](said, row["facts"], corpus / row["path"])


def explained():
    if not KNOWN.exists():
        return set()
    cells = [line.split("|")[1].strip().strip("`") for line in KNOWN.read_text().splitlines() if line.startswith("|")]
    return {c for c in cells if "/" in c}


def facts(razmin, corpus, rows):
    known, failed, differ = explained(), 0, 0
    with ThreadPoolExecutor(2) as pool:
        for row, (status, wrong) in zip(rows, pool.map(lambda r: inspect(razmin, corpus, r), rows)):
            listed = row["path"] in known and not any(w.startswith(("CRASH", "still")) for w in wrong)
            verdict = "ok" if not wrong else "known" if listed else "FAIL"
            failed += verdict == "FAIL"
            differ += bool(wrong)
            print(f"{verdict:5} {status!s:>4}  {row['path']}" + "".join(f"\n            {w}" for w in wrong))
    paths = {r["path"] for r in rows}
    listed = known & paths
    print(f"\n{len(rows)} files: {len(rows) - differ} agree, {differ - failed} differ as explained, {failed} fail")
    if len(listed) * 50 > len(rows):
        print(f"docs/known-differences.md lists {len(listed)} files; one in fifty allows {len(rows) // 50}")
        failed += 1
    return failed == 0


def hull_survey(source, segments, folder):
    """A survey whose hazard is the log's own convex hull grown by 20 m, and whose one clearance is the log."""
    import shapely
    from datetime import date, timedelta

    import planar
    from surveys import utm
    fixes = [f for s in segments for f in s]
    cloud = shapely.multipoints([(f.lon, f.lat) for f in fixes])
    frame = planar.Frame(cloud)
    hull = shapely.buffer(shapely.convex_hull(frame.to_metres(cloud)), 20, quad_segs=8)
    hull = shapely.transform(shapely.orient_polygons(frame.to_degrees(hull)), lambda c: c.round(9))
    days = sorted(f.when.date() for f in fixes if f.when) or [date(2026, 1, 1)]
    (folder / "logs").mkdir(parents=True)
    log = folder / "logs" / ("log" + source.suffix)
    log.write_bytes(source.read_bytes())
    before = days[0] - timedelta(days=1)
    hazard = {"type": "Feature", "properties": {"id": "HULL", "class": "SHA", "recorded": before.isoformat()},
              "geometry": json.loads(shapely.to_geojson(hull))}
    (folder / "hazards.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [hazard]}))
    centre = hull.centroid
    (folder / "survey.toml").write_text(f"""[survey]
id = "HULL"
name = "A log's own hull"
grid = "{utm(centre.x, centre.y)}"
required_depth_cm = 50

[[hazards]]
file = "hazards.geojson"

[[activities]]
id = "A-001"
kind = "clearance"
claims = "cleared"
start = {days[0].isoformat()}
end = {days[-1].isoformat()}
depth_cm = 50
logs = ["logs/{log.name}"]
geometry = "track"
swath_m = 1.0
""")
    return log


def run_main_job(razmin, corpus, row):
    """Fixes, square metres of swath, square metres that `cleared` has too many or lacks, and what is wrong."""
    import logs
    source = corpus / row["path"]
    try:
        segments = logs.read(source)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    fixes = sum(map(len, segments))
    if fixes <= 200:
        return None
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "survey"
        log = hull_survey(source, segments, folder)
        wrong = []
        for command in (["cleared", str(log), "--swath", "1.0", "-o", f"{scratch}/cleared.geojson"],
                        ["ledger", str(folder)]):
            run = subprocess.run([razmin, *command], capture_output=True, text=True)
            if run.returncode not in (0, 1, 2):
                wrong.append(f"{command[0]} ended with {run.returncode}: {run.stderr.strip()[-200:]}")
        numbers, found = against_oracle(razmin, folder, Path(scratch) / "cleared.geojson")
        return [fixes, *numbers], wrong + found


def against_oracle(razmin, folder, cleared):
    import checks
    import oracle
    import planar
    import shapely
    import truth
    pieces = list(truth.pieces(truth.Survey(folder)))
    wrong = []
    for assured in (False, True):
        try:
            verdicts, _ = oracle.verdict(razmin, folder, assured=assured)
        except oracle.Failed as reason:
            wrong.append(str(reason))
            continue
        wrong += [f"{'assured ' * assured}{check}: {line}" for check, lines in verdicts.items() for line in lines]
    numbers = []
    if not cleared.exists():
        wrong.append("cleared wrote nothing")
    else:
        emitted, piece = checks.Emitted(cleared), pieces[0]
        mine = planar.union([piece.frame.to_metres(s) for s in emitted.shapes])
        ground = piece.ground["A-001"]
        over = shapely.difference(mine, planar.grow(ground, truth.LATTICE)).area
        short = shapely.difference(planar.shrink(ground, truth.BUDGET + truth.LATTICE), mine).area
        if max(over, short) > checks.NOTHING:
            wrong.append(f"cleared: {over:.6f} m2 too many, {short:.6f} m2 deeper than 2 cm missing")
        numbers = [f"{v:.6f}" for v in (ground.area, over, short)]
    return numbers, wrong


def main_job(razmin, corpus, rows):
    failed = ran = 0
    print("verdict,path,fixes,swath_m2,cleared_too_many_m2,cleared_missing_m2")
    for row in rows:
        result = run_main_job(razmin, corpus, row) if row["kind"] in ("gpx", "nmea", "csv-enc") else None
        if result is None:
            continue
        numbers, wrong = result
        ran, failed = ran + 1, failed + bool(wrong)
        print(",".join(map(str, ["FAIL" if wrong else "ok", row["path"], *numbers])), flush=True)
        print("".join(f"       {w}\n" for w in wrong), end="")
    print(f"\n{ran} logs of over 200 fixes through cleared, remaining, ledger and the oracle: {failed} fail")
    return failed == 0 and ran > 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--razmin", required=True)
    parser.add_argument("--main-job", action="store_true")
    o = parser.parse_args()
    with open(o.corpus / "manifest.tsv", encoding="utf-8", errors="replace", newline="") as f:
        rows = [r for r in csv.DictReader(f, delimiter="\t") if is_taken(r)]
    missing = [r["path"] for r in rows if not (o.corpus / r["path"]).exists()]
    if not rows or missing:
        sys.exit(f"the corpus lacks {len(missing)} of {len(rows)} files, such as {missing[:1]}")
    sys.exit(0 if (main_job if o.main_job else facts)(o.razmin, o.corpus, rows) else 1)


if __name__ == "__main__":
    main()

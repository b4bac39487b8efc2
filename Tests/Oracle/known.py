"""Surveys whose answer a pencil finds: the oracle's own truth is held against them."""
import json
import math
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from pyproj import Transformer

import truth

PLACE = Transformer.from_crs("+proj=tmerc +lat_0=43.32 +lon_0=21.9 +ellps=WGS84", "EPSG:4326", always_xy=True)
# Twenty-one fixes half a metre and a second apart: ten metres of a strip one metre wide.
STRIP = 10 + math.pi / 4
STRAIGHT = [(i / 2, 0.0) for i in range(21)]


def degrees(x, y):
    return list(PLACE.transform(x, y))


def square(half):
    return [degrees(x * half, y * half) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))]


def survey(folder, points, head="required_depth_cm = 20", activity="", hazard={}, find=None, untimed=()):
    begin = datetime(2026, 5, 3, 8)
    rows = []
    for i, (x, y) in enumerate(points):
        lon, lat = degrees(x, y)
        stamp = "" if i in untimed else f"<time>{begin + timedelta(seconds=i):%Y-%m-%dT%H:%M:%SZ}</time>"
        rows.append(f'<trkpt lat="{lat:.10f}" lon="{lon:.10f}">{stamp}<fix>dgps</fix></trkpt>')
    (folder / "log.gpx").write_text(f'<gpx version="1.1"><trk><trkseg>{"".join(rows)}</trkseg></trk></gpx>')
    feature = {"type": "Feature", "properties": {"id": "H", "class": "SHA", "recorded": "2020-01-01"} | hazard,
               "geometry": {"type": "Polygon", "coordinates": [square(50)]}}
    (folder / "h.geojson").write_text(json.dumps(feature))
    text = f'[survey]\nid = "K"\n{head}\n[[hazards]]\nfile = "h.geojson"\n'
    if find:
        (folder / "f.geojson").write_text(json.dumps({
            "type": "Feature", "properties": {"id": "F", "sigma_m": 0.25} | find,
            "geometry": {"type": "Point", "coordinates": degrees(5, 0)}}))
        text += '[[finds]]\nfile = "f.geojson"\n'
    (folder / "survey.toml").write_text(text + '[[activities]]\nid = "A"\nkind = "clearance"\nclaims = "cleared"\n'
                                        'start = 2026-05-03\nend = 2026-05-03\ngeometry = "track"\nswath_m = 1.0\n'
                                        'logs = ["log.gpx"]\n' + (activity or "depth_cm = 20") + "\n")


def strip(length, width=1.0):
    return length * width + math.pi * width * width / 4


def lens_strip(radius, half=0.5):
    """What a disc on its middle takes from a strip that is longer than the disc."""
    return 2 * (half * math.sqrt(radius**2 - half**2) + radius**2 * math.asin(half / radius))


# What two discs of half a metre share whose centres are half a metre apart.
LENS = math.pi / 6 - math.sqrt(0.75) / 4
SPIKE = STRAIGHT[:10] + [(4.5, 30.0)] + STRAIGHT[10:]
WIDE = "required_depth_cm = 20\nfadeout_m = 2.0"
CASES = [
    ("a straight strip", dict(points=STRAIGHT), False, STRIP),
    ("a strip walked there and back", dict(points=STRAIGHT + STRAIGHT[::-1]), False, STRIP),
    ("a spike leaves a gap", dict(points=SPIKE), False, strip(4.5) + strip(5) - LENS),
    ("too fast", dict(points=[(2.5 * i, 0) for i in range(5)]), False, 0),
    ("too fast only where times say so", dict(points=[(2.5 * i, 0) for i in range(5)], untimed=range(5)), False,
     strip(10)),
    ("too far without times", dict(points=[(6.0 * i, 0) for i in range(5)], untimed=range(5)), False, 0),
    ("shallower than required", dict(points=STRAIGHT, activity="depth_cm = 19"), False, 0),
    ("no depth", dict(points=STRAIGHT, activity='note = ""'), False, 0),
    ("no required depth anywhere", dict(points=STRAIGHT, head=""), False, 0),
    ("the hazard's own depth", dict(points=STRAIGHT, hazard={"required_depth_cm": 30}), False, 0),
    ("a hazard recorded after the end", dict(points=STRAIGHT, hazard={"recorded": "2026-05-04"}), False, 0),
    # 08:00 UTC on 3 May is 22:00 there, still that day; west of 8 hours it is still 2 May.
    ("the same day in another zone",
     dict(points=STRAIGHT, head='required_depth_cm = 20\ntime_zone = "Pacific/Kiritimati"'), False, STRIP),
    ("the day before in another zone", dict(points=STRAIGHT, head='required_depth_cm = 20\ntime_zone = "Etc/GMT+9"'),
     False, 0),
    ("assured of nothing at one metre of sigma", dict(points=STRAIGHT), True, 0),
    ("assured at a tenth", dict(points=STRAIGHT, activity="depth_cm = 20\nsigma_m = 0.1"), True, strip(10, 0.6)),
    ("a find later", dict(points=STRAIGHT, head=WIDE, find={"found": "2026-05-04"}), False, STRIP - lens_strip(2.5)),
    ("a find that day", dict(points=STRAIGHT, head=WIDE, find={"found": "2026-05-03"}), False, STRIP),
    ("a find by the same work", dict(points=STRAIGHT, head=WIDE, find={"found": "2026-05-04", "activity": "A"}), False,
     STRIP - lens_strip(2.5)),
    ("a find without fade-out", dict(points=STRAIGHT, find={"found": "2026-05-04"}), False, STRIP),
]


def run():
    good = True
    for words, case, assured, expected in CASES:
        with tempfile.TemporaryDirectory() as scratch:
            survey(Path(scratch), **case)
            found = sum(p.most["H", "cleared"].area for p in truth.pieces(truth.Survey(scratch), assured=assured))
        # Chords are inside their circles, by less than 1e-4 of a metre.
        fine = -2e-3 <= found - expected <= 1e-6
        good &= fine
        print(f"{'ok  ' if fine else 'FAIL'} {words}: {found:.5f} m2, by hand {expected:.5f}")
    return good

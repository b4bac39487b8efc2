"""Reads field logs for the oracle: GPX, NMEA 0183, CSV of fixes, GeoJSON. Written from semantics.md, not from Razmin.

A log is a list of segments, a segment a list of `Fix`. A step never crosses from one segment into the next.
"""
import csv
import gzip
import io
import json
import math
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

UNMEASURED = {"invalid", "estimated", "manual", "simulated"}
# From worst to best, for `min_quality`.
RANK = {"invalid": 0, "estimated": 0, "manual": 0, "simulated": 0, "unknown": 1, "autonomous": 2, "pps": 2,
        "dgps": 3, "rtk-float": 4, "rtk-fixed": 5}
ASSUMED_SIGMA = {"rtk-fixed": 0.02, "rtk-float": 0.5, "dgps": 1.0}
GGA_QUALITY = {"0": "invalid", "1": "autonomous", "2": "dgps", "3": "pps", "4": "rtk-fixed", "5": "rtk-float",
               "6": "estimated", "7": "manual", "8": "simulated"}
RMC_MODE = {"": "unknown", "A": "autonomous", "D": "dgps", "P": "pps", "R": "rtk-fixed", "F": "rtk-float",
            "E": "estimated", "M": "manual", "S": "simulated", "N": "invalid"}
GPX_FIX = {"none": "invalid", "2d": "autonomous", "3d": "autonomous", "dgps": "dgps", "pps": "pps"}


@dataclass
class Fix:
    lon: float
    lat: float
    when: datetime | None = None
    quality: str = "unknown"
    sigma: float | None = None

    @property
    def measured(self):
        return self.quality not in UNMEASURED

    @property
    def sigma_or_assumed(self):
        """What the log states, unless that is zero or less: then its program did not know it."""
        stated = self.sigma is not None and self.sigma > 0
        return self.sigma if stated else ASSUMED_SIGMA.get(self.quality, 3.0)


def on_earth(lon, lat):
    return math.isfinite(lon) and math.isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90


def instant(text):
    """An ISO 8601 instant in UTC, or None."""
    if not text:
        return None
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return when.replace(tzinfo=timezone.utc) if when.tzinfo is None else when.astimezone(timezone.utc)


def number(text):
    try:
        return float(text.strip())
    except (ValueError, AttributeError):
        return math.nan


def read(path):
    """The segments of a log of any of the four formats, told apart by content."""
    raw = open(path, "rb").read()
    if raw[:2] == b"\x1f\x8b":
        raw = gzip.decompress(raw)
    head = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        return read_gpx(raw)
    if head.startswith(b"{"):
        return read_geojson(raw)
    if re.search(rb"\$[A-Z]{2}(GGA|RMC|GSA|GSV|GLL|GST|VTG|ZDA),", raw):
        return read_nmea(raw)
    return read_csv(raw)


def read_gpx(raw):
    segments, inside = [], None
    name = lambda element: element.tag.rsplit("}", 1)[-1]
    try:
        for event, element in ET.iterparse(io.BytesIO(raw), events=("start", "end")):
            tag = name(element)
            if event == "start":
                if tag == "trkseg":
                    inside = []
                    segments.append(inside)
                continue
            if tag == "trkseg":
                inside = None
                element.clear()
            elif tag == "trkpt" and inside is not None:
                lon, lat = number(element.get("lon")), number(element.get("lat"))
                if on_earth(lon, lat):
                    below = {name(child): child.text for child in element}
                    inside.append(Fix(lon, lat, instant(below.get("time")),
                                      GPX_FIX.get((below.get("fix") or "").strip(), "unknown")))
    except ET.ParseError:
        pass  # what stands before the damage counts; Razmin must say so with a problem
    return segments


SENTENCE = re.compile(rb"\$([A-Z]{2})([A-Z]{3}),([^$*\r\n]*)(?:\*([0-9A-Fa-f]{2}))?")


def sentences(raw):
    """Without a checksum nobody can tell whether a sentence is damaged: those are not used."""
    for match in SENTENCE.finditer(raw):
        check = 0
        for byte in match[0][1:-3]:
            check ^= byte
        if match[4] is None or check != int(match[4], 16):
            continue
        yield match[2].decode(), match[3].decode("latin-1").split(",")


def degrees(text, hemisphere):
    value = number(text)
    if not math.isfinite(value) or hemisphere not in ("N", "S", "E", "W"):
        return math.nan
    whole = math.floor(value / 100)
    return (whole + (value - 100 * whole) / 60) * (-1 if hemisphere in "SW" else 1)


def clock(text):
    """Seconds of the day from hhmmss.sss, or None."""
    if not re.fullmatch(r"\d{6}(\.\d*)?", text):
        return None
    return int(text[:2]) * 3600 + int(text[2:4]) * 60 + float(text[4:])


def read_nmea(raw):
    """One segment. GGA gives the fixes (RMC where the log has no GGA); dates come from RMC or ZDA of the same second,
    else are carried on over midnight; where none was said yet, the fix has no time. Positions on another datum than
    WGS 84 are none."""
    found = list(sentences(raw))
    lead = "GGA" if any(kind == "GGA" for kind, _ in found) else "RMC"
    epochs, now, world = [], None, True
    for kind, f in found:
        if kind == "DTM":
            world = f[0] in ("W84", "P90")
        seconds = clock(f[0]) if kind in ("GGA", "RMC", "GST", "ZDA") and f else None
        if seconds is None:
            continue
        # The same second may come again with another position: what follows then speaks of that.
        if now is None or seconds != now["clock"] or kind == lead and now["led"]:
            now = {"clock": seconds, "fixes": [], "led": False}
            epochs.append(now)
        now["led"] |= kind == lead
        if kind == "GGA" and len(f) > 5:
            lat, lon = degrees(f[1], f[2]), degrees(f[3], f[4])
            if on_earth(lon, lat) and world:
                # A quality that cannot be read is no promise of a measured position.
                now["fixes"].append(Fix(lon, lat, quality=GGA_QUALITY.get(f[5], "invalid")))
        elif kind == "RMC" and len(f) > 8 and f[1] == "A":  # without a fix, receivers make the date up
            if re.fullmatch(r"\d{6}", f[8]):
                try:
                    century = 2000 if int(f[8][4:]) < 80 else 1900
                    now["date"] = date(century + int(f[8][4:]), int(f[8][2:4]), int(f[8][:2]))
                except ValueError:
                    pass
            lat, lon = degrees(f[2], f[3]), degrees(f[4], f[5])
            if lead == "RMC" and on_earth(lon, lat) and world:
                now["fixes"].append(Fix(lon, lat, quality=RMC_MODE.get(f[11] if len(f) > 11 else "", "invalid")))
        elif kind == "ZDA" and len(f) > 3 and "date" not in now:
            try:
                now["date"] = date(int(f[3]), int(f[2]), int(f[1]))
            except ValueError:
                pass
        elif kind == "GST":
            axes = [number(v) for v in f[5:7]]
            if len(axes) == 2 and min(axes) > 0:
                now["sigma"] = max(axes)
    segment, day, last = [], None, None
    for epoch in epochs:
        if "date" in epoch:
            day = epoch["date"]
        elif day is not None and last is not None and epoch["clock"] < last - 43200:
            day += timedelta(days=1)
        last = epoch["clock"]
        for fix in epoch["fixes"]:
            if day is not None:
                fix.when = datetime.combine(day, time(), timezone.utc) + timedelta(seconds=epoch["clock"])
            fix.sigma = epoch.get("sigma")
            segment.append(fix)
    return [segment]


def read_csv(raw):
    text = raw.decode("utf-8-sig")
    head = text.split("\n", 1)[0]
    delimiter = max(";\t,", key=head.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    names = [n.strip().lower() for n in next(rows, [])]

    def column(*candidates):
        return next((names.index(c) for c in candidates if c in names), None)

    lat, lon = column("latitude", "lat"), column("longitude", "lon", "lng")
    when, hrms, sigma = column("time", "timestamp"), column("hrms"), column("sigma", "sigma_m")
    quality = column("quality")
    if lat is None or lon is None:
        return []
    decimal = (lambda s: number(s.replace(",", "."))) if delimiter != "," else number
    segment = []
    for row in rows:
        if len(row) < len(names):
            continue
        x, y = decimal(row[lon]), decimal(row[lat])
        if not on_earth(x, y):
            continue
        fix = Fix(x, y, instant(row[when]) if when is not None else None)
        if quality is not None:
            word = row[quality].strip()
            fix.quality = GGA_QUALITY.get(word, word if word in RANK else "unknown")
        if sigma is not None and math.isfinite(decimal(row[sigma])):
            fix.sigma = decimal(row[sigma])
        elif hrms is not None and math.isfinite(decimal(row[hrms])):
            fix.sigma = decimal(row[hrms]) / math.sqrt(2)
        segment.append(fix)
    return [segment]


def read_geojson(raw):
    segments = []

    def line(coordinates):
        segments.append([Fix(c[0], c[1]) for c in coordinates if on_earth(c[0], c[1])])

    def visit(item):
        kind = item.get("type")
        if kind == "FeatureCollection":
            for feature in item.get("features", []):
                visit(feature)
        elif kind == "Feature" and item.get("geometry"):
            visit(item["geometry"])
        elif kind == "GeometryCollection":
            for geometry in item.get("geometries", []):
                visit(geometry)
        elif kind == "LineString":
            line(item["coordinates"])
        elif kind == "MultiLineString":
            for part in item["coordinates"]:
                line(part)

    visit(json.loads(raw))
    return segments

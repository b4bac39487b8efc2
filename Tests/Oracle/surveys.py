#!/usr/bin/env python3
"""Small random surveys, seeded, that ask about every rule of semantics.md: `surveys.py SEED DIR`.

What they ask is never nearer to a threshold than a few centimetres, so that every question has one answer.
"""
import json
import math
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from pyproj import Transformer

PLACES = [(21.9033, 43.3247, "Europe/Belgrade"), (46.7512, 39.8265, "Asia/Baku"), (-72.5117, 5.1034, "America/Bogota"),
          (18.4928, -12.3051, "Africa/Luanda"), (25.71, 66.5, "Europe/Helsinki")]
MIDDLE = date(2024, 6, 30)
KINDS = [("clearance", "cleared")] * 5 + [("bac-subsurface", "cleared"), ("bac-surface", "cleared"),
         ("technical-survey", "reduced"), ("technical-survey", "reduced"), ("non-technical-survey", "cancelled"),
         ("non-technical-survey", "cancelled"), ("technical-survey", "cleared"), ("non-technical-survey", "reduced")]


class Maker:
    def __init__(self, seed, folder):
        self.rng = np.random.default_rng(seed)
        self.folder = Path(folder)
        (self.folder / "logs").mkdir(parents=True, exist_ok=True)
        self.lon, self.lat, self.zone = PLACES[self.rng.integers(len(PLACES))]
        self.proj = Transformer.from_crs(f"+proj=tmerc +lat_0={self.lat} +lon_0={self.lon} +ellps=WGS84 +units=m",
                                         "EPSG:4326", always_xy=True)
        self.lines, self.inside, self.polygons = [], [], 0  # inside: places that finds may take

    def chance(self, p):
        return self.rng.random() < p

    def degrees(self, xy):
        return np.round(np.column_stack(self.proj.transform(*np.asarray(xy, float).T)), 9)

    def star(self, radius, corners, rough=0.3):
        angle = (np.arange(corners) + self.rng.uniform(0.1, 0.9, corners)) * 2 * math.pi / corners
        r = radius * self.rng.uniform(1 - rough, 1 + rough, corners)
        ring = np.column_stack((r * np.cos(angle), r * np.sin(angle)))
        return np.vstack((ring, ring[:1]))

    def ring(self, xy):
        return self.degrees(xy).tolist()

    def write_features(self, name, items):
        body = {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": p, "geometry": g} for p, g in items]}
        (self.folder / name).write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n")

    def hazards(self):
        items = []
        for i in range(int(self.rng.integers(1, 5))):
            centre = self.rng.uniform(-22, 22, 2)
            size = self.rng.uniform(12, 30)
            rings = [self.ring(self.star(size, int(self.rng.integers(5, 14))) + centre)]
            if self.chance(0.35):
                rings.append(self.ring(self.star(size * 0.25, 6)[::-1] + centre))
            geometry = {"type": "Polygon", "coordinates": rings}
            if self.chance(0.2):
                apart = self.ring(self.star(6, 7) + centre + (2.2 * size, 0))
                geometry = {"type": "MultiPolygon", "coordinates": [rings, [apart]]}
            p = {"id": f"H-{i + 1:02}", "class": str(self.rng.choice(["SHA", "CHA"])),
                 "recorded": str(date(2019, 1, 1) + timedelta(days=int(self.rng.integers(0, 1700))))}
            if self.chance(0.4):
                p["required_depth_cm"] = int(self.rng.choice([0, 13, 20, 50]))
            items.append((p, geometry))
        self.write_features("hazards.geojson", items)

    def walk(self):
        """Lanes with what real ones have: wobble, stops, repeated points, reversals, exact straight runs, jumps."""
        turn = self.rng.uniform(0, 2 * math.pi)
        origin, pace = self.rng.uniform(-25, 10, 2), self.rng.uniform(0.3, 0.6)
        spacing = float(self.rng.choice([0.9, 1.0, 1.0, 1.3]))
        length, lanes = self.rng.uniform(8, 25), int(self.rng.integers(3, 12))
        points = []
        for lane in range(lanes):
            along = np.arange(0, length, pace)
            if lane % 2:
                along = along[::-1]
            xy = np.column_stack((along, np.full(len(along), lane * spacing)))
            if self.chance(0.7):
                xy = xy + self.rng.normal(0, float(self.rng.choice([0.01, 0.05, 0.2])), xy.shape).clip(-0.3, 0.3)
            if self.chance(0.3):
                k = int(self.rng.integers(1, len(xy)))
                xy = np.vstack((xy[:k], np.repeat(xy[k - 1:k], 4, axis=0), xy[k:]))          # a stop
            if self.chance(0.2):
                k = int(self.rng.integers(3, len(xy)))
                xy = np.vstack((xy[:k], xy[max(0, k - 6):k][::-1], xy[k:k + 1], xy[k:]))     # back and on again
            points.append(xy)
        if self.chance(0.4):                                                                 # across all lanes
            height = lanes * spacing
            steps = np.arange(0, 1, 0.5 / math.hypot(length, height))[:, None]
            points.append((steps[::-1] if lanes % 2 else steps) * (length, height))
        xy = np.vstack(points)
        if self.chance(0.6):
            for k in self.rng.integers(2, len(xy) - 2, 2):
                xy[k] += self.rng.choice([-1, 1], 2) * self.rng.uniform(8, 40, 2)            # a spike
        c, s = math.cos(turn), math.sin(turn)
        return xy @ np.array([[c, s], [-s, c]]) + origin

    def times(self, n, start, end):
        """Seconds apart, with a hole now and then, seconds that come again, and a clock set back; some fixes before the
        first day or after the last."""
        step = np.ones(n)
        if self.chance(0.4):
            at = self.rng.integers(1, n - 2, 3)
            step[np.concatenate((at, at[:1] + 1))] = 0
        if self.chance(0.15):
            step[self.rng.integers(1, n)] = -3
        if self.chance(0.5):
            step[self.rng.integers(1, n, 2)] = self.rng.uniform(12, 60, 2)
        first = datetime(start.year, start.month, start.day, tzinfo=ZoneInfo(self.zone)).astimezone(timezone.utc)
        way = self.rng.random()
        # Most begin by day; some run over local midnight into the first day, or out of the last.
        if way < 0.15:
            begin = first - timedelta(seconds=float(step.sum() * 0.3))
        elif way < 0.3:
            after = datetime(end.year, end.month, end.day, tzinfo=ZoneInfo(self.zone)) + timedelta(days=1)
            begin = after.astimezone(timezone.utc) - timedelta(seconds=float(step.sum() * 0.6))
        else:
            begin = first + timedelta(hours=8)
        begin = begin.replace(microsecond=0)
        return [begin + timedelta(seconds=round(float(s))) for s in np.cumsum(step)]

    def log(self, stem, xy, when, form):
        """Writes one log; returns its path. `when` is None for logs without times."""
        lonlat = self.degrees(xy)
        name = f"logs/{stem}.{form}"
        text = {"gpx": self.gpx, "nmea": self.nmea, "csv": self.csv, "geojson": self.geojson}[form](lonlat, when)
        (self.folder / name).write_bytes(text.encode())
        return name

    def gpx(self, lonlat, when, whole=False):
        out = ['<?xml version="1.0" encoding="UTF-8"?>',
               '<gpx version="1.1" creator="oracle" xmlns="http://www.topografix.com/GPX/1/1">',
               ' <trk><name>стаза</name><trkseg>']
        cut = int(self.rng.integers(1, len(lonlat))) if not whole and self.chance(0.4) else -1
        fix = str(self.rng.choice(["", "<fix>3d</fix>", "<fix>dgps</fix>"]))
        for i, (lon, lat) in enumerate(lonlat):
            stamp = f"<time>{when[i]:%Y-%m-%dT%H:%M:%SZ}</time>" if when else ""
            out += [" </trkseg><trkseg>"] * (i == cut)
            out.append(f'  <trkpt lat="{lat:.9f}" lon="{lon:.9f}">{stamp}{fix}</trkpt>')
        return "\n".join(out + [" </trkseg></trk>", "</gpx>", ""])

    def nmea(self, lonlat, when):
        out, n = [], len(lonlat)
        quality = np.full(n, int(self.rng.choice([4, 4, 5, 2])))
        if self.chance(0.5):
            k = int(self.rng.integers(0, n))
            quality[k:k + int(self.rng.choice([1, 4, 20]))] = int(self.rng.choice([0, 1, 6]))
        elsewhere = int(self.rng.integers(0, n)) if self.chance(0.2) else n
        sigma = self.rng.choice([0.02, 0.05, 0.1] if self.chance(0.8) else [0.0], n)
        gst, placeless = self.chance(0.6), self.chance(0.5)
        for i, ((lon, lat), t, q, s) in enumerate(zip(lonlat, when, quality, sigma)):
            if i in (elsewhere, elsewhere + 15):
                out.append(sentence(f"GPDTM,{'W84' if i > elsewhere else '999'},,0.0,N,0.0,E,0.0,W84"))
            clock = f"{t:%H%M%S}.00"
            place = ",".join((minutes(lat, 2), "NS"[int(lat < 0)], minutes(lon, 3), "EW"[int(lon < 0)]))
            place = ",,," if q == 0 and placeless else place
            out.append(sentence(f"GNGGA,{clock},{place},{q},{12 if q else 0:02},0.8,210.0,M,43.0,M,,"))
            if gst:
                out.append(sentence(f"GNGST,{clock},0.03,{s:.3f},{s:.3f},0.0,{s:.3f},{s:.3f},0.050"))
            out.append(sentence(f"GNRMC,{clock},{'A' if q else 'V'},{place},0.8,90.0,{t:%d%m%y},,,{'R' if q else 'N'}"))
        return "\r\n".join(out + [""])

    def csv(self, lonlat, when):
        comma = self.chance(0.4)
        mark = ";" if comma else ","
        out = [mark.join(["time", "latitude", "longitude", "hrms"])]
        spread = float(self.rng.choice([0.02, 0.04, 0.3, 0.0]))
        for i, (lon, lat) in enumerate(lonlat):
            numbers = [f"{lat:.9f}", f"{lon:.9f}", f"{spread:.3f}"]
            if comma:
                numbers = [n.replace(".", ",") for n in numbers]
            out.append(mark.join([f"{when[i]:%Y-%m-%dT%H:%M:%SZ}" if when else ""] + numbers))
        return "\n".join(out + [""])

    def geojson(self, lonlat, when):
        return json.dumps({"type": "Feature", "properties": {},
                           "geometry": {"type": "LineString", "coordinates": lonlat.tolist()}})

    def track(self, number, a):
        xy = self.walk()
        form = str(self.rng.choice(["gpx", "gpx", "nmea", "nmea", "csv", "geojson"]))
        timed = form == "nmea" or (form != "geojson" and self.chance(0.85))
        when = self.times(len(xy), a["start"], a["end"]) if timed else None
        a["logs"] = [self.log(f"{number}", xy, when, form)]
        a["geometry"], a["swath_m"] = "track", float(self.rng.choice([0.6, 1.0, 1.0, 1.5]))
        if self.chance(0.25):
            a["sigma_m"] = float(self.rng.choice([0.02, 0.1]))
        if form == "nmea" and self.chance(0.3):
            a["min_quality"] = "dgps"
        if self.chance(0.15):
            a["max_gap_m"] = 2.0
        self.inside.append(xy[len(xy) // 2])

    def perimeter(self, number, a):
        centre = self.rng.uniform(-20, 20, 2)
        if self.chance(0.3):
            t = np.arange(0, 2 * math.pi, 0.06)
            xy = np.column_stack((12 * np.sin(t), 7 * np.sin(2 * t))) + centre       # a figure of eight
        else:
            corners = self.star(self.rng.uniform(6, 18), 7)
            legs = [p + (q - p) * np.arange(0, 1, 1 / max(1, math.ceil(math.dist(p, q))))[:, None]
                    for p, q in zip(corners, corners[1:])]
            xy = np.vstack(legs) + centre
            self.inside.append(centre)
        start = a["start"]
        when = [datetime(start.year, start.month, start.day, 12, tzinfo=timezone.utc) + timedelta(seconds=i)
                for i in range(len(xy))]
        name = f"logs/{number}.gpx"
        (self.folder / name).write_bytes(self.gpx(self.degrees(xy), when, whole=True).encode())
        a["geometry"], a["logs"] = "perimeter", [name]
        if self.chance(0.5):
            a["sigma_m"] = float(self.rng.choice([0.05, 0.5]))

    def areas(self, number, a):
        items = []
        for _ in range(int(self.rng.integers(1, 3))):
            centre = self.rng.uniform(-20, 20, 2)
            ring = self.star(self.rng.uniform(5, 15), 8)
            if self.chance(0.25):
                ring[[2, 5]] = ring[[5, 2]]                    # crosses itself
            else:
                self.inside.append(centre)
            rings = [self.ring(ring + centre)]
            if self.chance(0.3):                               # a pocket that was left out
                rings.append(self.ring(self.star(2.5, 6)[::-1] + centre))
            items.append(({}, {"type": "Polygon", "coordinates": rings}))
        self.write_features(f"{number}.geojson", items)
        a["geometry"], a["files"] = "polygons", [f"{number}.geojson"]
        if self.chance(0.4):
            a["sigma_m"] = float(self.rng.choice([0.05, 0.5]))

    def cells(self, number, a):
        size, x0, y0 = float(self.rng.choice([5, 10])), *self.rng.uniform(-30, 0, 2)
        items = []
        for i in range(4):
            for j in range(4):
                corner = np.array([x0 + i * size, y0 + j * size])
                box = corner + np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]) * size
                status = str(self.rng.choice([a["claims"], a["claims"], "cleared", "reduced", "cancelled", "open"]))
                items.append(({"status": status}, {"type": "Polygon", "coordinates": [self.ring(box)]}))
        self.write_features(f"{number}.geojson", items)
        a["geometry"], a["files"] = "cells", [f"{number}.geojson"]

    def activity(self, i):
        kind, claims = KINDS[self.rng.integers(len(KINDS))]
        start = date(2022, 1, 1) + timedelta(days=int(self.rng.integers(0, 1500)))
        a = {"id": f"A-{i:03}", "kind": kind, "claims": claims, "start": start,
             "end": start + timedelta(days=int(self.rng.integers(0, 3))), "team": f"team {i % 3 + 1}"}
        if claims == "cleared":
            if kind == "bac-surface":
                if self.chance(0.5):
                    a["depth_cm"] = 0
            elif self.chance(0.9):
                a["depth_cm"] = int(self.rng.choice([13, 20, 50, 50]))
        if kind == "technical-survey":
            a["searched"] = self.chance(0.5)
        ways = [self.track] * 5 + [self.perimeter, self.areas, self.cells] if claims == "cleared" else \
            [self.track, self.perimeter, self.areas, self.areas, self.cells]
        ways[self.rng.integers(len(ways))](f"{i:03}", a)
        self.table("[[activities]]", a)
        return a

    def table(self, head, values):
        self.lines += ["", head]
        for key, value in values.items():
            self.lines.append(f"{key} = {toml(value)}")

    def survey(self):
        self.hazards()
        head = {"id": "RANDOM", "name": "A random survey", "grid": utm(self.lon, self.lat), "time_zone": self.zone}
        if self.chance(0.85):
            head["required_depth_cm"] = int(self.rng.choice([0, 20, 20, 50]))
        if self.chance(0.6):
            head["fadeout_m"] = float(self.rng.choice([2.5, 4.0]))
        if self.chance(0.3):
            head["sigma_factor"] = 1.5
        self.table("[survey]", head)
        self.table("[[hazards]]", {"file": "hazards.geojson"})
        done = [self.activity(i) for i in range(1, int(self.rng.integers(3, 8)))]
        items = []
        for i in range(int(self.rng.integers(0, 4)) if self.inside else 0):
            place = self.inside[self.rng.integers(len(self.inside))]
            p = {"id": f"F-{i + 1}", "type": "BLU-97",
                 "found": str(date(2023, 1, 1) + timedelta(days=int(self.rng.integers(0, 1300))))}
            if self.chance(0.5):
                p["sigma_m"] = float(self.rng.choice([0.1, 0.1, 0.0]))
            if self.chance(0.3):
                of = done[self.rng.integers(len(done))]
                p["activity"], p["found"] = of["id"], str(of["end"])
            items.append((p, {"type": "Point", "coordinates": self.ring([place])[0]}))
        if items:
            self.write_features("finds.geojson", items)
            self.table("[[finds]]", {"file": "finds.geojson"})
        (self.folder / "survey.toml").write_text("\n".join(self.lines[1:]) + "\n")


def toml(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value)
    return f"[{', '.join(map(toml, value))}]" if isinstance(value, list) else str(value)


def utm(lon, lat):
    return f"EPSG:{32600 + 100 * (lat < 0) + int((lon + 180) // 6) + 1}"


def minutes(value, width):
    whole, rest = divmod(round(abs(value) * 60 * 1e7), 60 * 10**7)
    return f"{whole:0{width}}{rest // 10**7:02}.{rest % 10**7:07}"


def sentence(body):
    check = 0
    for byte in body.encode():
        check ^= byte
    return f"${body}*{check:02X}"


def write(seed, folder):
    Maker(seed, folder).survey()


if __name__ == "__main__":
    write(int(sys.argv[1]), sys.argv[2])

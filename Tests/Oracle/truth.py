"""What a survey folder says is cleared, reduced, cancelled and remaining, computed by shapely from the raw logs.

Written from semantics.md; it shares nothing with Razmin. Where that page leaves a choice, the choice is named below.
"""
import json
import math
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import shapely

import logs
import planar

LAYERS = ("cleared", "reduced", "cancelled")
MAY_CLAIM = {"clearance": "cleared", "bac-surface": "cleared", "bac-subsurface": "cleared",
             "technical-survey": "reduced", "non-technical-survey": "cancelled"}


def day(value):
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


@dataclass
class Hazard:
    id: str
    kind: str
    recorded: date
    required_depth: float | None
    geometry: object  # degrees

    @property
    def order(self):
        return (self.kind != "CHA", self.recorded, self.id)


@dataclass
class Find:
    id: str
    lon: float
    lat: float
    found: date
    activity: str | None
    sigma: float | None


@dataclass
class Claim:
    """An activity that may release something, with its ground still in degrees."""
    id: str
    kind: str
    layer: str
    end: date
    depth: float | None
    sigma: float | None
    # Arrays over steps (degrees, metres) for a track; polygons in degrees for everything else.
    steps: tuple | None = None
    areas: list = field(default_factory=list)

    def releases(self, hazard):
        if MAY_CLAIM.get(self.kind) != self.layer or hazard.recorded > self.end:
            return False
        if self.layer != "cleared":
            return True
        if self.kind == "bac-surface":
            return hazard.required_depth == 0
        return hazard.required_depth is not None and self.depth is not None and self.depth >= hazard.required_depth


def rings_of(geometry):
    kind, c = geometry["type"], geometry.get("coordinates", [])
    if kind == "Polygon":
        return [c]
    if kind == "MultiPolygon":
        return list(c)
    return [r for g in geometry.get("geometries", []) for r in rings_of(g)] if kind == "GeometryCollection" else []


def features(path):
    root = json.loads(path.read_text("utf-8-sig"))
    return root["features"] if root["type"] == "FeatureCollection" else [root]


def area_of(feature, outwards):
    parts = [planar.from_rings([[p[:2] for p in ring] for ring in rings], outwards)
             for rings in rings_of(feature["geometry"])]
    return planar.union(parts)


class Survey:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.table = tomllib.loads((self.folder / "survey.toml").read_text("utf-8"))
        head = self.table["survey"]
        self.id, self.grid = head.get("id"), head.get("grid")
        self.zone = ZoneInfo(head.get("time_zone", "UTC"))
        self.depth, self.fadeout = head.get("required_depth_cm"), head.get("fadeout_m")
        self.k = head.get("sigma_factor", 2.0)
        self.hazards = sorted(self._hazards(), key=lambda h: h.order)
        self.finds = list(self._finds())
        self.claims = [self._claim(a) for a in self.table.get("activities", [])]

    def _hazards(self):
        for entry in self.table["hazards"]:
            for feature in features(self.folder / entry["file"]):
                p = feature["properties"]
                depth = p.get("required_depth_cm")
                yield Hazard(str(p["id"]), p["class"], day(p["recorded"]), self.depth if depth is None else depth,
                             area_of(feature, outwards=True))

    def _finds(self):
        for entry in self.table.get("finds", []):
            for feature in features(self.folder / entry["file"]):
                p, (lon, lat, *_) = feature["properties"], feature["geometry"]["coordinates"]
                yield Find(str(p["id"]), lon, lat, day(p["found"]), p.get("activity"), p.get("sigma_m"))

    def _claim(self, a):
        claim = Claim(a["id"], a["kind"], a["claims"], day(a["end"]), a.get("depth_cm"), a.get("sigma_m"))
        how = a["geometry"]
        if how == "track":
            claim.steps = self._steps(a)
        elif how == "perimeter":
            claim.areas = [p for segment in self._segments(a) if (p := perimeter(segment, a)) is not None]
        else:
            for name in a.get("files", []):
                claim.areas += [area_of(f, outwards=False) for f in features(self.folder / name)
                                if how == "polygons" or f["properties"].get("status") == a["claims"]]
        return claim

    def _segments(self, a):
        for name in a.get("logs", []):
            for segment in logs.read(self.folder / name):
                if a.get("sigma_m") is not None:
                    for fix in segment:
                        fix.sigma = a["sigma_m"]
                yield [(fix, self._usable(fix, a)) for fix in segment]

    def _usable(self, fix, a):
        """Measured, good enough, and inside the activity's dates in the survey's time zone. A fix without a time
        cannot be outside them."""
        if not fix.measured or logs.RANK[fix.quality] < logs.RANK[a.get("min_quality", "invalid")]:
            return False
        if fix.when is None:
            return True
        return day(a["start"]) <= fix.when.astimezone(self.zone).date() <= day(a["end"])

    def _steps(self, a):
        """Start and end (degrees), nominal radius and sigma of every step that claims ground.

        A step joins neighbours in the log: an unusable fix between two usable ones leaves a gap, nothing bridges it.
        Only a fix at the very time of the one before it is passed over. Over time that runs backwards nothing is claimed.
        """
        gap_s, gap_m = a.get("max_gap_s", 10.0), a.get("max_gap_m", 5.0)
        speed, radius = a.get("max_speed_m_s", 2.0), a["swath_m"] / 2
        rows = []
        for segment in self._segments(a):
            for (p, good), (q, also) in pairwise(without_repeats(segment)):
                if good and also:
                    seconds = math.nan if p.when is None or q.when is None else (q.when - p.when).total_seconds()
                    rows.append((p.lon, p.lat, q.lon, q.lat, seconds,
                                 max(p.sigma_or_assumed, q.sigma_or_assumed)))
        if not rows:
            return np.empty((0, 4)), np.empty(0), np.empty(0)
        t = np.array(rows)
        metres = planar.GEOD.inv(t[:, 0], t[:, 1], t[:, 2], t[:, 3])[2]
        same = (t[:, 0] == t[:, 2]) & (t[:, 1] == t[:, 3])
        metres[same] = 0
        untimed = np.isnan(t[:, 4])
        ok = (metres <= gap_m) & (untimed | (t[:, 4] > 0) & (t[:, 4] <= gap_s) & (metres <= speed * t[:, 4]))
        return t[ok, :4], np.full(np.count_nonzero(ok), radius), t[ok, 5]


def without_repeats(segment):
    """A segment of (fix, usable) without usable fixes at the very time of the usable one before."""
    kept = []
    for fix, usable in segment:
        if not (usable and kept and kept[-1][1] and fix.when is not None and fix.when == kept[-1][0].when):
            kept.append((fix, usable))
    return kept


def perimeter(segment, a):
    """The even-odd ground inside a walked ring, in degrees, or None where the walk does not close."""
    ring = [(fix.lon, fix.lat) for fix, usable in segment if usable]
    if len(ring) < 3:
        return None
    (x0, y0), (x1, y1) = ring[0], ring[-1]
    if planar.GEOD.inv(x0, y0, x1, y1)[2] > a.get("max_closing_m", 5.0):
        return None
    return planar.even_odd(ring + [ring[0]])


@dataclass
class Piece:
    """Hazards that touch one another, in one metric frame, with the two partitions that bound the right answer."""
    hazards: list          # (Hazard, polygon)
    frame: planar.Frame
    ground: dict           # activity id to its ground, not reopened
    most: dict             # (hazard id, layer) to polygon: every claim at its full size
    least: dict            # the same where each claim has lost the whole of its budget
    claim_perimeter: float  # metres of the claims' outlines inside the hazards
    at: object             # metres that every claim loses across its boundary, to the partition then


class Ambiguous(Exception):
    """The survey asks a question whose answer turns on less than the budget of a claim."""


# What a claim may lose across its boundary, and what two steps of the lattice (and the oracle's circles) add to it.
BUDGET, LATTICE = 0.02, 0.0025
# What the radius of a disc that reopens may have too much: its sides touch the circle from outside.
DISC = 0.008


def components(hazards):
    shapes = np.array([h.geometry for h in hazards], object)
    group = list(range(len(hazards)))

    def root(i):
        while group[i] != i:
            i = group[i]
        return i

    tree = shapely.STRtree(shapes)
    reach = shapely.box(*(shapely.bounds(shapes) + np.array([-1, -1, 1, 1]) * 2e-7).T) if len(shapes) else []
    for i, box in enumerate(reach):
        for j in tree.query(box):
            group[root(int(j))] = root(i)
    gathered = {}
    for i, h in enumerate(hazards):
        gathered.setdefault(root(i), []).append(h)
    return list(gathered.values())


def ground_of(claim, survey, frame, box, assured):
    """The ground of a claim near a box, in a frame."""
    if claim.steps is None:
        ground = planar.union([frame.to_metres(p) for p in claim.areas if p.intersects(box)])
        if assured and not ground.is_empty:
            ground = shapely.Polygon() if claim.sigma is None else planar.shrink(ground, survey.k * claim.sigma)
        return ground
    ends, radii, sigmas = claim.steps
    west, south, east, north = box.bounds
    near = ((np.minimum(ends[:, 0], ends[:, 2]) <= east) & (np.maximum(ends[:, 0], ends[:, 2]) >= west)
            & (np.minimum(ends[:, 1], ends[:, 3]) <= north) & (np.maximum(ends[:, 1], ends[:, 3]) >= south))
    radii = radii - survey.k * sigmas if assured else radii
    near &= radii > 0
    if not near.any():
        return shapely.Polygon()
    ends, radii = ends[near], radii[near]
    return planar.capsules(frame.points(ends[:, 0], ends[:, 1]), frame.points(ends[:, 2], ends[:, 3]), radii)


def partition(hazards, claims):
    """(hazard id, layer) to polygon, of hazards in their order of precedence and (claim, ground) pairs.

    A face is released only where it is released for every hazard that covers it; its owner is then the first of
    them, else the first for which it is not released. It takes the state that it has for its owner.
    """
    released, kept = {}, {}
    for hazard, shape in hazards:
        before = shapely.Polygon()
        for layer in LAYERS:
            ground = planar.union([g for c, g in claims if c.layer == layer and c.releases(hazard)])
            ground = shapely.intersection(ground, shape)
            released[hazard.id, layer] = shapely.difference(ground, before)
            before = planar.union([before, ground])
        kept[hazard.id] = shapely.difference(shape, before)
    all_kept = planar.union(list(kept.values()))
    result, taken, owned = {}, shapely.Polygon(), shapely.Polygon()
    for hazard, shape in hazards:
        result[hazard.id, "remaining"] = shapely.difference(kept[hazard.id], taken)
        taken = planar.union([taken, kept[hazard.id]])
        for layer in LAYERS:
            own = shapely.difference(released[hazard.id, layer], owned)
            result[hazard.id, layer] = shapely.difference(own, all_kept)
        owned = planar.union([owned, shape])
    return {key: planar.union([g]) for key, g in result.items()}


def pieces(survey, as_of=None, assured=False):
    """The truth about a survey, piece by piece."""
    upto = lambda when: as_of is None or when <= as_of
    hazards = [h for h in survey.hazards if upto(h.recorded)]
    claims = [c for c in survey.claims if upto(c.end)]
    finds = [f for f in survey.finds if upto(f.found)]
    prepared = []
    for group in components(hazards):
        frame = planar.Frame(np.array([h.geometry for h in group], object))
        box = shapely.box(*shapely.total_bounds(np.array([h.geometry for h in group], object)))
        margin = 20 / 111_320 / max(0.05, math.cos(math.radians(box.centroid.y)))
        box = shapely.buffer(box, margin, join_style="mitre")
        nominal = {c.id: ground_of(c, survey, frame, box, assured=False) for c in claims}
        ground = {c.id: ground_of(c, survey, frame, box, assured=True) for c in claims} if assured else nominal
        prepared.append((group, frame, nominal, ground))
    reopening = [f for f in finds if survey.fadeout is not None
                 and any(reopens(f, claims, *p[:3]) for p in prepared)]
    for group, frame, _, ground in prepared:
        shapes = [(h, frame.to_metres(h.geometry)) for h in group]

        def state(lost, shapes=shapes, frame=frame, ground=ground):
            """The partition where every claim has lost so many metres across its boundary."""
            left = []
            for claim in claims:
                here = ground[claim.id]
                if here.is_empty:
                    continue
                here = planar.shrink(here, lost) if lost else here
                for find in reopening:
                    if claim.end < find.found:
                        (x, y), = frame.points([find.lon], [find.lat])
                        radius = survey.fadeout + survey.k * (find.sigma or 3.0) + min(lost, DISC)
                        here = shapely.difference(here, planar.disc(x, y, radius))
                left.append((claim, here))
            return partition(shapes, left)

        whole = planar.union([s for _, s in shapes])
        outline = sum(shapely.intersection(shapely.boundary(g), whole).length for g in ground.values())
        outline += sum(2 * math.pi * (survey.fadeout + 10) for _ in reopening)
        yield Piece(shapes, frame, ground, state(0), state(BUDGET + LATTICE), outline, state)


def reopens(find, claims, group, frame, ground):
    """Whether a find lies on ground that some other activity had released before it was made."""
    here = shapely.Point(*frame.points([find.lon], [find.lat])[0])
    for claim in claims:
        if claim.end >= find.found:
            continue
        for hazard in group:
            if not claim.releases(hazard):
                continue
            shape = frame.to_metres(hazard.geometry)
            common = shapely.intersection(ground[claim.id], shape)
            if common.is_empty:
                continue
            if shapely.boundary(common).distance(here) < 2 * BUDGET:
                raise Ambiguous(f"find {find.id} lies on the edge of what {claim.id} released")
            if common.contains(here):
                return True
    return False

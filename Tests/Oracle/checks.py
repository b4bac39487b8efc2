"""Compares what `razmin remaining` emitted with the truth. Each check is a function that yields what is wrong."""
import json
import math
import subprocess
import warnings

import numpy as np
import shapely
from pyproj import Transformer

import planar
from truth import BUDGET, LATTICE, LAYERS

ALL = ("remaining",) + LAYERS
# Square metres that count as nothing: what floating overlays leave along a common edge.
NOTHING = 1e-5


class Emitted:
    """A result of `razmin remaining`, read."""

    def __init__(self, path, assured=False):
        self.path, self.assured = str(path), assured
        self.root = json.loads(open(path, "rb").read())
        self.features = [f for f in self.root["features"]
                         if f.get("geometry") and f["geometry"]["type"] in ("Polygon", "MultiPolygon")]
        self.shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in self.features]
        self.properties = [f["properties"] for f in self.features]
        self.member = self.root.get("razmin", {})

    def ground(self, frame, hazard, layers):
        """The union, in a frame, of the features of a hazard in some layers."""
        return planar.union([frame.to_metres(s) for s, p in zip(self.shapes, self.properties)
                             if p.get("hazard_id") == hazard and p.get("layer") in layers])


def name(p):
    return f"{p.get('layer')} of {p.get('hazard_id')}"


def rfc7946(e, survey, truth):
    if e.root.get("type") != "FeatureCollection" or "crs" in e.root:
        yield "not a FeatureCollection in the one CRS of RFC 7946"
    for shape, p in zip(e.shapes, e.properties):
        for polygon in planar.polygons(shape):
            if not shapely.is_ccw(polygon.exterior) or any(shapely.is_ccw(r) for r in polygon.interiors):
                yield f"{name(p)}: a ring runs the wrong way round"
        x = shapely.get_coordinates(shape)
        if np.any(np.abs(x[:, 0]) > 180) or np.any(np.abs(x[:, 1]) > 90):
            yield f"{name(p)}: not on the Earth"
        if np.any(np.abs(x * 1e8 - np.rint(x * 1e8)) > 1e-4):
            yield f"{name(p)}: a vertex is off the lattice of 1e-8 degree"
        if shapely.is_empty(shape):
            yield f"{name(p)}: no ground"


def properties(e, survey, truth):
    ends = {c.id: c.end for c in survey.claims}
    for p in e.properties:
        missing = [k for k in ("layer", "hazard_id", "hazard_class", "area_m2") if p.get(k) is None]
        if survey.grid:
            missing += [k for k in ("grid_area_m2", "grid") if p.get(k) is None]
        if p.get("layer") in LAYERS:
            missing += [k for k in ("activity_ids", "date") if not p.get(k)]
            missing += [k for k in ("assured_m2", "depth_cm") if k not in p]
        if missing:
            yield f"{name(p)} lacks {', '.join(missing)}"
        if p.get("layer") not in ALL or p.get("hazard_class") not in ("SHA", "CHA"):
            yield f"{name(p)}: layer or class is none of the words"
        ids = p.get("activity_ids") or []
        unknown = [i for i in ids if i not in ends]
        if unknown:
            yield f"{name(p)}: activities {unknown} are not in the survey"
        elif ids and str(p.get("date")) not in {ends[i].isoformat() for i in ids}:
            yield f"{name(p)}: date {p.get('date')} is the end of none of {ids}"
    classes = {h.id: h.kind for h in survey.hazards}
    for p in e.properties:
        if classes.get(p.get("hazard_id")) != p.get("hazard_class"):
            yield f"{name(p)}: class {p.get('hazard_class')}, recorded as {classes.get(p.get('hazard_id'))}"


def areas(e, survey, truth):
    grid = Transformer.from_crs("EPSG:4326", survey.grid, always_xy=True) if survey.grid else None
    for shape, p in zip(e.shapes, e.properties):
        area = planar.ellipsoidal_area(shape)
        said = p.get("area_m2", math.nan)
        if not abs(said - area) <= max(0.01, 1e-6 * area):
            yield f"{name(p)}: area_m2 {said}, geodesic area {area:.4f}"
        assured = p.get("assured_m2")
        if assured is not None and not 0 <= assured <= said + 0.01:
            yield f"{name(p)}: assured_m2 {assured} of {said}"
        if grid:
            flat = shapely.transform(shape, lambda c: np.column_stack(grid.transform(c[:, 0], c[:, 1]))).area
            if not abs(p.get("grid_area_m2", math.nan) - flat) <= max(0.01, 1e-4 * flat):
                yield f"{name(p)}: grid_area_m2 {p.get('grid_area_m2')}, in {survey.grid} {flat:.4f}"


def coverage(e, survey, truth):
    shapes = np.array(e.shapes, object)
    for shape, p in zip(shapes, e.properties):
        if not shapely.is_valid(shape):
            yield f"{name(p)}: {shapely.is_valid_reason(shape)}"
    # Slits between neighbours are ground in no feature, which `whole` looks for: a width given here would also complain
    # of pointed slivers that rightly end where a claim leaves its hazard.
    if len(shapes) and not shapely.coverage_is_valid(shapes):
        edges = shapely.coverage_invalid_edges(shapes)
        bad = [name(p) for g, p in zip(edges, e.properties) if not shapely.is_empty(g)]
        yield f"neighbours do not share their edges: {', '.join(bad[:4])} and {max(0, len(bad) - 4)} more"


def whole(e, survey, truth):
    """Every recorded square metre is emitted, and nothing else."""
    known = {h.id for piece in truth for h, _ in piece.hazards}
    strange = {p.get("hazard_id") for p in e.properties} - known
    if strange:
        yield f"features of hazards that are not recorded: {sorted(map(str, strange))[:5]}"
    for piece in truth:
        recorded = planar.union([s for _, s in piece.hazards])
        parts = [e.ground(piece.frame, h.id, ALL) for h, _ in piece.hazards]
        emitted = planar.union(parts)
        lost = shapely.difference(planar.shrink(recorded, LATTICE), emitted).area
        beyond = shapely.difference(emitted, planar.grow(recorded, LATTICE)).area
        if lost > NOTHING:
            yield f"{lost:.6f} m2 of recorded hazard are in no feature ({piece.hazards[0][0].id} and neighbours)"
        if beyond > NOTHING:
            yield f"{beyond:.6f} m2 lie outside the recorded hazards ({piece.hazards[0][0].id} and neighbours)"
        for (h, shape), mine in zip(piece.hazards, parts):
            foreign = shapely.difference(mine, planar.grow(shape, LATTICE)).area
            if foreign > NOTHING:
                yield f"{foreign:.6f} m2 are ascribed to {h.id} outside it"


def no_overclaim(e, survey, truth):
    """Released ground is never more than the truth, two lattice steps aside. By level: what a better release lost
    across its boundary may show as a lesser one, never the other way round."""
    for piece in truth:
        for h, _ in piece.hazards:
            for n, layer in enumerate(LAYERS):
                levels = LAYERS[:n + 1]
                most = planar.union([piece.most[h.id, k] for k in levels])
                emitted = e.ground(piece.frame, h.id, levels)
                over = shapely.difference(emitted, planar.grow(most, LATTICE))
                if over.area > NOTHING:
                    yield f"{h.id}: {over.area:.6f} m2 too many are {' or '.join(levels)}, {where(piece, over)}"


def no_underclaim(e, survey, truth):
    """The truth minus the claim is at most 2 cm times the outline, and nothing deeper than 2 cm is missing."""
    for piece in truth:
        missing = 0.0
        for h, _ in piece.hazards:
            for n, layer in enumerate(LAYERS):
                levels = LAYERS[:n + 1]
                emitted = e.ground(piece.frame, h.id, levels)
                least = planar.shrink(planar.union([piece.least[h.id, k] for k in levels]), LATTICE)
                deep = shapely.difference(least, emitted)
                if deep.area > NOTHING:
                    yield f"{h.id}: {deep.area:.6f} m2 deeper than 2 cm are not {' or '.join(levels)}, " \
                          f"{where(piece, deep)}"
            most = planar.union([piece.most[h.id, k] for k in LAYERS])
            missing += shapely.difference(most, emitted).area
        edge = sum(s.length for _, s in piece.hazards)
        allowed = BUDGET * piece.claim_perimeter + LATTICE * (edge + piece.claim_perimeter) + NOTHING
        if missing > allowed:
            yield f"{missing:.4f} m2 of released ground are missing, more than {allowed:.4f} for the outline " \
                  f"({piece.hazards[0][0].id} and neighbours)"


def states(e, survey, truth):
    """Where both bounds of the truth say the same, the result says it too: the right owner, the right state."""
    for piece in truth:
        for h, _ in piece.hazards:
            for layer in ALL:
                agreed = shapely.intersection(piece.most[h.id, layer], piece.least[h.id, layer])
                lost = shapely.difference(planar.shrink(agreed, LATTICE), e.ground(piece.frame, h.id, (layer,)))
                if lost.area > NOTHING:
                    yield f"{h.id}: {lost.area:.6f} m2 should be {layer}, {where(piece, lost)}"


def by_whom(e, survey, truth):
    """Claimed ground lies on the ground of the activities that it names."""
    for piece in truth:
        mine = {h.id for h, _ in piece.hazards}
        for shape, p in zip(e.shapes, e.properties):
            if p.get("hazard_id") in mine and p.get("layer") in LAYERS:
                named = planar.union([piece.ground[i] for i in p.get("activity_ids") or [] if i in piece.ground])
                over = shapely.difference(piece.frame.to_metres(shape), planar.grow(named, LATTICE)).area
                if over > NOTHING:
                    yield f"{name(p)}: {over:.6f} m2 are not the work of {p.get('activity_ids')}"


def totals(e, survey, truth):
    shows = e.member.get("shows")
    if shows != ("assured" if e.assured else "nominal"):
        yield f"shows {shows}, asked for {'assured' if e.assured else 'nominal'}"
    accounts = e.member.get("ledger", {})
    t = {k.removesuffix("_m2"): v for k, v in accounts.get(shows, {}).items()}
    if not {"recorded", *ALL} <= t.keys():
        yield "the foreign member razmin has no ledger totals (recorded, remaining, cleared, reduced, cancelled)"
        return
    if abs(t["recorded"] - sum(t[k] for k in ALL)) > max(0.05, 1e-5 * t["recorded"]):
        yield f"recorded {t['recorded']} is not the sum of its states {[t[k] for k in ALL]}"
    for layer in ALL:
        said = sum(p.get("area_m2", 0) for p in e.properties if p.get("layer") == layer)
        if abs(said - t[layer]) > max(0.05, 1e-6 * said):
            yield f"{layer}: total {t[layer]}, its features sum to {said:.4f}"
    recorded = sum(planar.ellipsoidal_area(piece.frame.to_degrees(planar.union([s for _, s in piece.hazards])))
                   for piece in truth)
    if abs(recorded - t["recorded"]) > max(0.05, 1e-5 * recorded):
        yield f"recorded {t['recorded']}, the union of the recorded hazards measures {recorded:.4f}"


def other_programs(e, survey, truth):
    run = subprocess.run(["ogrinfo", "-al", "-so", "-ro", e.path], capture_output=True, text=True)
    if run.returncode or run.stderr.strip() or "Warning" in run.stdout:
        yield f"ogrinfo: {(run.stderr or run.stdout).strip()[:300]}"
    import geopandas
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            read = geopandas.read_file(e.path)
        except Exception as problem:  # any warning or error of GDAL is the finding
            yield f"geopandas: {problem}"
            return
    if len(read) != len(e.root["features"]):
        yield f"geopandas reads {len(read)} of {len(e.root['features'])} features"


def where(piece, wrong):
    part = max(planar.polygons(wrong), key=lambda g: g.area)
    p = piece.frame.to_degrees(part.representative_point())
    depth = shapely.maximum_inscribed_circle(part).length * 1000
    return f"{depth:.1f} mm deep, at {p.x:.8f} {p.y:.8f}"


CHECKS = {f.__name__.replace("_", "-"): f for f in (
    rfc7946, properties, areas, coverage, whole, no_overclaim, no_underclaim, states, by_whom, totals, other_programs)}


def run_all(emitted, survey, truth, only=None):
    """Name of each check (or of one of them) to the list of what it found wrong."""
    return {key: list(check(emitted, survey, truth)) for key, check in CHECKS.items() if only in (None, key)}

"""The checker checked: a result made from the truth must pass, and each damage to it must be seen by the check that
is there for it."""
import copy
import json
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import shapely
from pyproj import Transformer

import checks
import planar
import surveys
import truth

STEPS = 1e8  # per degree
# Together they have something for every damage.
SEEDS = (2, 5)


def result(survey, pieces, lost, assured=False):
    """What Razmin would emit if every claim lost so many metres: noded and snapped on the lattice."""
    grid = Transformer.from_crs("EPSG:4326", survey.grid, always_xy=True)
    shows = "assured" if assured else "nominal"
    features, totals = [], dict.fromkeys(("recorded",) + checks.ALL, 0.0)
    for piece in pieces:
        state = piece.at(lost)
        keys = [k for k, g in state.items() if not g.is_empty]
        shapes = shapely.transform([piece.frame.to_degrees(state[k]) for k in keys], lambda c: c * STEPS)
        faces = shapely.get_parts(shapely.polygonize(
            shapely.get_parts(shapely.union_all(shapely.boundary(shapes), grid_size=1.0))))
        tree, taken = shapely.STRtree(shapes), {}
        for face in faces:
            inside = tree.query(face.representative_point(), predicate="within")
            if len(inside):
                taken.setdefault(keys[inside[0]], []).append(face)
        for (hazard, layer), parts in taken.items():
            whole = planar.polygons(shapely.coverage_union_all(parts))
            whole = [shapely.orient_polygons(shapely.transform(p, lambda c: np.rint(c) / STEPS)) for p in whole]
            shape = shapely.MultiPolygon(whole)
            kind = next(h.kind for h, _ in piece.hazards if h.id == hazard)
            area = planar.ellipsoidal_area(shape)
            flat = shapely.transform(shape, lambda c: np.column_stack(grid.transform(c[:, 0], c[:, 1]))).area
            p = {"layer": layer, "hazard_id": hazard, "hazard_class": kind, "area_m2": round(area, 3),
                 "grid_area_m2": round(flat, 3), "grid": survey.grid}
            if layer != "remaining":
                by = [c for c in survey.claims if c.layer == layer and not piece.ground[c.id].is_empty]
                p |= {"activity_ids": [c.id for c in by], "assured_m2": None, "depth_cm": None,
                      "date": max(c.end for c in by).isoformat()}
            features.append({"type": "Feature", "properties": p, "geometry": json.loads(shapely.to_geojson(shape))})
            totals[layer] += area
            totals["recorded"] += area
    return {"type": "FeatureCollection", "razmin": {"shows": shows, "ledger": {shows: {k + "_m2": v for k, v in totals.items()}}},
            "features": features}


def claims(root):
    return [f for f in root["features"] if f["properties"]["layer"] != "remaining"]


def drop(root):
    del root["features"][0]


def area(root):
    root["features"][0]["properties"]["area_m2"] += 0.02


def grid_area(root):
    root["features"][0]["properties"]["grid_area_m2"] *= 1.001


def fill(root):
    """Fills a hole of claimed ground."""
    holed = [rings for f in claims(root) for rings in f["geometry"]["coordinates"] if len(rings) > 1]
    if not holed:
        return False
    holed[0].pop()


def nudge(root, way=1):
    """Moves one vertex of an edge between two features by one step of the lattice, in one of them: into the other."""
    owner = {}
    for n, f in enumerate(root["features"]):
        for rings in f["geometry"]["coordinates"]:
            for ring in rings:
                for vertex in ring:
                    owner.setdefault(tuple(vertex), set()).add(n)
    for f in root["features"]:
        for (ring, *_) in f["geometry"]["coordinates"]:
            for before, vertex, after in zip(ring, ring[1:], ring[2:]):
                common = owner[tuple(before)] & owner[tuple(vertex)] & owner[tuple(after)]
                # Square metres that a step to the east adds to the feature, nearly.
                gain = (before[1] - after[1]) * -0.5e-8 * 111_320**2 * np.cos(np.radians(vertex[1]))
                if len(common) == 2 and abs(gain) > 3 * checks.NOTHING:
                    vertex[0] = round(vertex[0] + np.copysign(1e-8, gain) * way, 8)
                    return
    return False


def slit(root):
    """The same, away from the other."""
    return nudge(root, -1)


def relayer(root):
    for f in claims(root):
        f["properties"]["layer"] = "cleared" if f["properties"]["layer"] != "cleared" else "reduced"


def release(root):
    """Calls remaining ground cancelled."""
    p = next(f["properties"] for f in root["features"] if f["properties"]["layer"] == "remaining")
    p |= {"layer": "cancelled", "activity_ids": ["A-001"], "assured_m2": None, "depth_cm": None, "date": "2022-01-01"}


def owner(root):
    ids = sorted({f["properties"]["hazard_id"] for f in root["features"]})
    if len(ids) < 2:
        return False
    for f in root["features"]:
        f["properties"]["hazard_id"] = ids[1 - min(1, ids.index(f["properties"]["hazard_id"]))]


def nobody(root):
    for f in claims(root):
        f["properties"]["activity_ids"] = f["properties"]["activity_ids"][:0]


def unnamed(root):
    del claims(root)[0]["properties"]["depth_cm"]


def total(root):
    root["razmin"]["ledger"]["nominal"]["cleared_m2"] += 1


def no_totals(root):
    del root["razmin"]


def other_show(root):
    root["razmin"]["shows"] = "assured"


def foreign_crs(root):
    root["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::999999"}}


def bow_tie(root):
    ring = root["features"][0]["geometry"]["coordinates"][0][0]
    for i in range(1, len(ring) - 2):
        ring[i], ring[i + 1] = ring[i + 1], ring[i]
        if not shapely.Polygon(ring).is_valid:
            return
        ring[i], ring[i + 1] = ring[i + 1], ring[i]
    return False


def clockwise(root):
    root["features"][0]["geometry"]["coordinates"][0][0].reverse()


def off_lattice(root):
    ring = root["features"][0]["geometry"]["coordinates"][0][0]
    ring[1][0] += 4e-9


# Each damage with the check that must see it.
DAMAGES = [(drop, "whole"), (area, "areas"), (grid_area, "areas"), (fill, "no-overclaim"), (fill, "coverage"),
           (nudge, "coverage"), (slit, "whole"), (relayer, "states"), (release, "no-overclaim"), (owner, "states"),
           (nobody, "by-whom"), (nobody, "properties"), (unnamed, "properties"), (total, "totals"),
           (no_totals, "totals"), (other_show, "totals"), (foreign_crs, "other-programs"), (bow_tie, "coverage"),
           (clockwise, "rfc7946"), (off_lattice, "rfc7946")]
# Metres that every claim loses, with the check that must see it; inside the budget none may complain.
LOSSES = [(0.0005, None), (0.01, None), (0.018, None), (-0.01, "no-overclaim"), (-0.005, "no-overclaim"),
          (0.04, "no-underclaim"), (0.028, "no-underclaim")]


def judge(root, survey, pieces, only=None, assured=False):
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "result.geojson"
        path.write_text(json.dumps(root))
        return {k: v for k, v in checks.run_all(checks.Emitted(path, assured), survey, pieces, only).items() if v}


def examine(seed):
    """Whether every check said what it should about one survey, and which damages could be tried on it."""
    good, seen = True, set()

    def expect(words, check, wrong):
        nonlocal good
        fine = check in wrong if check else not wrong
        good &= fine
        if check:
            seen.add(words)
        print(f"{'ok  ' if fine else 'FAIL'} seed {seed}, {words}: {', '.join(wrong) or 'nothing wrong'}", flush=True)
        if not fine:
            for k, v in wrong.items():
                print(f"     {k}: {v[0]}")

    with tempfile.TemporaryDirectory() as folder:
        surveys.write(seed, folder)
        survey = truth.Survey(folder)
        for assured in (False, True):
            pieces = list(truth.pieces(survey, assured=assured))
            released = any(not p.most[h.id, k].is_empty for p in pieces for h, _ in p.hazards for k in truth.LAYERS)
            for lost, check in LOSSES:
                if released or not check:
                    expect(f"{'assured, ' * assured}claims less {lost * 1000:.1f} mm", check,
                           judge(result(survey, pieces, lost, assured), survey, pieces, assured=assured))
        pieces = list(truth.pieces(survey))
        sound = result(survey, pieces, 0.01)
        for damage, check in DAMAGES:
            root = copy.deepcopy(sound)
            if damage(root) is not False:
                expect(f"{damage.__name__} to {check}", check, judge(root, survey, pieces, check))
    return good, seen


def run(seeds=SEEDS):
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(examine, seeds))
    unseen = {f"{d.__name__} to {c}" for d, c in DAMAGES} - set().union(*(seen for _, seen in results))
    if unseen:
        print(f"FAIL never tried: {', '.join(sorted(unseen))}")
    return all(good for good, _ in results) and not unseen

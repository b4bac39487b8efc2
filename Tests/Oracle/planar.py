"""Metric frames and the few planar operations that the oracle needs, on shapely."""
import math

import numpy as np
import shapely
from pyproj import Geod, Transformer

GEOD = Geod(ellps="WGS84")
# Chords of the oracle's own circles stay this close to the circle, in metres.
CIRCLE = 5e-5
# An edge straight in longitude and latitude, cut at this many degrees, is straight in a local frame to 0.1 mm.
EDGE_DEGREES = 50 / 111_320


class Frame:
    """Transverse Mercator centred on a piece; a metre is a metre to 1e-7 within 2 km, to 1e-4 within 90 km."""

    def __init__(self, geometry):
        x = shapely.get_coordinates(geometry)
        turn = np.exp(1j * np.radians(x[:, 0])).mean()  # a mean that does not break at the antimeridian
        lon, lat = float(np.degrees(np.angle(turn))), float(x[:, 1].min() + x[:, 1].max()) / 2
        there = f"+proj=tmerc +lat_0={lat!r} +lon_0={lon!r} +k=1 +ellps=WGS84 +units=m"
        self._there = Transformer.from_crs("EPSG:4326", there, always_xy=True)

    def points(self, lon, lat):
        return np.column_stack(self._there.transform(np.asarray(lon, float), np.asarray(lat, float)))

    def to_metres(self, geometry):
        cut = shapely.segmentize(geometry, EDGE_DEGREES)
        return shapely.transform(cut, lambda c: self.points(c[:, 0], c[:, 1]))

    def to_degrees(self, geometry):
        return shapely.transform(
            geometry, lambda c: np.column_stack(self._there.transform(c[:, 0], c[:, 1], direction="INVERSE")))


def polygons(geometry):
    """The polygons of a geometry, without the points and lines that overlays leave."""
    parts = shapely.get_parts(shapely.get_parts(np.atleast_1d(geometry)))
    return parts[shapely.get_type_id(parts) == 3]


def union(geometries):
    parts = polygons(np.array([g for g in geometries if g is not None and not g.is_empty], object)) \
        if len(geometries) else []
    return shapely.union_all(parts) if len(parts) else shapely.Polygon()


def segments_of_quadrant(radius, least=64):
    return max(least, math.ceil(math.pi / 4 / math.sqrt(2 * CIRCLE / radius))) if radius > 0 else least


def disc(x, y, radius):
    return shapely.buffer(shapely.Point(x, y), radius, quad_segs=segments_of_quadrant(radius))


def capsules(starts, ends, radii):
    """The union of one round-ended strip per step. Each is buffered alone: GEOS simplifies only what has a vertex."""
    strips = []
    for radius in np.unique(radii):
        here = radii == radius
        a, b = starts[here], ends[here]
        same = np.all(a == b, axis=1)
        shapes = np.concatenate([
            shapely.points(a[same]), shapely.linestrings(np.stack((a[~same], b[~same]), axis=1))])
        strips.append(shapely.buffer(shapes, radius, quad_segs=segments_of_quadrant(radius)))
    strips = np.concatenate(strips) if strips else np.array([], object)
    groups = [shapely.union_all(strips[i:i + 40]) for i in range(0, len(strips), 40)]
    return union(groups)


def faces(ring):
    return shapely.get_parts(shapely.polygonize([shapely.union_all(shapely.LineString(ring))]))


def even_odd(ring):
    """What an even-odd fill of a closed ring of coordinates covers."""
    ring = np.asarray(ring, float)
    kept = []
    for face in faces(ring):
        p = face.representative_point()
        (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
        across = (y0 > p.y) != (y1 > p.y)
        with np.errstate(divide="ignore", invalid="ignore"):
            at = x0 + (p.y - y0) / (y1 - y0) * (x1 - x0)
        if np.count_nonzero(across & (at > p.x)) % 2:
            kept.append(face)
    return union(kept)


def enclosed(ring):
    """Everything that a closed ring encloses, crossings or not."""
    return union(list(faces(np.asarray(ring, float))))


def from_rings(rings, outwards):
    """A polygon of GeoJSON; repaired outwards (a hazard) or inwards (a claim) where its rings cross themselves."""
    plain = shapely.Polygon(rings[0], rings[1:])
    if plain.is_valid:
        return plain
    outer, hole = (enclosed, even_odd) if outwards else (even_odd, enclosed)
    return shapely.difference(outer(rings[0]), union([hole(r) for r in rings[1:]]))


def shrink(geometry, metres):
    return shapely.buffer(geometry, -metres, quad_segs=segments_of_quadrant(abs(metres), 8))


def grow(geometry, metres):
    return shapely.buffer(geometry, metres, quad_segs=segments_of_quadrant(abs(metres), 8))


def ellipsoidal_area(geometry):
    """Square metres, geodesic edges, of what has degrees for coordinates."""
    return sum(abs(GEOD.geometry_area_perimeter(p)[0]) for p in shapely.orient_polygons(polygons(geometry)))

"""Job A: GPX to GeoJSON tracks. Job B: NMEA (GGA, RMC and GST each second) to GeoJSON, as tracks and as points."""
import data
from table import cpu, mebibytes

ABOUT = {
    "A": """A log of GPX to GeoJSON tracks. The peer writes as many positions as razmin writes, and the spikes that
    razmin counts and leaves out: exactly; and the medians of both are the same place to 1e-4 degree.""",
    "B": """A log of NMEA to GeoJSON, tracks and (`--points`) points with time, quality and sigma: the same counts.
    polars verifies no checksum, and its track is one line without breaks.""",
}
# Degrees between the medians of all positions: spikes that are left out move them by centimetres, 1e-7.
MIDDLE = 1e-4


def check(session, ours, theirs):
    def compare():
        a, b = session.answers("positions", ours), session.answers("positions", theirs)
        near = all(abs(x - y) < MIDDLE for x, y in zip(a["middle"], b["middle"]))
        agree = a["fixes"] == b["positions"] == a["positions"] + a["left_out"] and near
        return agree, f"fixes {a['fixes']} / {b['positions']}, of ours {a['left_out']} spikes"
    return compare


def gpx(session, size):
    log = data.log(session, size, "gpx")
    ours, theirs = session.fresh("tracks.geojson"), session.scratch / "peer-tracks.geojson"
    limits = (mebibytes(64),) if size in "ML" else ()
    for name, command, targets in (
            ("ogr2ogr", ["sh", "-c", 'rm -f "$1"; exec ogr2ogr -f GeoJSON "$1" "$2" tracks', "sh",
                         str(theirs), str(log)], (cpu(8),)),
            ("regular expressions in Python", session.peer("peer_import.py", "expressions", log, theirs), (cpu(8),)),
            ("pyogrio, arrow", session.peer("peer_import.py", "pyogrio", log, theirs), ())):
        session.row(size, "A tracks of GPX", [session.razmin, "import", str(log), "-o", str(ours)], name, command,
                    targets + limits if size in "ML" else (), check(session, ours, theirs))


def nmea(session, size):
    log = data.log(session, size, "nmea")
    ours, theirs = session.fresh("tracks.geojson"), session.scratch / "peer-tracks.geojson"
    limits = (mebibytes(64),) if size in "ML" else ()
    for job, more, name, command, target in (
            ("tracks", [], "polars", session.peer("peer_nmea.py", "tracks", log, theirs), cpu(3)),
            ("tracks", [], "gpsbabel",
             ["gpsbabel", "-i", "nmea", "-f", str(log), "-o", "geojson", "-F", str(theirs)], cpu(50)),
            ("points", ["--points"], "polars", session.peer("peer_nmea.py", "points", log, theirs), cpu(3))):
        session.row(size, f"B {job} of NMEA", [session.razmin, "import", *more, str(log), "-o", str(ours)], name,
                    command, (target, *limits) if size in "ML" else (), check(session, ours, theirs))

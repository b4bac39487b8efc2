"""Job D: tracks to swaths to what remains, what that weighs and how it grows. Job W: the same of one walked hazard."""
import statistics

import data
import table
from measure import Failed, run
from postgis import Cluster
from session import HERE
from table import cpu, memory, wall

ABOUT = {
    "D": """A survey folder (tracks, swaths of 1 m, cells, overlapping hazards) to what remains, with geodesic areas.
    Each hazard's remaining area is the peer's within what razmin promises: a claim may lose 2 cm along its outline and
    never be larger; the peers' swaths are 4.4e-4 too small. Ground that finds opened again is compared with nothing,
    since the peers know no finds. geopandas reads the same GPX; PostGIS and DuckDB read the CSV twins of the logs,
    SpatiaLite ready lines and cells in a database of its own, which is less work. PostGIS runs in a private cluster
    that is up before the clock starts; its CPU and memory are those of client and server together. Vertices are of
    what remains: the peer's result as it comes, and again with its swaths inset and simplified within the same 2
    cm.""",
    "W": "D for one hazard of 350 000 RTK fixes.",
}


def check(session, ours, theirs, *hazards):
    def compare():
        found = session.answers("remaining", ours, theirs, *hazards)
        words = "m² {ours_m2:.0f} / {theirs_m2:.0f} in {hazards} hazards, at most {share:.0f} % of the 2 cm used, " \
            "{reopened_m2:.0f} m² reopened"
        return found["agree"], words.format(share=100 * found["budget_used"], **found)
    return compare


def ours(session, folder):
    result = session.fresh("remaining.geojson")
    return [session.razmin, "remaining", str(folder), "-o", str(result)], result


def geopandas(session, size, job, folder, targets):
    mine, result = ours(session, folder)
    theirs = session.fresh("peer-remaining.geojson")
    for how, kind in (("threads", {}), ("processes", {"several": True})):
        session.row(size, job, mine, f"geopandas, 2 {how}{' Σ' if kind else ''}",
                    session.peer("peer_remaining.py", how, folder, theirs), targets, check(session, result, theirs),
                    **kind)
    return result, theirs


def remaining(session, size):
    job = "D remaining"
    folder = data.survey(session, size)
    targets = {"S": (), "M": (cpu(8), wall(8)), "L": (cpu(8), wall(8), memory(10))}[size]
    vertices(session, size, folder, *geopandas(session, size, job, folder, targets))
    mine, result = ours(session, folder)
    if size in "SM":
        theirs = session.fresh("peer-spatialite.geojson")
        ready = data.made(session, f"{size}-spatialite", f"{data.SEED} {data.SIZES[size]}",
                          lambda into: run(session.peer("ready_lines.py", folder, into / "ready.sqlite")))
        session.row(size, job, mine, "SpatiaLite",
                    ["sh", str(HERE / "peer_spatialite.sh"), str(ready / "ready.sqlite"), str(theirs)],
                    (cpu(3),) if size == "S" else (), check(session, result, theirs))
    if size == "M":
        theirs = session.fresh("peer-duckdb.geojson")
        session.row(size, job, mine, "DuckDB spatial, 2 threads", session.peer("peer_duckdb.py", folder, theirs), (),
                    check(session, result, theirs))
        theirs = session.fresh("peer-postgis.geojson")
        try:
            with Cluster() as cluster:
                session.row(size, job, mine, "PostGIS, 2 workers Σ",
                            session.peer("peer_postgis.py", cluster.socket, folder, theirs), (),
                            check(session, result, theirs), server=cluster.process)
        except OSError as failure:
            session.fail(size, job, "PostGIS", failure)
    grown(session, job)


def walked(session, size):
    if size == "M":
        geopandas(session, "W", "W remaining, one walked hazard", data.walked(session), (cpu(10), memory(4)))


def vertices(session, size, folder, result, theirs):
    """Rows for the vertices of both; the simplified result only to M, where it takes minutes."""
    peers = [("geopandas, as it comes", theirs)]
    if size in "SM":
        simple = session.fresh("peer-simplified.geojson")
        try:
            run(session.peer("peer_remaining.py", "simplified", folder, simple), errors=session.scratch / "peer.err")
        except Failed as failure:
            session.fail(size, "D vertices", "geopandas", failure)
        peers.append(("geopandas, to the 2 cm", simple))
    for name, path in peers:
        if not path.exists() or not result.exists():
            session.fail(size, "D vertices", name, "there is no result to count in")
            continue
        found = session.answers("remaining", result, path)
        a, b = found["ours_vertices"], found["theirs_vertices"]
        verdict = f"vertices 1/4: {table.reached(4 * a <= b)}" if size in "ML" else ""
        session.say(table.single(size, "D vertices of what remains", name, f"{a} / {b} = **{a / b:.3g}**", verdict))


def grown(session, job):
    """Once M and L have been run: what ten times the survey cost, and whether memory followed the largest hazard only."""
    if not all((job, size) in session.ours for size in "ML"):
        return
    median = lambda size, field: statistics.median(getattr(cost, field) for cost in session.ours[job, size])
    more = median("L", "cpu") / median("M", "cpu")
    session.say(table.single("M to L", "D growth of CPU", "itself", f"**{more:.3g}** times",
                             f"CPU ≤ 11 times: {table.reached(more <= 11)}"))
    largest = [data.largest_hazard(session, size) for size in "ML"]
    a, b = median("M", "mib"), median("L", "mib")
    bound = a * max(1, largest[1] / largest[0]) + 16
    session.say(table.single("M to L", "D growth of memory", "itself", f"{a:.3g} to {b:.3g} MiB",
                             f"≤ {bound:.3g} MiB: {table.reached(b <= bound)}",
                             f"M times the growth of the largest hazard, {largest[0]} to {largest[1]} fixes, and 16 MiB"))

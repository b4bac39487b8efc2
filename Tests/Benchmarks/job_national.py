"""Job E: a country's hazards against its released polygons. And the start of the program."""
import data
from job_remaining import check
from measure import Failed, run
from session import figures
from table import cpu, memory, reached, single

ABOUT = {
    "E": """Hazards against released polygons all over a country, to what remains. The peer does not see that hazards
    overlap each other: that is less work, and answers are compared hazard by hazard, as in D, where no other hazard
    touches. razmin is told the operation, since no one covers ground so wide; the areas compared do not rest on it.""",
    "start": "`razmin --help` beside `gpsbabel -h`, 20 times each by turns.",
}


def national(session, size):
    folder = data.national(session, size)
    ours, theirs = session.fresh("national.geojson"), session.fresh("peer-national.geojson")
    mine = [session.razmin, "remaining", str(folder), "--operation", "EPSG:9495", "-o", str(ours)]
    for how in ("1 thread", "2 threads"):
        session.row(size, "E national", mine, f"shapely STRtree, {how}",
                    session.peer("peer_national.py", how[0], folder, theirs),
                    (cpu(4), memory(4)) if size == "L" else (),
                    check(session, ours, theirs, folder / "hazards.geojson"))


def start(session, size):
    if size != "S":
        return
    try:
        pairs = [(run([session.razmin, "--help"]), run(["gpsbabel", "-h"])) for _ in range(20)]
    except Failed as failure:
        session.fail("", "start", "gpsbabel", failure)
        return
    a, b, ratio = figures(pairs)["wall"]
    session.say(single("", "start (wall, ms)", "gpsbabel", f"{1000 * a:.3g} / {1000 * b:.3g} = **{ratio:.3g}**",
                       f"no more, or under 15 ms: {reached(ratio <= 1 or a < 0.015)}"))

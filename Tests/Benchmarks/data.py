"""The files that the jobs read, made once into bench-data/."""
import math
import random
import shutil

from measure import run

SEED = 20260401
SIZES = {"S": (1, 5_000), "M": (50, 500_000), "L": (500, 5_000_000)}
NATIONAL = {"S": 1_000, "M": 10_000, "L": 100_000}
POINTS = {"S": 50_000, "M": 5_000_000}


def made(session, name, plan, make):
    """A folder of bench-data, made by `make(folder)` unless it is there by the same plan."""
    folder = session.data / name
    mark = folder / "made-by"
    if not mark.exists() or mark.read_text() != plan:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        make(folder)
        mark.write_text(plan)
    return folder


def simulated(session, name, *plan):
    command = [session.razmin, "simulate", *plan, "--seed", str(SEED)]
    return made(session, name, " ".join(command[1:]), lambda folder: run([*command, "--out", str(folder / "survey")])) \
        / "survey"


def survey(session, size):
    hazards, fixes = SIZES[size]
    return simulated(session, size, "--hazards", str(hazards), "--fixes", str(fixes), "--noise", "mixed")


def walked(session):
    return simulated(session, "W", "--hazards", "1", "--fixes", "350000", "--noise", "rtk")


def national(session, size):
    return simulated(session, f"national-{size}", "--hazards", str(NATIONAL[size]), "--national")


def log(session, size, kind):
    """All logs of a survey in one file, of the kind gpx or nmea."""
    logs = survey(session, size) / "logs"
    whole = f"whole.{kind}"
    join = {"gpx": join_gpx, "nmea": join_nmea}[kind]
    return made(session, f"{size}-{kind}", f"{SEED} {SIZES[size]}",
                lambda folder: join(sorted(logs.glob(f"*.{kind}")), folder / whole)) / whole


def join_nmea(sources, out):
    """By day, then hazard: a log whose time runs backwards is no log. Two teams of one day still overlap in it."""
    with open(out, "wb") as whole:
        for source in sorted(sources, key=lambda path: (path.stem.split("-", 1)[1], path.stem)):
            with open(source, "rb") as part:
                shutil.copyfileobj(part, whole)


def join_gpx(sources, out):
    """One GPX of the tracks of many, in little memory (a child begins with its parent's peak)."""
    with open(out, "wb") as whole:
        whole.write(b'<?xml version="1.0" encoding="UTF-8"?>\n'
                    b'<gpx version="1.1" creator="bench" xmlns="http://www.topografix.com/GPX/1/1">\n')
        for source in sources:
            inside = False
            for line in open(source, "rb"):
                inside |= b"<trk>" in line
                if inside:
                    whole.write(line)
                if b"</trk>" in line:
                    inside = False
        whole.write(b"</gpx>\n")


def points(session, size):
    """A folder with points.csv (lon,lat) and points.txt (the same for cs2cs and cct)."""
    return made(session, f"points-{size}", f"walks in Serbia {SEED} {POINTS[size]}",
                lambda folder: walks(folder, POINTS[size]))


def walks(folder, count):
    """Walks of 10 000 steps of about 0.4 m, each from anywhere between 20 and 21.3 E, 43.5 and 45 N (Serbia)."""
    chance = random.Random(SEED)
    with open(folder / "points.csv", "w") as table, open(folder / "points.txt", "w") as text:
        table.write("lon,lat\n")
        for number in range(count):
            if number % 10_000 == 0:
                lon, lat, heading = chance.uniform(20, 21.3), chance.uniform(43.5, 45), chance.uniform(0, 2 * math.pi)
            heading += chance.uniform(-0.1, 0.1)
            lat += 3.6e-6 * math.cos(heading)
            lon += 5.0e-6 * math.sin(heading)
            table.write(f"{lon:.9f},{lat:.9f}\n")
            text.write(f"{lon:.9f} {lat:.9f}\n")


def largest_hazard(session, size):
    """Fixes of the hazard with most of them: its logs are H00012-2026-03-02.csv and so on."""
    fixes = {}
    for path in (survey(session, size) / "logs").glob("*.csv"):
        with open(path, "rb") as log:
            hazard = path.name.split("-")[0]
            fixes[hazard] = fixes.get(hazard, 0) + sum(1 for _ in log) - 1
    return max(fixes.values())

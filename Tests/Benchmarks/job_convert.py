"""Job C: points of a table, WGS 84 to UTM zone 34N and to MGI 1901 zone 7."""
import data
from table import cpu, mebibytes

ABOUT = {
    "C": """Points of a table (CSV to CSV, three decimals of a metre) to UTM zone 34N, and to MGI 1901 zone 7 by
    EPSG:9495: every point of the peer within 2 mm of razmin's. razmin keeps the columns of the input beside the new
    ones, the peers write the new ones only; cs2cs reads and writes columns with blanks.""",
}

UTM = "+proj=utm +zone=34"
MGI = "+proj=tmerc +lat_0=0 +lon_0=21 +k=0.9999 +x_0=7500000 +y_0=0 +ellps=bessel"
# EPSG:9495 by its seven parameters; cs2cs knows the other sign of the rotations.
SHIFT = "+x=577.84843 +y=165.45019 +z=390.43652 +rx=-4.93131 +ry=0.96052 +rz=13.05072 +s=7.86546"
TOWGS84 = "+towgs84=577.84843,165.45019,390.43652,4.93131,-0.96052,-13.05072,7.86546"
RADIANS = "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad"

GRIDS = {  # name: razmin's words, pyproj's pipeline, the target of cs2cs
    "UTM 34N": ("--to EPSG:32634", f"{RADIANS} +step {UTM} +ellps=WGS84", f"{UTM} +datum=WGS84"),
    "MGI zone 7": ("--to EPSG:6316 --operation EPSG:9495", 
                   f"{RADIANS} +step +proj=push +v_3 +step +proj=cart +ellps=GRS80 +step +inv +proj=helmert {SHIFT} "
                   "+convention=coordinate_frame +step +inv +proj=cart +ellps=bessel +step +proj=pop +v_3 "
                   f"+step {MGI}", f"{MGI} {TOWGS84}"),
}


def convert(session, size):
    if size not in data.POINTS:
        return  # L is M: five million
    folder = data.points(session, size)
    ours, theirs, plain = (session.fresh(f"points-{name}") for name in ("razmin.csv", "peer.csv", "peer.txt"))

    def check(result):
        def compare():
            found = session.answers("apart", ours, result)
            return found["ours"] == found["theirs"] and found["apart_m"] <= 0.002, \
                f"points {found['ours']} / {found['theirs']}, {1000 * found['apart_m']:.1f} mm apart"
        return compare

    for grid, (words, pipeline, target) in GRIDS.items():
        mine = ["sh", "-c", 'exec "$1" convert --from EPSG:4326 $2 --columns lon,lat --input "$3" >"$4"', "sh",
                session.razmin, words, str(folder / "points.csv"), str(ours)]
        for name, command, result, of in (
                ("pyproj and polars", session.peer("peer_convert.py", pipeline, folder / "points.csv", theirs),
                 theirs, 2),
                ("cs2cs", ["sh", "-c", f'exec cs2cs -f %.3f +proj=longlat +datum=WGS84 +to {target} "$1" >"$2"', "sh",
                           str(folder / "points.txt"), str(plain)], plain, 10)):
            session.row(size, f"C to {grid}", mine, name, command,
                        (cpu(of), mebibytes(64)) if size == "M" else (), check(result))

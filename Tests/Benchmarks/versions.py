"""What ran: the machine, razmin, and the peers, with the GEOS and PROJ of each."""
import os
import platform
import re
import subprocess
import sys

WHEELS = """
import shapely, pyogrio, geopandas, pyproj, polars, numpy
print(f"- Python {sys.version.split()[0]}: shapely {shapely.__version__} with GEOS {shapely.geos_version_string}, "
      f"geopandas {geopandas.__version__}, pyogrio {pyogrio.__version__} with GDAL {pyogrio.__gdal_version_string__}, "
      f"pyproj {pyproj.__version__} with PROJ {pyproj.proj_version_str}, polars {polars.__version__}, "
      f"numpy {numpy.__version__}")
"""
DUCKDB = """
import duckdb, peer_duckdb
database = duckdb.connect()
peer_duckdb.extension(database)
proj, = database.execute("select duckdb_proj_version()").fetchone()
print(f"- DuckDB {duckdb.__version__} with its spatial extension (its own GEOS; PROJ {proj})")
"""
POSTGIS = """
import postgis
with postgis.Cluster() as cluster:
    print("- PostgreSQL " + cluster.sql("show server_version") + ", " + cluster.sql("select postgis_full_version()"))
"""
SPATIALITE = "select 'SpatiaLite ' || spatialite_version() || ' with GEOS ' || geos_version() || ', PROJ ' || " \
    "proj_version()"


def said(*command):
    """The first line that a command prints, or that it is not installed."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    except (OSError, subprocess.TimeoutExpired):
        return f"{command[0]}: not installed"
    lines = (done.stdout.strip() or done.stderr.strip()).splitlines()
    return lines[0 if done.returncode == 0 else -1].strip() if lines else f"{command[0]}: said nothing"


def python(script):
    here = os.path.dirname(os.path.abspath(__file__))
    return said(sys.executable, "-c", f"import sys; sys.path.insert(0, {here!r})\n{script}")


def processor():
    with open("/proc/cpuinfo") as file:
        found = re.search(r"^model name\s*:\s*(.*)$", file.read(), re.MULTILINE)
    return found[1] if found else platform.machine()


def linked(razmin):
    """The GEOS and PROJ that razmin loads, by the versions in the names of the files."""
    libraries = subprocess.run(["ldd", razmin], capture_output=True, text=True).stdout
    paths = re.findall(r"=> (/\S*lib(?:geos|proj)\S*)", libraries)
    return ", ".join(sorted(os.path.basename(os.path.realpath(path)) for path in paths)) or "its own libraries"


def peers():
    return [
        python(WHEELS),
        f"- {said('ogr2ogr', '--version').split(',')[0]}; {said('gpsbabel', '-V')}; "
        f"cs2cs of PROJ {said('cs2cs').split(',')[0]}",
        f"- {said('spatialite', '-silent', '-noheader', ':memory:', SPATIALITE)}",
        python(DUCKDB),
        python(POSTGIS)]


def all_of_them(razmin):
    return "\n".join([
        f"- {os.cpu_count()} processors, {processor()}; Linux {platform.release()}, "
        f"{platform.freedesktop_os_release().get('PRETTY_NAME', '')}",
        f"- razmin {said(razmin, '--version')} with {linked(razmin)}", *peers()])


if __name__ == "__main__":
    print("\n".join(peers()))

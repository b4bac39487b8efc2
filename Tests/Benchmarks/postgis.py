"""A private PostgreSQL cluster with PostGIS, in a temporary folder, on a unix socket only; gone afterwards.

PostgreSQL refuses to run as root: then it runs as the user postgres, whom Debian's package makes."""
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

# What is meant for a batch on a machine of one's own: memory, two workers, and no waiting for the disk.
SETTINGS = {
    "listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off",
    "jit": "off", "max_wal_size": "4GB", "shared_buffers": "512MB", "work_mem": "128MB",
    "max_parallel_workers_per_gather": "2", "max_parallel_workers": "2", "parallel_setup_cost": "0",
    "parallel_tuple_cost": "0", "min_parallel_table_scan_size": "0",
}


def binaries():
    """Debian keeps the server's programs apart by version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    if not (on_path := shutil.which("initdb")):
        raise FileNotFoundError("PostgreSQL: not installed")
    return Path(on_path).parent


class Cluster:
    """`with Cluster() as cluster`: `cluster.socket` is the folder of the socket, `cluster.process` the server's id."""

    def __enter__(self):
        programs = binaries()
        user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        self.folder = Path(tempfile.mkdtemp(prefix="bench-postgis-"))
        try:
            if user:
                shutil.chown(self.folder, "postgres", "postgres")
            self.folder.chmod(0o711 if user else 0o700)  # root's client must reach the socket
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "cwd": "/"} | user
            subprocess.run([programs / "initdb", "--pgdata", self.folder / "data", "--username=bench", "--auth=trust",
                            "--encoding=UTF8", "--locale=C", "--no-sync"], check=True, **quiet)
            options = [part for key, value in SETTINGS.items() for part in ("-c", f"{key}={value}")]
            self.log = open(self.folder / "server.log", "wb")
            self.server = subprocess.Popen([programs / "postgres", "-D", self.folder / "data", "-k", self.folder,
                                            *options], **quiet | {"stderr": self.log})
            self.socket, self.process = str(self.folder), self.server.pid
            self.wait()
            self.sql("create database bench", "postgres")
            self.sql("create extension postgis")
        except (OSError, subprocess.CalledProcessError) as failure:
            self.__exit__()
            said = getattr(failure, "stderr", None)
            raise OSError(f"PostGIS is not installed, or does not start: {said.decode(errors='replace').strip() if said else failure}") from failure
        return self

    def wait(self):
        for _ in range(200):
            if self.server.poll() is not None:
                raise OSError((self.folder / "server.log").read_text()[-500:])
            if (self.folder / ".s.PGSQL.5432").exists() and (self.folder / "data" / "postmaster.pid").exists():
                try:
                    return self.sql("select 1", "postgres")
                except subprocess.CalledProcessError:
                    pass  # still starting
            time.sleep(0.1)
        raise OSError("the server did not start in 20 s")

    def sql(self, statement, database="bench"):
        return subprocess.run(["psql", "-qAtX", "-h", self.folder, "-U", "bench", "-d", database, "-c", statement],
                              check=True, capture_output=True).stdout.decode().strip()

    def __exit__(self, *_):
        if server := getattr(self, "server", None):
            server.terminate()  # a smart shutdown
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.send_signal(3)  # an immediate one
                server.wait()
        if log := getattr(self, "log", None):
            log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

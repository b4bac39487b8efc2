#!/usr/bin/env python3
"""Logs of a gigabyte through razmin: what they cost, and whether the bar moves.

  large.py --razmin PATH [--mebibytes 1024] [--page docs/large-files.md]

Writes a GPX and an NMEA log of that size (the same walk up and down lanes, by turns of a little noise from a fixed seed),
and one in a thousand of it, runs `inspect` and `import` on each, once on a terminal of its own, and writes the page.
Exit status 1 where the fixes read are not those written, where the big log takes over 16 MiB more than the small one, or
where no bar was shown.
"""
import argparse
import json
import os
import pty
import random
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import measure

START = datetime(2026, 5, 4, 5, 0, tzinfo=timezone.utc)
SLACK = 16  # MiB


def walk():
    """Longitude, latitude and time, a second apart: lanes of 100 m, half a metre to the next, at 0.5 m/s."""
    noise = random.Random(20260504)
    second = 0
    lane, step, upwards = 0, 0, True
    while True:
        y = step if upwards else 200 - step
        lat = 43.33 + (y * 0.5 + noise.gauss(0, 0.01)) / 111_100
        lon = 21.87 + (lane % 4000 * 0.5 + noise.gauss(0, 0.01)) / 81_100
        yield lon, lat, START + timedelta(seconds=second)
        second += 1
        step += 1
        if step > 200:
            lane, step, upwards = lane + 1, 0, not upwards


def gpx(path, size):
    count = 0
    with open(path, "w") as out:
        written = out.write('<?xml version="1.0"?>\n<gpx version="1.1" creator="large.py" '
                            'xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>\n')
        for lon, lat, when in walk():
            written += out.write(f'<trkpt lat="{lat:.9f}" lon="{lon:.9f}"><ele>196.3</ele>'
                                 f'<time>{when:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>\n')
            count += 1
            if written >= size:
                break
        out.write("</trkseg></trk></gpx>\n")
    return count


def sentence(body):
    check = 0
    for character in body.encode():
        check ^= character
    return f"${body}*{check:02X}\r\n"


def degrees(value, width):
    whole = int(value)
    return f"{whole:0{width}d}{(value - whole) * 60:010.7f}"


def nmea(path, size):
    count = 0
    with open(path, "w", newline="") as out:
        written = 0
        for lon, lat, when in walk():
            place = f"{degrees(lat, 2)},N,{degrees(lon, 3)},E"
            clock = f"{when:%H%M%S}.00"
            written += out.write(
                sentence(f"GNGGA,{clock},{place},4,18,0.6,196.3,M,43.0,M,1.0,0001")
                + sentence(f"GNGST,{clock},0.02,0.012,0.010,45.0,0.012,0.010,0.02")
                + sentence(f"GNRMC,{clock},A,{place},0.97,0.0,{when:%d%m%y},,,R"))
            count += 1
            if written >= size:
                break
    return count


def bar(command):
    """Whether a program on a terminal shows a bar that moves."""
    master, slave = pty.openpty()
    with open(os.devnull, "w") as nowhere:
        child = subprocess.Popen(command, stdout=nowhere, stderr=slave)
    os.close(slave)
    shown = b""
    while True:
        try:
            block = os.read(master, 65536)
        except OSError:
            break
        if not block:
            break
        shown += block
    child.wait()
    os.close(master)
    return len({part for part in shown.split(b"\r") if b"%" in part}) >= 3


def fixes(razmin, path):
    said = json.loads(subprocess.run([razmin, "inspect", "--json", path], capture_output=True).stdout)
    return (said[0] if isinstance(said, list) else said)["fixes"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--razmin", required=True)
    parser.add_argument("--mebibytes", type=int, default=1024)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--folder", type=Path, default=Path(".build-bench/large"))
    o = parser.parse_args()
    o.folder.mkdir(parents=True, exist_ok=True)
    size, rows, failed = o.mebibytes << 20, [], False
    for kind, write in (("gpx", gpx), ("nmea", nmea)):
        small, big = str(o.folder / f"small.{kind}"), str(o.folder / f"big.{kind}")
        write(small, size // 1000)
        count = write(big, size)
        if (read := fixes(o.razmin, big)) != count:
            failed = True
            print(f"{big}: {read} fixes read, {count} written", file=sys.stderr)
        for command in (["inspect"], ["import"]):
            costs = [measure.run([o.razmin, *command, path], allowed=(0, 2)) for path in (small, big)]
            growth = costs[1].mib - costs[0].mib
            failed |= growth > SLACK
            rows.append(f"| {kind} | {os.path.getsize(big) / 2**20:.0f} MiB, {count} fixes | {command[0]} "
                        f"| {costs[1].cpu:.1f} | {costs[0].mib:.1f} | {costs[1].mib:.1f} |")
            print(rows[-1], flush=True)
        if not bar([o.razmin, "inspect", big]):
            failed = True
            print(f"{big}: no bar moved on the terminal", file=sys.stderr)
        os.remove(big)
    if o.page and not failed:
        o.page.write_text(
            "# Large logs\n\nWritten by `make bench-large`: logs of a gigabyte, and one in a thousand of it, each by a whole "
            "process. Peak memory must not grow by\nmore than 16 MiB from the one to the other, every fix written must be read, "
            "and on a terminal a bar must move.\n\n"
            "| log | size | command | CPU s | peak MiB, 1/1000 | peak MiB |\n|---|---|---|---|---|---|\n"
            + "\n".join(rows) + "\n")
    sys.exit(failed)


if __name__ == "__main__":
    main()

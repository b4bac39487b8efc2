#!/usr/bin/env python3
"""Razmin beside what a user would run instead, on the same files, in one run; writes the table of docs/performance.md.

  bench.py --razmin PATH [--jobs A,B,C,D,W,E,start] [--sizes S,M,L] [--pairs N] [--data DIR] [--out docs/performance.md]

Whole processes by wait4, razmin and peer by turns (A B A B), ratios pair by pair, medians, targets beside them. Exit
status 1 where answers disagree, or a peer fails or is missing; the other rows are made all the same. Rows go to standard
output as they come, and the page is written when all are there: not where only some jobs were asked for, unless --out
says where.
"""
import argparse
import sys
import tempfile
from pathlib import Path

import data
import job_convert
import job_national
import job_remaining
import job_tracks
import table
import versions
from measure import Failed
from session import HERE, Session

JOBS = {"A": job_tracks.gpx, "B": job_tracks.nmea, "C": job_convert.convert, "D": job_remaining.remaining,
        "W": job_remaining.walked, "E": job_national.national, "start": job_national.start}
ABOUT = job_tracks.ABOUT | job_convert.ABOUT | job_remaining.ABOUT | job_national.ABOUT
PAGE = HERE.parents[1] / "docs" / "performance.md"


def some(known):
    """A list with commas, of known names only, in their order."""
    def parse(text):
        asked = text.split(",")
        if unknown := set(asked) - set(known):
            raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: there are {', '.join(known)}")
        return [name for name in known if name in asked]
    return parse


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--razmin", required=True)
    parser.add_argument("--jobs", type=some(JOBS), default=list(JOBS))
    parser.add_argument("--sizes", type=some(data.SIZES), default=["S", "M"])
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / "bench-data")
    parser.add_argument("--out", type=Path)
    o = parser.parse_args()
    if o.pairs < 1:
        parser.error("pairs must be at least 1")
    o.data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=o.data, prefix="out-") as scratch:
        session = Session(str(Path(o.razmin).resolve()), o.data.resolve(), Path(scratch).resolve(), o.pairs)
        for job in o.jobs:
            for size in o.sizes:
                try:
                    JOBS[job](session, size)
                except (Failed, OSError) as failure:  # the input could not be made
                    session.fail(size, job, "", failure)
    out = o.out or (PAGE if o.jobs == list(JOBS) else None)
    if out:
        about = [f"**{name}**: {ABOUT[name]}" for name in o.jobs]
        note = "One pair each: provisional." if o.pairs == 1 else f"Medians of {o.pairs} pairs."
        out.write_text(table.page(data.SEED, about, session.rows, note, versions.all_of_them(session.razmin)))
    sys.exit(0 if session.good else 1)


if __name__ == "__main__":
    main()

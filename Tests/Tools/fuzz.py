"""Damages sample files in many ways and has razmin read them.

Usage: fuzz.py RAZMIN SAMPLES [--seconds N] [--seed N] [--keep FOLDER]

Fails where razmin dies by a signal, hangs, uses too much memory, or ends with a status that a reader may not give. The
input that did it is kept. The same seed gives the same inputs in the same order, as many as the time allows.
"""

import argparse
import pathlib
import random
import resource
import subprocess
import sys
import time

STATUSES = {0, 2, 65, 66}  # done; done in part; unreadable or refused; not found
LOGS = {".gpx", ".gpkg", ".nmea", ".csv", ".geojson", ".gz", ".kml", ".tcx", ".zip", ".pos", ".fit", ".ubx"}
HANG_SECONDS = 20
MEMORY = 2 << 30
TOKENS = [b"1e999", b"NaN", b"-0", b"999999999999999999999", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b'"',
          b"<", b"]]>", b"&amp;", b"$GPGGA,,,,,,0,,,,,,,,*66\r\n", b"[" * 3000, b"<a>" * 3000, b",", b";", b"*", b"\x1f\x8b"]


def mutate(chance, data, others):
    """A few random changes to the bytes of one sample, some of them made with the bytes of another."""
    data = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 2, 8, 64, 1024)))
        match chance.randrange(7):
            case 0 if at < len(data):
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                del data[at:end]
            case 2:
                data[at:at] = data[at:end] * chance.choice((1, 2, 50))
            case 3:
                data[at:end] = chance.choice(TOKENS)
            case 4:
                data[at:at] = chance.choice(TOKENS)
            case 5:
                del data[at:]
            case _:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                data[at:end] = other[start : start + chance.choice((8, 128, 4096))]
    return bytes(data)


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def verdict(razmin, path):
    """What went wrong with this file, or None."""
    try:
        done = subprocess.run(
            [razmin, "inspect", str(path)], stdin=subprocess.DEVNULL, capture_output=True, timeout=HANG_SECONDS,
            preexec_fn=limit_memory, env={"SWIFT_BACKTRACE": "enable=no", "PATH": "/usr/bin:/bin"})
    except subprocess.TimeoutExpired:
        return f"did not end within {HANG_SECONDS} s"
    if done.returncode in STATUSES:
        return None
    how = f"signal {-done.returncode}" if done.returncode < 0 else f"status {done.returncode}"
    return f"{how}: {done.stderr.decode(errors='replace')[-300:].strip()}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("razmin")
    parser.add_argument("samples", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path, default=pathlib.Path(".build-fuzz"))
    options = parser.parse_args()

    samples = [path for path in sorted(options.samples.rglob("*")) if path.suffix in LOGS and path.stat().st_size]
    if not samples:
        sys.exit(f"no samples under {options.samples}")
    # A short piece of each is enough to reach every part of a reader, and many times faster than the whole.
    texts = [path.read_bytes()[:8192] for path in samples]
    chance = random.Random(options.seed)
    options.keep.mkdir(exist_ok=True)

    runs, failures, end = 0, 0, time.monotonic() + options.seconds
    while time.monotonic() < end:
        which = chance.randrange(len(samples))
        path = options.keep / f"input{samples[which].suffix}"
        path.write_bytes(mutate(chance, texts[which], texts))
        wrong = verdict(options.razmin, path)
        runs += 1
        if wrong:
            failures += 1
            kept = path.rename(options.keep / f"failure-{options.seed}-{runs}{path.suffix}")
            print(f"{kept} (from {samples[which]}): {wrong}", file=sys.stderr)
    print(f"{runs} damaged inputs from {len(samples)} samples, seed {options.seed}: {failures} failures")
    sys.exit(1 if failures or runs == 0 else 0)


main()

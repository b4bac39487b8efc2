#!/usr/bin/env python3
"""An independent verdict on `razmin remaining`.

  oracle.py check SURVEY_DIR --razmin PATH [--as-of DATE] [--assured]
  oracle.py many N --razmin PATH [--first SEED]     random surveys, nominal, assured and at a date
  oracle.py self-test                               the truth by pencil, and the checks on results damaged on purpose

One line per check; exit status 1 where one fails.
"""
import argparse
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import checks
import surveys
import truth


class Failed(Exception):
    pass


def emit(razmin, folder, out, as_of, assured):
    command = [razmin, "remaining", str(folder), "-o", str(out)]
    command += ["--as-of", as_of.isoformat()] if as_of else []
    command += ["--assured"] if assured else []
    run = subprocess.run(command, capture_output=True, text=True)
    # 1 and 2 are answers too: a find without fade-out, a log that could not be read in full.
    if run.returncode not in (0, 1, 2) or not Path(out).exists():
        raise Failed(f"{' '.join(command)} ended with {run.returncode}: {run.stderr.strip()[-500:]}")
    return run.returncode


def verdict(razmin, folder, as_of=None, assured=False):
    """What every check says, and the exit status of razmin."""
    survey = truth.Survey(folder)
    pieces = list(truth.pieces(survey, as_of, assured))
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "remaining.geojson"
        status = emit(razmin, folder, out, as_of, assured)
        return checks.run_all(checks.Emitted(out, assured), survey, pieces), status


def show(verdicts, indent=""):
    for check, wrong in verdicts.items():
        print(f"{indent}{'FAIL' if wrong else 'ok  '} {check}")
        for line in wrong[:5]:
            print(f"{indent}     {line}")
        if len(wrong) > 5:
            print(f"{indent}     and {len(wrong) - 5} more")
    return not any(verdicts.values())


def many(razmin, count, first):
    failed = skipped = 0
    for seed in range(first, first + count):
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "survey"
            surveys.write(seed, folder)
            middle = surveys.MIDDLE
            for as_of, assured in ((None, False), (None, True), (middle, False)):
                words = f"seed {seed}{' assured' if assured else ''}{f' as of {as_of}' if as_of else ''}"
                try:
                    verdicts, status = verdict(razmin, folder, as_of, assured)
                except truth.Ambiguous as reason:
                    skipped += 1
                    print(f"skip {words}: {reason}", flush=True)
                    continue
                except Failed as reason:
                    failed += 1
                    print(f"FAIL {words}: {reason}", flush=True)
                    continue
                if any(verdicts.values()):
                    failed += 1
                    print(f"FAIL {words}", flush=True)
                    show({k: v for k, v in verdicts.items() if v}, "  ")
                else:
                    print(f"ok   {words}, {time.monotonic() - began:.1f} s", flush=True)
    print(f"{count} surveys, {failed} failed, {skipped} skipped as ambiguous")
    return failed == 0 and skipped <= count // 10


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check")
    check.add_argument("survey")
    check.add_argument("--razmin", required=True)
    check.add_argument("--as-of", type=date.fromisoformat)
    check.add_argument("--assured", action="store_true")
    lots = commands.add_parser("many")
    lots.add_argument("count", type=int)
    lots.add_argument("--razmin", required=True)
    lots.add_argument("--first", type=int, default=1)
    commands.add_parser("self-test")
    o = parser.parse_args()
    if o.command == "self-test":
        import known
        import selftest
        good = known.run() & selftest.run()
    elif o.command == "many":
        good = many(o.razmin, o.count, o.first)
    else:
        try:
            verdicts, status = verdict(o.razmin, o.survey, o.as_of, o.assured)
        except (Failed, truth.Ambiguous) as reason:
            sys.exit(f"FAIL {reason}")
        print(f"razmin ended with {status}")
        good = show(verdicts)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()

"""One run of the benchmark: what is measured, how pairs are run, and what went wrong."""
import json
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import table
from measure import Failed, run

HERE = Path(__file__).resolve().parent


class Session:
    def __init__(self, razmin, data, scratch, pairs):
        self.razmin, self.data, self.scratch, self.pairs = razmin, data, scratch, pairs
        self.rows, self.good = [], True
        self.ours = {}  # (job, size): the costs of razmin in all its pairs

    def say(self, row):
        if not self.rows:
            print(table.HEAD, flush=True)
        self.rows.append(row)
        print(row, flush=True)

    def fail(self, size, job, peer, words):
        """A row that could not be made: loud, and the others are still made."""
        self.good = False
        words = " ".join(str(words).split()).replace(str(self.data), "bench-data").replace(f"{HERE}/", "")
        self.say(table.failed(size, job, peer, words))

    def peer(self, script, *arguments):
        return [sys.executable, str(HERE / script), *map(str, arguments)]

    def row(self, size, job, ours, peer, theirs, targets=(), check=None, **kind):
        """Runs razmin and the peer by turns, compares their answers, and makes a row of the table.

        `ours` and `theirs` are commands; `check` gives whether the answers agree, and words; `kind` is for `run`."""
        pairs = []
        try:
            for _ in range(self.pairs):
                mine = run(ours, out=str(self.scratch / "ours.out"), errors=self.scratch / "ours.err")
                their = run(theirs, out=str(self.scratch / "peer.out"), errors=self.scratch / "peer.err", **kind)
                pairs.append((mine, their))
            agree, words = check() if check else (True, "")
        except Failed as failure:
            self.fail(size, job, peer, failure)
            return
        except subprocess.CalledProcessError as failure:
            said = (failure.stderr or b"").decode(errors="replace").strip().splitlines()
            self.fail(size, job, peer, f"the answers could not be compared: {said[-1] if said else failure}")
            return
        self.ours.setdefault((job, size), []).extend(mine for mine, _ in pairs)
        self.good &= agree
        self.say(table.row(size, job, peer, figures(pairs), targets, words + ("" if agree else " **DISAGREE**")))

    def answers(self, what, *paths):
        """What results say (answers.py), read by a process of its own."""
        command = [sys.executable, str(HERE / "answers.py"), what, *map(str, paths)]
        return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)

    def fresh(self, name):
        """A path for an output, with nothing there."""
        path = self.scratch / name
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        return path


def figures(pairs):
    """By what is measured: the medians of both, and the median of the ratios pair by pair."""
    found = {}
    for field in ("cpu", "wall", "mib"):
        ours, theirs = ([getattr(side, field) for side in sides] for sides in zip(*pairs))
        ratios = [a / b if b else float("inf") for a, b in zip(ours, theirs)]
        found[field] = tuple(map(statistics.median, (ours, theirs, ratios)))
    return found

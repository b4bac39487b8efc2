"""The table of docs/performance.md: rows, targets, and the words round them."""
import textwrap
from dataclasses import dataclass
from fractions import Fraction

COLUMNS = ("size", "job", "beside", "CPU s", "wall s", "peak MiB", "targets", "answers")
HEAD = "| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS)
NAMES = {"cpu": "CPU", "wall": "wall", "mib": "memory"}


@dataclass
class Target:
    """At most `bound` times the peer, or at most `bound` MiB where it is `absolute`."""
    of: str  # cpu, wall or mib
    bound: Fraction
    absolute: bool = False

    def verdict(self, figures):
        ours, _, ratio = figures[self.of]
        wanted = f"≤ {self.bound} MiB" if self.absolute else f"{NAMES[self.of]} {self.bound}"
        return f"{wanted}: {reached((ours if self.absolute else ratio) <= self.bound)}"


def cpu(of):
    return Target("cpu", Fraction(1, of))


def wall(of):
    return Target("wall", Fraction(1, of))


def memory(of):
    return Target("mib", Fraction(1, of))


def mebibytes(most):
    return Target("mib", Fraction(most), absolute=True)


def reached(yes):
    return "reached" if yes else "**not reached**"


def cells(*texts):
    return "| " + " | ".join(str(text).replace("|", "\\|") for text in texts) + " |"


def row(size, job, peer, figures, targets, words):
    numbers = [f"{a:.3g} / {b:.3g} = **{r:.3g}**" for a, b, r in figures.values()]
    return cells(size, job, peer, *numbers, "; ".join(t.verdict(figures) for t in targets), words)


def single(size, job, peer, what, verdict, words=""):
    """A row of something else than CPU, wall and memory."""
    return cells(size, job, peer, what, "", "", verdict, words)


def failed(size, job, peer, words):
    return cells(size, job, peer, "**FAILED**", "", "", "", f"**{words}**")


PAGE = [
    """Written by `make bench`; run it to have the numbers of another machine (`make bench BENCH_SIZES=S,M,L` for all of
    it, with `BENCH_JOBS=A,D` for some jobs, `BENCH_PAIRS=5` for more pairs). Machines are noisy: believe the ratios, not
    the seconds.""",
    """**How it is measured.** Whole processes from start to end, input files to output file: CPU (user and system, of the
    process and the children that it waited for) and peak resident memory as the kernel counts them for `wait4`. Razmin
    and a peer run by turns, A B A B. Each cell says razmin / peer = **ratio**: the medians of both, and the median of the
    ratios pair by pair; below 1 razmin takes less. Where a peer is several processes at once (marked Σ), its memory is
    the peak of the sum of their proportional set sizes, sampled 20 times a second. A target stands beside the ratio that
    it is for, reached or not. A peer that fails or is not installed is a row that says FAILED, and the command ends with
    status 1, as it does where answers disagree; the other rows are still made.""",
    """**Input.** All of it is made once into bench-data/, by `razmin simulate --seed {seed}` and by a seeded script.
    Surveys: S is 1 hazard and 5 000 fixes, M 50 and 500 000, L 500 and 5 000 000, one hazard in five walked with a
    handheld; W is one hazard of 350 000 RTK fixes; of the national job S, M and L are 1 000, 10 000 and 100 000 hazards
    with three released polygons each. Points to convert are walks of 10 000 points each, all over Serbia: 50 000 for S,
    5 million for M. Logs of A and B are all the logs of a survey in one file.""",
    """**Peers.** The scripts are in Tests/Benchmarks, one for each peer; `make bench-peers` installs all of them. They know
    nothing of time, speed, quality or sigma, and do less than razmin wherever that makes them faster.""",
    "**Jobs, and when answers agree.**",
]


def page(seed, about, rows, note, versions):
    words = [fill(paragraph.replace("{seed}", str(seed))) for paragraph in PAGE]
    words.append("\n".join(fill(f"- {job}", "  ") for job in about))
    return "\n\n".join(["# Performance", *words, HEAD + "\n" + "\n".join(rows), note, versions]) + "\n"


def fill(text, indent=""):
    return textwrap.fill(" ".join(text.split()), 120, subsequent_indent=indent, break_long_words=False,
                         break_on_hyphens=False)

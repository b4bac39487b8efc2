"""Runs a whole process and says what it cost."""
import os
import time
from dataclasses import dataclass


@dataclass
class Cost:
    cpu: float  # seconds, user and system, of the process and the children it waited for
    wall: float  # seconds
    mib: float  # peak resident


def run(command, out="/dev/null", allowed=(0,)):
    """The cost of a command. Standard output goes to a file; standard error is ours.

    The parent must stay small: a child begins with its parent's peak."""
    began = time.perf_counter()
    actions = [(os.POSIX_SPAWN_OPEN, 1, out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)]
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - began
    code = os.waitstatus_to_exitcode(status)
    if code not in allowed:
        raise SystemExit(f"{' '.join(command)} ended with {code}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)

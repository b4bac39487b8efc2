"""Runs a whole process and says what it cost.

One process: wait4 gives CPU and peak memory of it and of the children that it waited for (of memory, the largest).
Where several work at once (two Python processes, a database server with its backends) memory is the peak of the sum of their
proportional set sizes (Pss of /proc/PID/smaps_rollup, pages shared by n processes counted as 1/n), sampled 20 times a
second; and the CPU of a server that ran before is what its processes have used since, from /proc/PID/stat."""
import os
import shutil
import threading
import time
from dataclasses import dataclass

TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Cost:
    cpu: float  # seconds, user and system, of the process and the children it waited for
    wall: float  # seconds
    mib: float  # peak resident


class Failed(SystemExit):
    """A command that ended otherwise than it may; ends the program where nobody expects it."""


def run(command, out="/dev/null", allowed=(0,), errors=None, several=False, server=None):
    """The cost of a command. Standard output goes to a file; standard error too where `errors` names one.

    The parent must stay small: a child begins with its parent's peak."""
    actions = [(os.POSIX_SPAWN_OPEN, 1, out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)]
    if errors:
        actions.append((os.POSIX_SPAWN_OPEN, 2, str(errors), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644))
    if not shutil.which(command[0]):
        raise Failed(f"{command[0]}: not installed")
    used = server_cpu(server) if server else 0
    began = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    memory = Memory([child] + [server] * bool(server)) if several or server else None
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - began
    mib = memory.stop() if memory else usage.ru_maxrss / 1024
    code = os.waitstatus_to_exitcode(status)
    if code not in allowed:
        raise Failed(f"{name(command)} ended with {code}{last_line(errors)}")
    cpu = usage.ru_utime + usage.ru_stime
    if server:
        time.sleep(0.3)  # the last backend is still leaving
        cpu += server_cpu(server) - used
    return Cost(cpu, wall, mib)


def name(command):
    """What a command is called: a program, or the script that an interpreter was given."""
    scripts = [part for part in command[:2] if part.endswith((".py", ".sh"))]
    return os.path.basename((scripts or command)[0])


def last_line(errors):
    if not errors or not os.path.getsize(errors):
        return ""
    with open(errors, "rb") as file:
        file.seek(max(0, os.path.getsize(errors) - 400))
        return ": " + file.read().decode(errors="replace").strip().splitlines()[-1]


def stat(process):
    """Parent, and CPU seconds of a process with the children it has waited for; nothing where it is gone."""
    try:
        with open(f"/proc/{process}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return int(fields[1]), sum(map(int, fields[11:15])) / TICK


def tree(roots):
    """The processes and all that descend from them, with their CPU."""
    known = {int(name): stat(name) for name in os.listdir("/proc") if name.isdigit()}
    found = {root: known[root][1] for root in roots if known.get(root)}
    grown = True
    while grown:
        more = {p: s[1] for p, s in known.items() if s and s[0] in found and p not in found}
        found |= more
        grown = bool(more)
    return found


def server_cpu(server):
    return sum(tree([server]).values())


def pss(process):
    try:
        with open(f"/proc/{process}/smaps_rollup") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


class Memory:
    """Samples the memory of a tree of processes until stopped."""

    def __init__(self, roots):
        self.roots, self.peak, self.ended = roots, 0, threading.Event()
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()

    def watch(self):
        while not self.ended.wait(0.05):
            self.peak = max(self.peak, sum(map(pss, tree(self.roots))))

    def stop(self):
        self.ended.set()
        self.thread.join()
        return self.peak / 1024

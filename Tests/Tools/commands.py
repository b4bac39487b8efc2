"""Prints docs/commands.md: the help of every command, as the binary gives it.

Usage: commands.py RAZMIN
"""

import json
import subprocess
import sys


def run(*arguments):
    return subprocess.run(arguments, check=True, capture_output=True, text=True, env={"COLUMNS": "80"}).stdout


def paths(command, path=()):
    yield path
    for sub in command.get("subcommands", []):
        if sub["commandName"] != "help" and sub.get("shouldDisplay", True):
            yield from paths(sub, (*path, sub["commandName"]))


def main():
    razmin = sys.argv[1]
    command = json.loads(run(razmin, "--experimental-dump-help"))["command"]
    print("# Commands\n\nWritten by `make docs` from the help of each command.")
    for path in paths(command):
        print(f"\n## {' '.join(('razmin', *path))}\n\n```text\n{run(razmin, *path, '--help').rstrip()}\n```")


main()

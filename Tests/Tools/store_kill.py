#!/usr/bin/env python3
"""Kills imports into a store at random moments, and sees that the store is whole each time.

Usage: store_kill.py RAZMIN SURVEY COUNT [--seed N]

Two versions of the survey, with one remark of difference, are imported in turn; each import is killed with SIGKILL after
a random time. After each kill the store must answer `ledger` as one of the two does, but for its history, which must be
sound and never be shorter than before; before the first import has finished the store may say that it is empty.
"""
import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time


def run(*command):
    return subprocess.run(command, capture_output=True)


def account(razmin, survey):
    """The account, and how many events were told; nothing where there is no answer."""
    answer = run(razmin, "ledger", survey, "--format", "json")
    try:
        whole = json.loads(answer.stdout)
    except ValueError:
        return None, 0, answer
    return whole, whole.pop("history")["events"], answer


def is_sound(razmin, store):
    found = json.loads(run(razmin, "validate", store, "--json").stdout)
    return not [finding for finding in found if finding["code"].startswith("history.")]


def is_begun(journal):
    """Whether a journal says anything. SQLite makes it empty, then writes its head with zeros where the magic goes, and that
    last of all before it writes into the store (pager.c, writeJournalHdr and syncJournal): one without it is passed over,
    and may stay."""
    with open(journal, "rb") as file:
        return file.read(1) not in (b"", b"\0")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("razmin")
    parser.add_argument("survey")
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    chance = random.Random(wanted.seed)
    razmin = os.path.abspath(wanted.razmin)
    with tempfile.TemporaryDirectory() as folder:
        surveys = [os.path.join(folder, name) for name in ("a", "b")]
        for survey in surveys:
            shutil.copytree(wanted.survey, survey)
        path = os.path.join(surveys[1], "survey.toml")
        text = open(path, encoding="utf-8").read()
        assert "\nname = \"" in text
        open(path, "w", encoding="utf-8").write(text.replace("\nname = \"", "\nname = \"another ", 1))
        answers = [account(razmin, survey)[0] for survey in surveys]
        assert answers[0] != answers[1] and all(answers)

        started = time.monotonic()
        assert run(razmin, "import", surveys[0], "--into", os.path.join(folder, "timed.gpkg")).returncode == 0
        whole = time.monotonic() - started

        store = os.path.join(folder, "store.gpkg")
        tally = {"killed": 0, "ended": 0, "a": 0, "b": 0, "empty": 0, "hot journals": 0}
        last, most = None, 0
        for index in range(wanted.count):
            process = subprocess.Popen(
                [razmin, "import", surveys[index % 2], "--into", store],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            # Most of the time goes into reading the survey; the moments of writing are at its end.
            time.sleep(whole * chance.choice([chance.uniform(0, 1.1), chance.uniform(0.5, 1.1)]))
            process.send_signal(signal.SIGKILL)
            ended = process.wait() == 0
            tally["ended" if ended else "killed"] += 1
            if os.path.exists(store + "-journal") and is_begun(store + "-journal"):
                tally["hot journals"] += 1
            if not os.path.exists(store):
                tally["empty"] += 1
                continue
            told, events, answer = account(razmin, store)
            if told in answers:
                now = answers.index(told)
                if events < most or not is_sound(razmin, store):
                    sys.exit(f"after run {index} the history was not what was told")
                most = events
                if ended and now != index % 2:
                    sys.exit(f"after run {index}, which ended, the store held the other survey")
                if not ended and last is not None and now not in (last, index % 2):
                    sys.exit(f"after run {index} the store held neither what was before nor what was imported")
                last = now
                tally["ab"[now]] += 1
            elif last is None and answer.returncode == 65 and b"[store.empty]" in answer.stderr:
                tally["empty"] += 1
            else:
                sys.exit(f"after run {index}: status {answer.returncode}, {answer.stderr.decode()}")
        assert run(razmin, "import", surveys[0], "--into", store).returncode == 0
        if account(razmin, store)[0] != answers[0] or not is_sound(razmin, store):
            sys.exit("the last import did not end well")
        left = sorted(
            name for name in os.listdir(folder) if name.startswith("store.gpkg")
            and not (name == "store.gpkg-journal" and not is_begun(os.path.join(folder, name))))
        if left != ["store.gpkg"]:
            sys.exit(f"left behind: {left}")
        print(", ".join(f"{key} {number}" for key, number in tally.items()))
        if not tally["killed"] or (wanted.count >= 40 and not (tally["a"] and tally["b"])):
            sys.exit("no import was killed, or none was finished: this says nothing")


main()

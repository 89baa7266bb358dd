#!/usr/bin/env python3
"""List the rules by how often they fire, and how often they are right and wrong on marked documents.

    rules.py [--program target/release/vanthu] [--marked DIR[=DOCS]]... [--read PATH]...

--marked is a folder of marked files as corpus/README.md describes them, with the folder that their paths start from
where that is another one; `corpus` by default. --read adds documents without marks, where rules only fire.
Standard library only. Exit code 1 if a rule of the rule book fires nowhere.
"""
import argparse
import json
import subprocess
import sys
from collections import Counter, defaultdict


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    # 2: some documents failed, the others are there.
    if done.returncode not in (0, 2):
        sys.exit(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


def fired(value):
    """Every rule that a record names, as often as it does."""
    if isinstance(value, dict):
        if isinstance(value.get("rule"), str):
            yield value["rule"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from fired(item)


def main():
    arguments = argparse.ArgumentParser(usage=__doc__)
    arguments.add_argument("--program", default="target/release/vanthu")
    arguments.add_argument("--marked", action="append")
    arguments.add_argument("--read", action="append", default=[])
    given = arguments.parse_args()
    known = dict(line.split(maxsplit=2)[:2] for line in run(given.program, "rules").splitlines())
    right, wrong, times, papers = Counter(), Counter(), Counter(), defaultdict(set)
    paths = list(given.read)
    for marked in given.marked or ["corpus"]:
        folder, _, docs = marked.partition("=")
        docs = docs or folder
        score = json.loads(run(given.program, "score", folder, "--docs", docs, "--json"))
        for rule, count in score["rules"].items():
            right[rule] += count["right"]
            wrong[rule] += count["spurious"]
        paths.append(docs)
    for line in run(given.program, "extract", "--no-text", *paths).splitlines():
        record = json.loads(line)
        for rule in fired(record):
            times[rule] += 1
            papers[rule].add(record["source"]["path"])
    print(f"{'rule':<32} {'table':<10} {'papers':>6} {'times':>6} {'right':>6} {'wrong':>6}")
    for rule in sorted(set(known) | set(times), key=lambda r: (known.get(r, "~"), -len(papers[r]), r)):
        table = known.get(rule, "note")
        print(f"{rule:<32} {table:<10} {len(papers[rule]):>6} {times[rule]:>6} {right[rule]:>6} {wrong[rule]:>6}")
    # Records name the rule of a citation, duty or deadline, not that of the date inside it; the rule book's own test runs those.
    never = sorted(rule for rule, table in known.items() if not times[rule] and table != "date")
    once = sorted(rule for rule in known if len(papers[rule]) == 1)
    print(f"in one paper only: {', '.join(once) or 'none'}")
    print(f"nowhere: {', '.join(never) or 'none'}")
    sys.exit(1 if never else 0)


if __name__ == "__main__":
    main()

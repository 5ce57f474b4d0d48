#!/usr/bin/env python3
"""Race our benchmark program against the TorchSharp peer, round by round, and print the ratios beside the goals.

usage: compare.py --ours 'COMMAND' [--peer COMMAND] [--rounds 3] [--threads 2] [FILTER ...]

COMMAND is called as COMMAND THREADS FILTER and prints one JSON object a line: {"name", "median_us", ...}.
Our names are the peer's, or the peer's plus ' | eager' or ' | compiled'. Only names that contain one of the
FILTERs are run (all, without). Exit status 1 if a goal that was measured is missed, 2 if nothing was measured.
"""
import argparse, json, pathlib, shlex, statistics, subprocess, sys

here = pathlib.Path(__file__).resolve().parent
parse = argparse.ArgumentParser()
parse.add_argument("--ours", required=True)
parse.add_argument("--peer", default=str(here / "peer"))
parse.add_argument("--rounds", type=int, default=3)
parse.add_argument("--threads", type=int, default=2)
parse.add_argument("filters", nargs="*", default=[""])
options = parse.parse_args()
goals = json.loads((here / "goals.json").read_text())

def run(command, only):
    done = subprocess.run([*shlex.split(command), str(options.threads), only], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{command}: exit status {done.returncode}\n{done.stderr[-2000:]}")
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {row["name"]: row["median_us"] for row in rows}

ratios, times = {}, {}
for _ in range(options.rounds):
    for only in options.filters:
        peer, ours = run(options.peer, only), run(options.ours, only)
        for name, mine in ours.items():
            base = name.split(" | ")[0]
            if base in peer:
                ratios.setdefault(name, []).append(peer[base] / mine)
                times.setdefault(name, []).append((mine, peer[base]))

missed = 0
print(f"{'benchmark':64} {'ours us':>12} {'peer us':>12} {'ratio':>8} {'goal':>6}")
for name in ratios:
    ratio, goal = statistics.median(ratios[name]), goals.get(name)
    mine, theirs = (statistics.median(column) for column in zip(*times[name]))
    short = goal is not None and ratio < goal
    missed += short
    print(f"{name:64} {mine:12.2f} {theirs:12.2f} {ratio:8.2f} {goal if goal is not None else '':>6} {'MISSED' if short else ''}")
unmeasured = [name for name in goals if name != "_" and name not in ratios and any(f in name for f in options.filters)]
for name in unmeasured:
    print(f"{name:64} {'not measured':>12}")
print(f"{len(ratios)} measured, {missed} missed, {len(unmeasured)} not measured")
sys.exit(2 if not ratios else 1 if missed or unmeasured else 0)

#!/usr/bin/env python3
"""Race our benchmark program against the TorchSharp peer, round by round, and print the ratios beside the goals.

usage: compare.py --ours 'COMMAND' [--peer COMMAND] [--rounds 3] [--threads 2] [--scale 1] [--markdown FILE] [FILTER ...]

COMMAND is called as COMMAND THREADS FILTER and prints one JSON object a line: {"name", "median_us", ...}.
Our names are the peer's, or the peer's plus ' | eager' or ' | compiled'. Only names that contain one of the
FILTERs are run (all, without). "floor_us", where our program prints it, is the least time that the work can take.
--scale multiplies the goals; --markdown writes the table to a file, too.
Exit status 1 if a goal that was measured is missed, 2 if nothing was measured.
"""
import argparse, datetime, json, os, pathlib, shlex, statistics, subprocess, sys, tempfile

PEAK_SHARE = 1 / 3  # our peak of memory, of the peer's, in a race of everything

here = pathlib.Path(__file__).resolve().parent
parse = argparse.ArgumentParser()
parse.add_argument("--ours", required=True)
parse.add_argument("--peer", default=str(here / "peer"))
parse.add_argument("--rounds", type=int, default=3)
parse.add_argument("--threads", type=int, default=2)
parse.add_argument("--scale", type=float, default=1.0)
parse.add_argument("--markdown", type=pathlib.Path)
parse.add_argument("filters", nargs="*", default=[""])
options = parse.parse_args()
goals = {name: round(goal * options.scale, 2) for name, goal in json.loads((here / "goals.json").read_text()).items() if name != "_"}


def run(command, only):
    """The rows that a program prints, by name, and the most memory that it held, in MB."""
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen([*shlex.split(command), str(options.threads), only], stdout=subprocess.PIPE, stderr=errors, text=True)
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            sys.exit(f"{command}: exit status {process.returncode}\n{errors.read()[-2000:]}")
    rows = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    unit = 1e6 if sys.platform == "darwin" else 1e3  # bytes there, KB elsewhere
    return {row["name"]: row for row in rows}, usage.ru_maxrss / unit


def race():
    """Our and the peer's times and our floors by name, the programs' peaks of memory, and what was measured of the machine."""
    measured, peaks, machine = {}, [0.0, 0.0], {}
    for _ in range(options.rounds):
        for only in options.filters:
            (theirs, their_peak), (ours, our_peak) = run(options.peer, only), run(options.ours, only)
            peaks = [max(peaks[0], our_peak), max(peaks[1], their_peak)]
            for name, row in ours.items():
                base = name.split(" | ")[0]
                if base in theirs:
                    measured.setdefault(name, []).append((row["median_us"], theirs[base]["median_us"], row.get("floor_us")))
                else:
                    machine.setdefault(name, []).append(row)
    return measured, peaks, machine


def summary(measured):
    """One row for each name: our time, the peer's, the ratio, the goal, the share of the floor, each a median over the rounds."""
    rows = []
    for name, rounds in measured.items():
        mine, theirs = (statistics.median(column) for column in list(zip(*rounds))[:2])
        ratio = statistics.median(theirs / mine for mine, theirs, _ in rounds)
        shares = [floor / mine for mine, _, floor in rounds if floor is not None]
        rows.append((name, mine, theirs, ratio, goals.get(name), statistics.median(shares) if shares else None))
    return rows


def peak_lines(machine):
    """What was measured of the machine in the same run, in words."""
    units = {"gflops": "GFLOP/s", "gigabytes": "GB/s", "median_ns": "ns"}
    return [f"{name}: {statistics.median(row[key] for row in rows):,.1f} {unit}"
            for name, rows in machine.items() for key, unit in units.items() if all(key in row for row in rows)]


def markdown(rows, peaks, machine):
    """The table as Markdown, with how it was made."""
    processor = "an unknown processor"
    if pathlib.Path("/proc/cpuinfo").exists():
        names = [line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
        processor = names[0] if names else processor
    lines = [
        f"{os.cpu_count()} processors ({processor}), {datetime.date.today():%d %B %Y}, {options.threads} threads, {options.rounds} rounds, medians in microseconds:", "",
        "| work | ChainRule | TorchSharp | ratio | goal | | share of floor |", "|---|---|---|---|---|---|---|"]
    for name, mine, theirs, ratio, goal, share in rows:
        verdict = "" if goal is None else "missed" if ratio < goal else "reached"
        lines.append(f"| {name.replace(' | ', ' · ')} | {mine:,.2f} | {theirs:,.2f} | {ratio:.2f} | {'' if goal is None else f'{goal:g}'} | {verdict} | {'' if share is None else f'{share:.0%}'} |")
    lines += ["", f"Peak memory: ChainRule {peaks[0]:,.0f} MB, TorchSharp {peaks[1]:,.0f} MB. Measured beside it: {'; '.join(peak_lines(machine)) or 'nothing'}.", ""]
    return "\n".join(lines)


measured, peaks, machine = race()
rows = summary(measured)
missed = 0
print(f"{'benchmark':64} {'ours us':>12} {'peer us':>12} {'ratio':>8} {'goal':>6} {'floor':>6}")
for name, mine, theirs, ratio, goal, share in rows:
    short = goal is not None and ratio < goal
    missed += short
    print(f"{name:64} {mine:12.2f} {theirs:12.2f} {ratio:8.2f} {goal if goal is not None else '':>6} {f'{share:.0%}' if share is not None else '':>6} {'MISSED' if short else ''}")
unmeasured = [name for name in goals if name not in measured and any(f in name for f in options.filters)]
for name in unmeasured:
    print(f"{name:64} {'not measured':>12}")
for line in peak_lines(machine):
    print(line)
# A part of the race says nothing about the memory of all of it.
heavy = options.filters == [""] and peaks[0] > PEAK_SHARE * peaks[1]
print(f"peak memory: ours {peaks[0]:,.0f} MB, peer {peaks[1]:,.0f} MB, {peaks[0] / max(peaks[1], 1):.2f} of it{'' if options.filters != [''] else ', goal 0.33'}{' MISSED' if heavy else ''}")
print(f"{len(measured)} measured, {missed} missed, {len(unmeasured)} not measured")
if options.markdown:
    written = options.markdown.with_name(options.markdown.name + ".part")
    written.write_text(markdown(rows, peaks, machine))
    written.replace(options.markdown)
sys.exit(2 if not measured else 1 if missed or heavy or unmeasured else 0)

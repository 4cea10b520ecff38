#!/usr/bin/env bash
# What it costs to read PDFs in processes of their own: the time of a run with --isolation process over that of one with none, in turns.
#
#     cargo build --release
#     benches/isolation.sh [PDFS=1000] [ROUNDS=5] [PROGRAM=target/release/crosstally]
#
# The archive is the specimens' PDFs over and over, each copy with a comment of its own behind its end, so that none is a duplicate.
set -euo pipefail
cd "$(dirname "$0")/.."
pdfs=${1:-1000} rounds=${2:-5} program=${3:-target/release/crosstally}
python3 - "$pdfs" "$rounds" "$(realpath "$program")" <<'PYTHON'
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

pdfs, rounds, program = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
specimens = sorted(path for path in pathlib.Path("fixtures").rglob("*.pdf") if "faults" not in path.parts)


def run(archive, isolation):
    """Seconds by the clock and of the processors, the run's processes together."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    command = [program, "check", archive, "--jobs", "2", "--isolation", isolation, "--quiet", "--format", "json"]
    found = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    taken = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert found.returncode in (0, 1), found.returncode
    return taken, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, found.stdout


def ratio(name, archive, rounds):
    best = {"process": (float("inf"),) * 2, "none": (float("inf"),) * 2}
    printed = set()
    for _ in range(rounds):
        for isolation in best:
            *taken, output = run(archive, isolation)
            printed.add(output)
            # What else the machine did only ever adds.
            best[isolation] = tuple(map(min, best[isolation], taken))
    assert len(printed) == 1, "both ways find the same"
    (clock, processor), (clock_none, processor_none) = best["process"], best["none"]
    print(f"| {name} | {clock:.3f} | {clock_none:.3f} | {clock / clock_none:.3f} | {processor / processor_none:.3f} |")


with tempfile.TemporaryDirectory() as archive:
    for number in range(pdfs):
        copy = pathlib.Path(archive, f"{number:05}.pdf")
        copy.write_bytes(specimens[number % len(specimens)].read_bytes() + f"\n% copy {number}\n".encode())
    print("| read | seconds, process | seconds, none | ratio by the clock | ratio of processor time |\n|---|---|---|---|---|")
    ratio(f"{pdfs} PDFs, 2 jobs", archive, rounds)
    ratio("one small PDF", str(min(specimens, key=lambda path: path.stat().st_size)), rounds * 4)
    ratio("one small text", str(min(pathlib.Path("fixtures").rglob("*.txt"), key=lambda path: path.stat().st_size)), rounds * 4)
PYTHON

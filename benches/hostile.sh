#!/usr/bin/env bash
# Reads every PDF of a folder in a process of its own, and prints those that panic, take longer than a limit or more than 1 GiB.
#
#     cargo build --release
#     benches/hostile.sh FOLDER [PROGRAM]
set -euo pipefail
folder=${1:?"a folder of PDFs"}
program=${2:-target/release/crosstally}
seconds=70
python3 - "$folder" "$program" "$seconds" <<'PYTHON'
import os
import pathlib
import resource
import subprocess
import sys
import time

folder, program, seconds = pathlib.Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
files, faults, slowest, largest = 0, 0, (0.0, ""), (0, "")
for path in sorted(folder.rglob("*.pdf")):
    files += 1
    start = time.monotonic()
    child = subprocess.Popen([program, "show", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        message = child.communicate(timeout=seconds)[1].decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        child.kill()
        message = child.communicate()[1].decode("utf-8", "replace") + "over time"
    taken = time.monotonic() - start
    # The kernel keeps the largest of all children so far: a file is the largest if it raises it.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    slowest = max(slowest, (taken, str(path)))
    raised = peak > largest[0]
    largest = max(largest, (peak, str(path)))
    if child.returncode not in (0, 1, 2) or "panicked" in message or taken > seconds or raised and peak > 1 << 30:
        faults += 1
        print(f"{path}: ended with {child.returncode} after {taken:.1f} s, {peak >> 20} MiB: {message.strip()[:200]}")
print(f"{files} files, {faults} faults; slowest {slowest[0]:.1f} s ({slowest[1]}), largest {largest[0] >> 20} MiB ({largest[1]})")
sys.exit(1 if faults else 0)
PYTHON

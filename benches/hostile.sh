#!/usr/bin/env bash
# Reads every PDF of a folder in a process of its own, and prints those that panic, take longer than a limit or more than 1 GiB, and the ten largest.
#
#     cargo build --release
#     benches/hostile.sh FOLDER [PROGRAM]
set -euo pipefail
folder=${1:?"a folder of PDFs"}
program=${2:-target/release/crosstally}
seconds=80
python3 - "$folder" "$program" "$seconds" <<'PYTHON'
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

folder, program, seconds = pathlib.Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
faults, slowest, peaks = 0, (0.0, ""), []
for path in sorted(folder.rglob("*.pdf")):
    start = time.monotonic()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen([program, "show", str(path)], stdout=subprocess.DEVNULL, stderr=said)
        alarm = threading.Timer(seconds, child.kill)
        alarm.start()
        # The most memory that it had, or the process it reads in.
        _, status, used = os.wait4(child.pid, 0)
        alarm.cancel()
        said.seek(0)
        message = said.read().decode("utf-8", "replace")
    code, taken, peak = os.waitstatus_to_exitcode(status), time.monotonic() - start, used.ru_maxrss * 1024
    slowest = max(slowest, (taken, str(path)))
    peaks.append((peak, str(path)))
    if code not in (0, 1, 2) or "panicked" in message or taken > seconds or peak > 1 << 30:
        faults += 1
        print(f"{path}: ended with {code} after {taken:.1f} s, {peak >> 20} MiB: {message.strip()[:200]}")
peaks.sort(reverse=True)
for peak, path in peaks[:10]:
    print(f"{peak >> 20:6} MiB {path}")
print(f"{len(peaks)} files, {faults} faults; slowest {slowest[0]:.1f} s ({slowest[1]}), half take less than {peaks[len(peaks) // 2][0] >> 20} MiB")
sys.exit(1 if faults else 0)
PYTHON

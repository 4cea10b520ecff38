"""What texts made to do harm take: a line of a gigabyte, and what patterns begin again at over and over, at one length and at twice that.

    cargo build --release
    python3 benches/bombs.py [PROGRAM] [MEGABYTES=1]

A line each: seconds of the processor, the most memory that the program or a process it started had, and how it ended. Ends with 1 where twice
the length takes more than 2.5 times as long, or anything takes more than 2 GiB.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
GIGABYTE = 1 << 30
MOST_MEMORY = 2 * GIGABYTE
TIMES = 2.5
# Below this, starting the program is most of it.
LEAST_SECONDS = 0.5


def beginnings():
    """The words that the tests repeat."""
    text = (ROOT / "tests" / "bombs.rs").read_text(encoding="utf-8")
    listed = text.split("const BEGINNINGS", 1)[1].split("= [", 1)[1].split("];", 1)[0]
    plain = re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), listed)
    return re.findall(r'"([^"]*)"', plain)


def check(program, file):
    """Seconds, bytes of memory and ending of one run."""
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen([program, "check", file, "--quiet", "--color", "never"], stdout=said)
        _, status, used = os.wait4(child.pid, 0)
        said.seek(0)
        why = re.search(r"cannot be read: (.*)", said.read().decode("utf-8", "replace"))
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        sys.exit(f"{file}: ended with {code}")
    return used.ru_utime, used.ru_maxrss * 1024, why[1] if why else "read"


def write(file, words, length):
    """A file of one line, in pieces: it may be larger than memory."""
    piece = (words * (1 + (1 << 20) // len(words))).encode()
    with open(file, "wb") as out:
        while length > 0:
            length -= out.write(piece[:length])


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target" / "release" / "crosstally")
    length = int(float(sys.argv[2]) * 1e6) if len(sys.argv) > 2 else 1_000_000
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "line.txt"
        for words in ("some 7,900 refugees and ", "a"):
            for size in (GIGABYTE, 31_000_000):
                write(file, words, size)
                seconds, memory, ending = check(program, file)
                faults += memory > MOST_MEMORY
                print(f"{size / 1e6:6.0f} MB of {words!r:40} {seconds:6.2f} s {memory / 1e6:6.0f} MB  {ending}", flush=True)
        sound = (ROOT / "fixtures" / "unhcr-western-balkans" / "2024-07.txt").read_text(encoding="utf-8")
        file = pathlib.Path(folder) / "2024-07.txt"
        for words in beginnings():
            taken = []
            for size in (length, 2 * length):
                file.write_text(sound + "\n\n" + words * (size // len(words.encode())), encoding="utf-8")
                taken.append(check(program, file))
            (one, _, _), (two, memory, ending) = taken
            is_fault = two > LEAST_SECONDS and two > TIMES * one or memory > MOST_MEMORY
            faults += is_fault
            mark = "  <- a fault" if is_fault else ""
            print(f"{2 * length / 1e6:6.1f} MB of {words!r:40} {two:6.2f} s {memory / 1e6:6.0f} MB, {two / one:.1f} times half of it  {ending}{mark}", flush=True)
    sys.exit(1 if faults else 0)


main()

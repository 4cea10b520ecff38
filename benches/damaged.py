"""Damages every file of a folder in a dozen ways, ingests all copies in one run, and prints how they ended; the same copies each time.

    cargo build --release
    python3 benches/damaged.py FOLDER [PROGRAM]

Ends with 1 where a copy has neither a figure nor a finding, or the run did not come to its end.
"""

import collections
import csv
import pathlib
import random
import re
import subprocess
import sys
import tempfile

# Larger files take longer and break in no other ways.
LARGEST = 400_000
NUMBERS = [b"0", b"-1", b"2147483647", b"4294967296", b"99999999999999999999", b"1e38"]
MEDIA = {".pdf", ".txt", ".html"}


def damaged(data, other, chance):
    """Copies that are cut off, have other bytes or numbers, hold a stretch of another file, or one of their own twice, often or not at all."""
    for _ in range(3):
        yield data[: chance.randrange(len(data))]
    for _ in range(5):
        copy = bytearray(data)
        for _ in range(chance.choice([1, 5, 20, 100])):
            # A digit in every second place changes lengths and places of objects, which noise alone seldom does.
            copy[chance.randrange(len(copy))] = chance.choice([chance.randrange(256), chance.randrange(48, 58)])
        yield bytes(copy)
    yield data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]
    start = chance.randrange(len(data))
    end = min(len(data), start + chance.randrange(1, 2000))
    yield data[:end] + data[start:end] * chance.choice([1, 50]) + data[end:]
    yield data[:start] + data[end:]
    numbers = list(re.finditer(rb"\d+", data))
    if numbers:
        copy = data
        for number in sorted(chance.sample(numbers, min(5, len(numbers))), key=lambda number: -number.start()):
            copy = copy[: number.start()] + chance.choice(NUMBERS) + copy[number.end() :]
        yield copy


def rows(folder, table):
    with open(folder / f"{table}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def main():
    source = pathlib.Path(sys.argv[1])
    program = sys.argv[2] if len(sys.argv) > 2 else "target/release/crosstally"
    chance = random.Random(7)
    files = sorted(path for path in source.rglob("*") if path.suffix.lower() in MEDIA)
    contents = [path.read_bytes() for path in files]
    filled = [data for data in contents if data]
    with tempfile.TemporaryDirectory() as temporary:
        archive, output = pathlib.Path(temporary) / "archive", pathlib.Path(temporary) / "output"
        archive.mkdir()
        for number, (path, data) in enumerate(zip(files, contents)):
            if 0 < len(data) <= LARGEST:
                for copy, bytes_ in enumerate(damaged(data, chance.choice(filled), chance)):
                    (archive / f"{number:04}-{copy:02}{path.suffix}").write_bytes(bytes_)
        subprocess.run([program, "ingest", archive, "--output", output, "--format", "csv", "--timings", "--quiet"], check=True)
        told = collections.defaultdict(list)
        for finding in rows(output, "findings"):
            for document in finding["documents"].split(";"):
                told[document].append(finding["code"])
        endings, faults, slowest = collections.Counter(), [], (0, "")
        for row in rows(output, "documents"):
            codes = told[row["document"]]
            if row["status"] == "duplicate":
                ending = "the same bytes as another"
            elif int(row["observations"] or 0):
                ending = "figures"
            elif codes:
                ending = codes[0]
            else:
                ending = "nothing"
                faults.append(row["document"])
            endings[ending] += 1
            slowest = max(slowest, (int(row["milliseconds"] or 0), row["document"]))
    print(f"{sum(endings.values())} damaged files: {dict(endings.most_common())}; slowest {slowest[0]} ms ({slowest[1]})")
    for fault in faults:
        print(f"{fault}: neither a figure nor a finding")
    sys.exit(1 if faults else 0)


main()

#!/usr/bin/env bash
# How fast PDFs are read, words, tables and charts and all, beside others: one table of ratios, all measured in one run on one core.
#
#     apt install poppler-utils mupdf-tools; pip install pypdfium2 pdfplumber
#     benches/pdf.sh FOLDER...
#
# The engine alone, drawing to nobody, is the floor: nothing that stands on it can be faster. Programs are timed by their processor time,
# less what each takes to start on the smallest of the files; what is not installed is left out.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || { sed -n '2,8p' "$0"; exit 2; }
folders=()
for folder in "$@"; do folders+=("$(realpath "$folder")"); done
mapfile -t files < <(find "${folders[@]}" -name '*.pdf' | sort)
measured=$(taskset -c 0 cargo bench --quiet --bench pdf -- "${files[@]}")
MEASURED="$measured" taskset -c 0 python3 - <<'PYTHON'
import os
import resource
import shutil
import subprocess
import sys
import time

rows = [line.split("\t") for line in os.environ["MEASURED"].splitlines() if line.count("\t") == 3]
files = [row[3] for row in rows]
seconds = {"crosstally": sum(float(row[0]) for row in rows) / 1e3, "engine alone": sum(float(row[1]) for row in rows) / 1e3}
ROUNDS = 3


def used(commands):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in commands:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def program(command):
    smallest = min(files, key=os.path.getsize)
    whole = min(used([command(file) for file in files]) for _ in range(ROUNDS))
    start = min(used([command(smallest)] * len(files)) for _ in range(ROUNDS))
    return whole - start


def library(read):
    def once():
        start = time.process_time()
        for file in files:
            try:
                read(file)
            except Exception:  # A file that one reader refuses costs it little, which favours it.
                pass
        return time.process_time() - start

    return min(once() for _ in range(ROUNDS))


if shutil.which("pdftotext"):
    seconds["pdftotext -bbox-layout"] = program(lambda file: ["pdftotext", "-bbox-layout", file, "/dev/null"])
if shutil.which("mutool"):
    seconds["mutool draw -F stext"] = program(lambda file: ["mutool", "draw", "-q", "-F", "stext", "-o", "/dev/null", file])
try:
    import pypdfium2

    def pdfium(file):
        document = pypdfium2.PdfDocument(file)
        for page in document:
            page.get_textpage().get_text_range()
        document.close()

    seconds["PDFium, text alone"] = library(pdfium)
except ImportError:
    pass
try:
    import pdfplumber

    def plumber(file):
        with pdfplumber.open(file) as document:
            for page in document.pages:
                page.extract_words()
                page.extract_tables()

    ROUNDS = 1
    seconds["pdfplumber, words and tables"] = library(plumber)
except ImportError:
    pass

pages = sum(int(row[2]) for row in rows)
print(f"{len(files)} PDFs, {pages} pages")
print(f"{'reader':32}{'seconds':>9}{'pages/s':>9}{'× engine':>10}{'× crosstally':>14}")
for name, taken in seconds.items():
    print(f"{name:32}{taken:9.2f}{pages / taken:9.0f}{taken / seconds['engine alone']:10.2f}{taken / seconds['crosstally']:14.2f}")
sys.exit(0 if files else 1)
PYTHON

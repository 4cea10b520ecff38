#!/usr/bin/env python3
"""How many of the numbers printed in PDFs are read, and how many of those read are printed, beside poppler, PDFium and MuPDF.

    pip install pypdfium2 pymupdf; apt install poppler-utils
    cargo build --release
    benches/numbers_kept.py FOLDER... [--program target/release/crosstally] [--differences]

A number is a run of digits with points, commas or apostrophes within, compared as its digits; a space parts two, so that nobody is asked
to know which spaces part thousands. What at least two of the three referees see on a page, as often as the second most of them sees it,
counts as printed: that flatters the three. A PDF counts if all four open it. `--differences` lists page by page what is missing or too
much, to be held against the page itself: referees can be wrong together, most often where they glue a footnote's raised mark to its figure.
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

import pymupdf
import pypdfium2

NUMBER = re.compile(r"[0-9](?:[0-9.,'’]*[0-9])?")
SECONDS = 90


def numbers(text):
    return collections.Counter(re.sub(r"[^0-9]", "", number) for number in NUMBER.findall(text))


def by_poppler(path):
    run = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True, timeout=SECONDS, check=True)
    return [numbers(page) for page in run.stdout.decode("utf-8", "replace").split("\f")[:-1]]


def by_pdfium(path):
    pages = []
    document = pypdfium2.PdfDocument(path)
    for page in document:
        pages.append(numbers(page.get_textpage().get_text_range()))
    document.close()
    return pages


def by_mupdf(path):
    with pymupdf.open(path, filetype="pdf") as document:
        if document.needs_pass:
            raise ValueError("encrypted")
        return [numbers(page.get_text("text")) for page in document]


def by_crosstally(path, program):
    run = subprocess.run([program, "show", "--json", path], capture_output=True, timeout=SECONDS, check=True)
    pages = json.loads(run.stdout)["pages"]
    return [sum((numbers(word["text"]) for word in page["words"]), collections.Counter()) for page in pages]


class Score:
    """Numbers printed, read, and both."""

    def __init__(self):
        self.printed = self.read = self.both = 0

    def add(self, printed, read):
        self.printed += printed.total()
        self.read += read.total()
        self.both += (printed & read).total()

    def recall(self):
        return self.both / max(1, self.printed)

    def precision(self):
        return self.both / max(1, self.read)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folders", nargs="+", type=pathlib.Path)
    arguments.add_argument("--program", default="target/release/crosstally")
    arguments.add_argument("--differences", action="store_true")
    options = arguments.parse_args()
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    readers = {
        "crosstally": lambda path: by_crosstally(path, options.program),
        "poppler": by_poppler,
        "PDFium": by_pdfium,
        "MuPDF": by_mupdf,
    }
    print(f"{'folder':32} {'PDFs':>5} {'numbers':>8}  " + "  ".join(f"{name:^17}" for name in readers))
    print(f"{'':32} {'':>5} {'':>8}  " + "  ".join(f"{'recall':>8} {'precision':>9}"[:18] for _ in readers))
    total = {name: Score() for name in readers}
    counted = 0
    for folder in options.folders:
        scores = {name: Score() for name in readers}
        files = 0
        for path in sorted(folder.rglob("*.pdf")) if folder.is_dir() else [folder]:
            read = {}
            try:
                for name, reader in readers.items():
                    read[name] = reader(str(path))
            except Exception:  # Whatever a reader of foreign code raises: the file is not readable to all.
                continue
            if len({len(pages) for pages in read.values()}) != 1:
                continue
            files += 1
            for at, pages in enumerate(zip(*read.values())):
                ours, *referees = pages
                one, two, three = referees
                printed = (one & two) | (one & three) | (two & three)
                for name, page in zip(readers, pages):
                    scores[name].add(printed, page)
                    total[name].add(printed, page)
                missing, invented = printed - ours, ours - printed
                if options.differences and (missing or invented):
                    listed = lambda counter: " ".join(sorted(counter.elements()))
                    print(f"  {path} page {at + 1}: missing [{listed(missing)}] too much [{listed(invented)}]")
        counted += files
        report(folder.name, files, scores)
    report("all", counted, total)


def report(name, files, scores):
    line = "  ".join(f"{score.recall():8.4f} {score.precision():8.4f}" for score in scores.values())
    print(f"{name[:32]:32} {files:5} {scores['poppler'].printed:8}  {line}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

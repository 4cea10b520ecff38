#!/usr/bin/env python3
"""How tables come out of pages that a browser printed: each cell under the name and beside the label that it was written with.

    apt install chromium
    cargo build --release
    benches/printed_tables.py [--program target/release/crosstally] [--browser chromium]

Six tables, with years, empty cells and a column without a name among them, are printed with names and figures at either end of their columns or in
the middle, with and without rulings and shading, as wide as the page, as wide as their words and in between: 180 pages. What is wrong is listed.
"""

import argparse
import concurrent.futures
import json
import pathlib
import re
import subprocess
import tempfile

TABLES = [
    [
        ["Nationality", "Arrivals", "%"],
        ["Syrian Arab Republic", "4,396", "34%"],
        ["Iraq", "939", "15%"],
        ["Others", "11,103", "51%"],
    ],
    [
        ["Centre", "Capacity", "Occupied", "Rate", "Remarks"],
        ["Harmanli", "3,200", "2,944", "92%", "under repair"],
        ["Sofia", "2,060", "1,751", "85%", ""],
        ["Banya", "140", "112", "80%", "families only"],
    ],
    [
        ["Country of origin", "2022", "2023", "2024"],
        ["Afghanistan", "1,204", "12,930", "980"],
        ["Bangladesh", "87", "1,045", "2,310"],
        ["Total", "1,291", "13,975", "3,290"],
    ],
    [
        ["Month", "Sea arrivals", "Land arrivals", "Total arrivals", "Change from previous month"],
        ["January", "1,204", "88", "1,292", "+4%"],
        ["February", "987", "120", "1,107", "-14%"],
        ["March", "1,530", "95", "1,625", "+47%"],
    ],
    [
        ["", "Men", "Women", "Boys", "Girls", "Total"],
        ["Camp A", "1,204", "1,310", "640", "599", "3,753"],
        ["Camp B", "87", "91", "40", "38", "256"],
        ["Total", "1,291", "1,401", "680", "637", "4,009"],
    ],
    [
        ["Route", "Registrations on arrival", "Share"],
        ["Western Balkans", "21,520", "54%"],
        ["Central Mediterranean", "9,310", "23%"],
        ["Eastern Mediterranean", "9,112", "23%"],
    ],
]
ENDS = [("left", "right"), ("center", "right"), ("left", "left"), ("right", "right"), ("center", "center"), ("center", "left")]
STYLES = {
    "plain": "",
    "lines": "td,th{border-bottom:1px solid #999}",
    "grid": "td,th{border:1px solid #333}",
    "head": "th{border-bottom:2px solid #000}",
    "zebra": "tr:nth-child(even){background:#eef} th{background:#036;color:#fff}",
}
WIDTHS = ["100%", "auto", "420px"]


def page(table, names, figures, style, width):
    def row(tag, cells):
        return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"

    return (
        f"<!doctype html><style>body{{font:11px sans-serif}}table{{font:16px serif;border-collapse:collapse;width:{width};margin:14px 0}}"
        f"td,th{{padding:4px 6px;text-align:{figures}}}th{{text-align:{names}}}td:first-child,th:first-child{{text-align:left}}{style}</style>"
        "<h2>Table of arrivals</h2><p>The table below holds what the authorities counted in the month.</p>"
        f"<table>{row('th', table[0])}{''.join(row('td', cells) for cells in table[1:])}</table><p>All of it may still change.</p>"
    )


def read(program, path):
    """Every figure of every table by its label and the name of its column."""
    run = subprocess.run([program, "show", "--json", path], capture_output=True, check=True)
    figures = {}
    for table in (table for page in json.loads(run.stdout)["pages"] for table in page["tables"]):
        grid = {}
        for cell in table["cells"]:
            for row in range(cell["row"], cell["row"] + cell["row_span"]):
                for column in range(cell["column"], cell["column"] + cell["column_span"]):
                    grid[row, column] = re.sub(r"\s+", " ", cell["text"]).strip()
        for (row, column), text in grid.items():
            if row >= table["header_rows"] and column > 0:
                names = dict.fromkeys(grid.get((above, column), "") for above in range(table["header_rows"]))
                figures[grid.get((row, 0), ""), " ".join(names).strip()] = text
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default="target/release/crosstally")
    parser.add_argument("--browser", default="chromium")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = {}
        for at, table in enumerate(TABLES):
            for names, figures in ENDS:
                for style, rules in STYLES.items():
                    width = WIDTHS[len(pages) % len(WIDTHS)]
                    path = pathlib.Path(folder, f"{at}-{names}-{figures}-{style}-{width.strip('%')}.html")
                    path.write_text(page(table, names, figures, rules, width))
                    pages[path] = table

        def printed(path):
            out = path.with_suffix(".pdf")
            options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={out}"]
            subprocess.run([arguments.browser, *options, path.as_uri()], capture_output=True, check=True)
            return out

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            files = list(pool.map(printed, pages))
        right = total = 0
        for file, table in zip(files, pages.values()):
            figures = read(arguments.program, file)
            cells = [((row[0], name), text) for row in table[1:] for name, text in zip(table[0][1:], row[1:]) if text]
            wrong = [(place, text, figures.get(place)) for place, text in cells if figures.get(place) != text]
            right, total = right + len(cells) - len(wrong), total + len(cells)
            for place, text, found in wrong:
                print(f"{file.stem}: {text} of {' / '.join(place)} is {found}")
        print(f"{right} of {total} cells stand where they were written, on {len(files)} pages")


main()

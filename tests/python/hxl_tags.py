"""Reads the CSV files of a folder as HXL data, and prints their columns by tag with the first row."""

import sys
from pathlib import Path

import hxl

for path in sorted(Path(sys.argv[1]).glob("*.csv")):
    source = hxl.data(str(path), hxl.InputOptions(allow_local=True))
    rows = list(source)
    print(f"{path.name}: {'rows' if rows else 'no rows'}")
    for column, value in zip(source.columns, rows[0].values):
        print(f"    {column.header} {column.display_tag}: {value!r}")

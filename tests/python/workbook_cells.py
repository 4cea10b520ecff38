"""Compares the sheets of crosstally.xlsx with the CSV files of the same names, and follows every link inside; prints what differs."""

import csv
import datetime
import re
import sys
from pathlib import Path

from openpyxl import load_workbook

folder = Path(sys.argv[1])
book = load_workbook(folder / "crosstally.xlsx")


def cell(value):
    """A value as the CSV file holds it."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


for name in ["observations", "findings", "documents"]:
    with open(folder / f"{name}.csv", newline="") as file:
        rows = [[text.replace("; ", ";") for text in row] for row in csv.reader(file)]
    ours = [[cell(value).replace("; ", ";") for value in row] for row in book[name].iter_rows(values_only=True)]
    print(f"{name}: {'rows' if rows[1:] else 'no rows'}, {'as the CSV' if ours == rows else 'not as the CSV'}")
    for one, other in [(one, other) for one, other in zip(ours, rows) if one != other][:3]:
        print("   ", [(a, b) for a, b in zip(one, other) if a != b])

links = wrong = coloured = 0
for sheet in book.worksheets:
    for row in sheet.iter_rows():
        for one in row:
            if one.hyperlink and one.hyperlink.location and sheet.title not in {"readme", "findings"} and not one.hyperlink.target:
                target, place = re.fullmatch(r"'(.+)'!([A-Z]+[0-9]+)", one.hyperlink.location).groups()
                links += 1
                wrong += book[target][place].value != one.value
                # A figure that stands in a finding has the same colour where it leads to, unless another mention stands in it.
                coloured += bool(one.comment)
print("links from figures:", "some" if links else "none", "- to another value:", wrong)
print("figures with notes:", "some" if coloured else "none")
formulas = sum(one.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for one in row)
print("formulas:", formulas)

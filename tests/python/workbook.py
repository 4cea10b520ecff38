"""Opens crosstally.xlsx with openpyxl, and prints its sheets: cells with types, colours, links and notes of some, the size of the others."""

import sys
from pathlib import Path

from openpyxl import load_workbook

book = load_workbook(Path(sys.argv[1]) / "crosstally.xlsx")
print("made", book.properties.created.isoformat(), "by", book.properties.creator or "nobody")
for sheet in book.worksheets:
    print(f"{sheet.title}: {sheet.max_row} by {sheet.max_column}, frozen at {sheet.freeze_panes}, filter {sheet.auto_filter.ref}")
    if sheet.title in {"readme", "codebook", "places"}:
        continue
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None or cell.value == "":
                continue
            extras = [cell.data_type]
            if cell.is_date:
                extras.append(cell.number_format)
            if cell.fill.fill_type and cell.comment:
                extras.append(cell.fill.fgColor.rgb)
            if cell.hyperlink:
                extras.append(f"-> {cell.hyperlink.target or ''}#{cell.hyperlink.location or ''}")
            if cell.comment:
                extras.append(f"note: {cell.comment.text!r}")
            if len(extras) > 1 or sheet.title == "mixed_movements":
                print(f"    {cell.coordinate} {str(cell.value)!r}", *extras)

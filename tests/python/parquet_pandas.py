"""Reads the Parquet files of a folder with pandas, compares every cell with the CSV file of the same name, and prints what differs."""

import csv
import datetime
import decimal
import sys
from pathlib import Path

import pandas
import pyarrow.parquet

folder = Path(sys.argv[1])


def cell(value):
    """A value as the CSV file holds it."""
    if value is None or value is pandas.NaT or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, decimal.Decimal):
        text = f"{value.normalize():f}"
        return "0" if text == "-0" else text
    if isinstance(value, (list, tuple)) or hasattr(value, "tolist") and getattr(value, "ndim", 0) == 1:
        return ";".join(value)
    if isinstance(value, float):
        return str(int(value))
    return str(value)


for table in ["observations", "findings", "documents", "vintages"]:
    path = folder / f"{table}.parquet"
    frame = pandas.read_parquet(path)
    with open(folder / f"{table}.csv", newline="") as file:
        header, *rows = csv.reader(file)
    ours = [[cell(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    same = list(frame.columns) == header and ours == rows
    groups = pyarrow.parquet.ParquetFile(path).metadata
    column = {groups.row_group(0).column(at).path_in_schema: groups.row_group(0).column(at) for at in range(groups.num_columns)}
    dictionary = [name for name, chunk in column.items() if "RLE_DICTIONARY" in chunk.encodings or "PLAIN_DICTIONARY" in chunk.encodings]
    words = {"publisher", "family", "edition", "indicator", "area", "severity", "status", "unit"} & set(column)
    print(f"{table}: {'rows' if rows else 'no rows'}, {'as the CSV' if same else 'not as the CSV'}, words in dictionaries: {words <= set(dictionary)}")
    if not same:
        print("   ", header, list(frame.columns))
        print(*[(one, other) for one, other in zip(ours, rows) if one != other][:3], sep="\n    ")

"""Asks DuckDB what stands in the Parquet files of a folder: columns with types, rows, sums, and the notes in the metadata."""

import json
import sys
from pathlib import Path

import duckdb

folder = Path(sys.argv[1])
connection = duckdb.connect()
for table in ["observations", "findings", "documents", "vintages"]:
    path = str(folder / f"{table}.parquet")
    print(table)
    for name, kind, nullable, *_ in connection.execute("describe select * from read_parquet(?)", [path]).fetchall():
        print(f"    {name} {kind}")
    for row in connection.execute("select * from read_parquet(?)", [path]).fetchall():
        print("   ", *[repr(str(value)) if value is not None else "-" for value in row])
    notes = connection.execute("select key, value from parquet_kv_metadata(?) order by key", [path]).fetchall()
    for key, value in notes:
        note = json.loads(bytes(value))
        print(f"    {bytes(key).decode()}: {', '.join(sorted(note))}")

"""Reads observations.sdmx.csv with pysdmx, and prints the datasets, their columns, and whether every key is there once."""

import sys
from pathlib import Path

from pysdmx.io import read_sdmx

DIMENSIONS = "PUBLISHER INDICATOR STATISTIC REF_AREA ORIGIN SEX POPULATION_GROUP BASE_PERIOD UNIT_MEASURE TIME_PERIOD".split()

message = read_sdmx(Path(sys.argv[1]) / "observations.sdmx.csv", validate=False)
for dataset in message.data:
    frame = dataset.data
    print(dataset.short_urn, "rows" if len(frame) else "no rows")
    print("   ", *frame.columns)
    print("    every key once:", not frame.duplicated(DIMENSIONS).any())
    print("    nothing empty in a key:", not (frame[DIMENSIONS].isna() | (frame[DIMENSIONS] == "")).any(axis=None))
    if len(frame) < 10:
        for row in frame.itertuples(index=False, name=None):
            print("   ", *[repr(str(value)) for value in row])

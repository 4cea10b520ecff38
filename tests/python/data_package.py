"""Validates datapackage.json and the files it describes, and prints what each of them is."""

import sys
from pathlib import Path

import frictionless

report = frictionless.validate(str(Path(sys.argv[1]) / "datapackage.json"))
for error in report.errors:
    print("package:", error.message)
for task in report.tasks:
    print(f"{task.name}: {'valid' if task.valid else 'not valid'}, {'no rows' if not task.stats.get('rows') else 'rows'}")
    for error in task.errors[:5]:
        print("   ", error.message)

"""Validates every line of the .jsonl files of a folder by the schemas of another, and prints the files that have lines."""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator

folder, schemas = map(Path, sys.argv[1:])
for path in sorted(schemas.glob("*.json")):
    schema = json.loads(path.read_text())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    lines = (folder / f"{path.stem}.jsonl").read_text().splitlines()
    faults = [error.message for line in lines for error in validator.iter_errors(json.loads(line))]
    print(f"{path.stem}: {'lines' if lines else 'no lines'}, {'valid' if not faults else 'not valid'}")
    for fault in faults[:5]:
        print("   ", fault)

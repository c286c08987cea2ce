"""Where each unit of both eras lies: one point that was found by its name, without a database."""

import csv
import gzip
from collections.abc import Mapping
from functools import lru_cache

from vungxanh.locations.values.points import GeoPoint
from vungxanh.locations.values.units import VENDORED, UnitId


@lru_cache(maxsize=1)
def centres() -> Mapping[UnitId, GeoPoint]:
    """A point in or near each unit; units whose point is not known are left out."""
    with gzip.open(VENDORED / "centres.csv.gz", "rt", encoding="utf-8", newline="") as text:
        rows = csv.reader(text)
        next(rows)
        return {
            UnitId(f"{tree}:{code}"): GeoPoint(float(lat), float(lon))
            for tree, code, lat, lon in rows
        }

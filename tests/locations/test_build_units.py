"""The builder of the succession: how merged communes are found, what ends a build."""

import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tools.build_units_check import agreement
from tools.build_units_sources import Row, Wheels, changes_2025, parted
from tools.build_units_succession import Heir, succession

# Commune 1 passed whole, 2 was parted, 3 took in 4, 5 and 6 merged before; 7 is an island.
BEFORE = [
    ("52", "540", "00001", "xamot", None),
    ("52", "540", "00002", "xahai", None),
    ("52", "540", "00003", "xanam", '["xaba", "xabon"]'),
    ("52", "541", None, None, None),
]
SINCE = [("52", "00001", "xamot"), ("52", "00002", "xahai"), ("52", "00541", "dackhudao")]
OLD = [
    Row("vn-2021", "52", "vn", "province", "Bình Định", "tỉnh"),
    Row("vn-2021", "540", "52", "district", "Quy Nhơn", "thành phố"),
    *(
        Row("vn-2021", f"0000{code}", "540", "commune", name, "xã")
        for code, name in ((1, "Một"), (2, "Hai"), (3, "Ba"), (4, "Bốn"), (5, "Năm"), (6, "Sáu"))
    ),
    Row("vn-2021", "541", "52", "district", "Đảo", "huyện"),
]
NEW = [
    Row("vn-2025", "52", "vn", "province", "Gia Lai", "tỉnh"),
    *(Row("vn-2025", code, "52", "commune", name, "xã") for _, code, name in SINCE),
]
CONVERTER = {
    "DICT_PROVINCE_WARD_NO_DIVIDED": {
        "tinh": {
            "xamot": ["tinh_540_xamot", "tinh_540_xanam"],
            "dackhudao": ["tinh_541_"],
        }
    },
    "DICT_PROVINCE_WARD_DIVIDED": {
        "tinh": {
            "tinh_540_xahai": [
                {"newWardKey": "xamot", "isDefaultNewWard": False},
                {"newWardKey": "xahai", "isDefaultNewWard": True},
            ]
        }
    },
}


@pytest.fixture
def wheels(tmp_path: Path) -> Wheels:
    base = sqlite3.connect(tmp_path / "dataset.db")
    base.execute(
        "CREATE TABLE admin_units_legacy (provinceKey, provinceCode, districtKey, districtCode,"
        " wardCode, wardKey, wardAlias)"
    )
    base.executemany(
        "INSERT INTO admin_units_legacy VALUES ('tinh', ?1, ?2, ?2, ?3, ?4, ?5)", BEFORE
    )
    base.execute("CREATE TABLE admin_units (provinceKey, provinceCode, wardCode, wardKey)")
    base.executemany("INSERT INTO admin_units VALUES ('tinh', ?, ?, ?)", SINCE)
    base.commit()
    base.close()
    with zipfile.ZipFile(tmp_path / "vietnamadminunits-1.whl", "w") as wheel:
        wheel.writestr("vietnamadminunits/data/converter_2025.json", json.dumps(CONVERTER))
        wheel.write(tmp_path / "dataset.db", "vietnamadminunits/data/dataset.db")
    return Wheels(tmp_path)


@pytest.mark.parametrize(
    ("old", "heirs"),
    [
        ("00001", [("00001", "1", "1", "sure", "whole")]),
        (
            "00002",
            [("00002", "", "1", "uncertain", "split"), ("00001", "", "0", "uncertain", "split")],
        ),
        ("00003", [("00001", "1", "1", "sure", "whole")]),
        ("00004", [("00001", "1", "1", "sure", "alias")]),
        ("00005", [("00001", "1", "1", "sure", "name")]),
        (
            "00006",
            [
                ("00001", "", "0", "uncertain", "district"),
                ("00002", "", "0", "uncertain", "district"),
            ],
        ),
        ("541", [("00541", "1", "1", "sure", "whole")]),
        (
            "540",
            [
                ("00001", "", "0", "sure", "communes"),
                ("00002", "", "0", "uncertain", "communes"),
            ],
        ),
        ("52", [("52", "1", "1", "sure", "merged")]),
        ("vn", [("vn", "1", "1", "sure", "merged")]),
    ],
)
def test_each_unit_is_followed_by_the_strongest_method(
    wheels: Wheels, old: str, heirs: list[tuple[str, ...]]
) -> None:
    found = [tuple(heir)[1:] for heir in succession(wheels, OLD, NEW) if heir.old == old]
    assert found == heirs


def other_work(folder: Path, entries: str) -> Path:
    wheel = folder / "other.whl"
    text = f"OLD_TO_NEW: dict = {{\n{entries}\n}}\nNEW_TO_OLD: dict = {{}}\n"
    with zipfile.ZipFile(wheel, "w") as package:
        package.writestr("vietnam_provinces/_ward_conversion_2025.py", text)
    return wheel


def entry(old: int, *new: int) -> str:
    parts = ", ".join(f"NewWardRef({code}, 52)" for code in new)
    return f"{old}: OldToNewEntry(\n OldWardRef({old}, 540, 52, True), ({parts},)),"


HEIRS = [Heir("00001", "00001", "1", "1", "sure", "whole")]


@pytest.mark.parametrize(
    ("new", "counted"),
    [((1,), "1 equal, 0 subset"), ((1, 2), "0 equal, 1 subset")],
)
def test_agreement_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], new: tuple[int, ...], counted: str
) -> None:
    agreement(other_work(tmp_path, entry(1, *new) + entry(9, 9)), HEIRS)
    assert f"1 shared, {counted}, 0 contradictory" in capsys.readouterr().out


def test_a_contradiction_ends_the_build(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="00001"):
        agreement(other_work(tmp_path, entry(1, 2)), HEIRS)


def test_a_changed_type_is_dated_by_the_last_act_of_its_note(tmp_path: Path) -> None:
    note = "Số: 1658/NQ-UBTVQH15; Ngày: 16/06/2025 và Số: 388/NQ-UBTVQH16; Ngày: 04/08/2026"
    wheels: Any = Wheels(tmp_path)
    wheels.units_2025 = [
        {"provinceCode": "24", "province": "Tỉnh A", "wardCode": "07294", "ward": "Xã  Bố Hạ"}
    ]
    wheels.provinces_2026 = {"24": {"name_with_type": "Tỉnh A", "note": ""}}
    wheels.communes_2026 = {"07294": {"name_with_type": "Phường Bố Hạ", "note": note}}
    assert list(changes_2025(wheels)) == [
        ("vn-2025:07294", "Xã Bố Hạ", "388/NQ-UBTVQH16", "2026-08-04")
    ]


@pytest.mark.parametrize(
    ("full", "word", "name"),
    [
        ("Thị xã  An Nhơn", "thị xã", "An Nhơn"),
        ("Đặc khu Lý Sơn", "đặc khu", "Lý Sơn"),
        ("Xã Xã Phương", "xã", "Xã Phương"),
    ],
)
def test_the_type_word_is_taken_off_the_front_of_a_name(full: str, word: str, name: str) -> None:
    assert parted(full) == (word, name)

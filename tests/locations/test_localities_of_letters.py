"""Every locality that the letters name is one unit of the tree of their day."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from vungxanh.engines import names
from vungxanh.locations.values import place_of, units_2021

LETTERS = Path(__file__).resolve().parent.parent / "data" / "letters"
# As written, the province that the letter speaks about (None: of the country), the unit.
LOCALITIES = [
    ("Tỉnh Bình Định", None, "52"),
    ("Bình Định", None, "52"),
    ("Thành phố Bắc Giang", "24", "213"),
    ("TP. Bắc Giang", "24", "213"),
    ("Tỉnh Phú Yên", None, "54"),
    ("Phú Yên", None, "54"),
    ("Hải Dương", None, "30"),
    ("Hà Nội", None, "01"),
    ("tỉnh Bình Phước", None, "70"),
    ("Thành phố Quy Nhơn", "52", "540"),
    ("Thị xã Hoài Nhơn", "52", "543"),
    ("Thị xã An Nhơn", "52", "549"),
    ("Huyện Vĩnh Thạnh", "52", "546"),
    ("Huyện Tuy Phước", "52", "550"),
    ("Huyện Tây Sơn", "52", "547"),
    ("Huyện Vân Canh", "52", "551"),
    ("Huyện Phù Cát", "52", "548"),
    ("Huyện Phù Mỹ", "52", "545"),
    ("Huyện An Lão", "52", "542"),
    ("Huyện Hoài Ân", "52", "544"),
]
# "Cả nước" is the country, which no letter calls by its name.
NOT_A_NAME = {"Cả nước"}


def localities(node: object) -> Iterator[str]:
    """The localities that a reading of a letter holds, at any depth."""
    if isinstance(node, dict):
        yield from (str(node[key]) for key in ("locality", "place") if node.get(key))
        for below in node.values():
            yield from localities(below)
    if isinstance(node, list):
        for below in node:
            yield from localities(below)


def rows(letter: dict[str, object]) -> Iterator[list[object]]:
    for table in letter["tables"]:  # type: ignore[attr-defined]
        yield from table["rows"]


def readings() -> list[dict[str, object]]:
    return [
        json.loads(path.read_text(encoding="utf-8")) for path in LETTERS.glob("*.expected.json")
    ]


def named(text: str, province: str | None) -> names.Found:
    """What a name means among the provinces, or among the districts of one."""
    above = f"vn-2021:{province or 'vn'}"
    return names.NameIndex(place_of(u) for u in units_2021() if u.parent_id == above).find(text)


@pytest.mark.parametrize(("text", "province", "code"), LOCALITIES)
def test_a_locality_of_a_letter_is_one_unit_of_2021(
    text: str, province: str | None, code: str
) -> None:
    found = named(text, province)
    assert (found.kind, found.keys) == (names.Kind.EXACT, (f"vn-2021:{code}",))


def test_no_locality_of_the_letters_is_left_out() -> None:
    written = {name for letter in readings() for name in localities(letter)}
    listed = {str(row[1]) for letter in readings() for row in rows(letter)}
    assert written | listed <= {text for text, _, _ in LOCALITIES} | NOT_A_NAME
    assert len(written) == 9
    assert len(listed) == 11

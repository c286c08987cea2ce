"""Provinces and districts as letters write them, from the file that the package carries."""

import pytest

from tests.engines.letters.findings_letters import reading_of
from vungxanh.directives.values import known_places, known_units


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("tỉnh Bình Phước", "70"),
        ("TP. Hồ Chí Minh", "79"),
        ("TPHCM", "79"),
        ("binh dinh", "52"),
        ("thành phố Bắc Giang", None),
        ("Huế", None),
        ("", None),
        ("Bình Định " * 20, None),
    ],
)
def test_a_province_is_known_by_its_name(written: str, code: str | None) -> None:
    found = known_places("vn-2021").province(written)
    assert (found and found.code) == code


@pytest.mark.parametrize(
    ("written", "province", "code"),
    [
        ("TP. Bắc Giang", None, "213"),
        ("Quy Nhơn", "52", "540"),
        ("Quy Nhơn", "24", None),
        ("Quận 1", "79", "760"),
        ("huyện Châu Thành", None, None),
        ("huyện Châu Thành", "72", "708"),
    ],
)
def test_a_district_is_known_inside_its_province(
    written: str, province: str | None, code: str | None
) -> None:
    found = known_places("vn-2021").district(written, province)
    assert (found and found.code) == code


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("stttt@binhphuoc.gov.vn", "70"),
        ("https://ict-binhphuoc.gov.vn/", "70"),
        ("thuathienhue.gov.vn", "46"),
        ("bluezone.gov.vn", None),
        ("tokhaiyte.vn", None),
    ],
)
def test_an_internet_name_tells_its_province(address: str, code: str | None) -> None:
    found = known_places("vn-2021").in_address(address)
    assert (found and found.code) == code


def test_only_a_letter_with_a_table_asks_for_units() -> None:
    units = known_units(reading_of("000"))
    assert units is not None
    assert {unit.id for unit in units} > {"vn-2021:52", "vn-2021:540"}
    assert known_units(reading_of("003")) is None

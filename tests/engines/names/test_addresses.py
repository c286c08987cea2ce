"""Addresses as people write them, over the real units of both eras."""

from datetime import date

import pytest

from tests.engines.names.worlds import IN_2021, IN_2026, both_eras, country, is_one
from vungxanh.engines.names import AddressIndex, Found, Kind, Place, Why
from vungxanh.engines.names.types import DuplicateKeyError, NoParentError

TRAN_PHU, NHON_HOI, QUY_NHON = "vn-2021:21586", "vn-2021:21601", "vn-2021:540"
WARD_QUY_NHON, AN_LAO = "vn-2025:21583", "vn-2021:542"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("P. Trần Phú, TP Quy Nhơn, Bình Định", TRAN_PHU),
        ("số 12 Lê Lợi, tổ 3, KP 5, P. Trần Phú, TP Quy Nhơn, Bình Định", TRAN_PHU),
        ("Bình Định, Quy Nhơn, Trần Phú", TRAN_PHU),
        ("Trần Phú - Quy Nhơn - Bình Định", TRAN_PHU),
        ("P.Trần Phú/TP.Quy Nhơn/T.Bình Định", TRAN_PHU),
        ("tran phu quy nhon binh dinh", TRAN_PHU),
        ("PHƯỜNG TRẦN PHÚ THÀNH PHỐ QUI NHƠN", TRAN_PHU),
        ("phường  Trần   Phú,\u00a0Bình Định", TRAN_PHU),
        ("ptranphu,tpquynhon,binhdinh", TRAN_PHU),
        ("Lê Lợi, P. Trần Phú, Quy Nhơn", TRAN_PHU),
        ("Nguyễn Huệ, Trần Phú, Quy Nhơn, Bình Định", TRAN_PHU),
        ("xã Nhơn Hội, tỉnh Gia Lai", NHON_HOI),
        ("phường Nhơn Hội, TX Quy Nhơn", NHON_HOI),
        ("tpquynhon", QUY_NHON),
        ("12/3 Lê Lợi, TP Quy Nhơn, Bình Định, Việt Nam", QUY_NHON),
        ("huyện An Lão, Bình Định", AN_LAO),
        ("phường Quy Nhơn, Gia Lai", WARD_QUY_NHON),
        ("Huyện Chơn Thành, Bình Phước", "vn-2021:697"),
        ("TX. Chơn Thành", "vn-2021:697"),
        ("P12 Q3 TPHCM", "vn-2021:27130"),
        ("Phường 12, Q.3, TP. HCM", "vn-2021:27130"),
        ("TT Huế", "vn-2021:46"),
        ("Bà Rịa, BR-VT", "vn-2021:748"),
        ("đặc khu Lý Sơn", "vn-2025:21548"),
        ("ĐK. Lý Sơn, Quảng Ngãi", "vn-2025:21548"),
    ],
)
def test_an_address_means(text: str, key: str) -> None:
    found = country().find(text)
    assert is_one(found)
    assert found.keys == (key,)


@pytest.mark.parametrize(
    ("text", "why", "keys"),
    [
        ("", Why.EMPTY, ()),
        (" , - ", Why.EMPTY, ()),
        ("Atlantis", Why.UNKNOWN, ()),
        ("huyện An Lão", Why.SEVERAL, ("vn-2021:313", AN_LAO)),
        ("xã Nhơn Hội, huyện Tuy Phước, Bình Định", Why.CONTRADICTS, (NHON_HOI, "vn-2021:550")),
        ("P. Trần Phú, Quy Nhơn, Đắk Nông", Why.CONTRADICTS, (TRAN_PHU, "vn-2021:67")),
        ("Gia Lai", Why.ERAS, ("vn-2021:64", "vn-2025:52")),
        ("xã Nhơn Hợi, TP Quy Nhơn, Bình Định", Why.SEVERAL, (NHON_HOI, QUY_NHON)),
        ("xã Khô Khan, TP Quy Nhơn, Bình Định", Why.PART_UNKNOWN, (QUY_NHON,)),
        ("x" * 500, Why.TOO_LONG, ()),
    ],
)
def test_what_is_not_sure_is_no_answer(text: str, why: Why, keys: tuple[str, ...]) -> None:
    found = country().find(text)
    assert (found.why, found.keys) == (why, keys)
    assert found.kind is (Kind.CANDIDATES if keys else Kind.NONE)


def test_the_end_of_a_street_is_not_silently_a_ward() -> None:
    found = country().find("12 Nguyễn Thị Minh Khai, TP Hà Giang")
    assert found.keys == ("vn-2021:00697", "vn-2021:024")
    assert country().find("phường Minh Khai, TP Hà Giang").keys == ("vn-2021:00697",)


def test_a_townlet_and_its_district_of_one_name_are_told_apart_by_level_only() -> None:
    text = "An Lão, Bình Định"
    assert country().find(text).keys == ("vn-2021:21609", AN_LAO)
    assert country().find(text, level="district").keys == (AN_LAO,)


@pytest.mark.parametrize(
    ("text", "on", "key"),
    [
        ("Gia Lai", IN_2021, "vn-2021:64"),
        ("Gia Lai", IN_2026, "vn-2025:52"),
        ("tỉnh Bắc Ninh", IN_2026, "vn-2025:24"),
        ("Hà Nội", date(2025, 6, 30), "vn-2021:01"),
        ("Hà Nội", date(2025, 7, 1), "vn-2025:01"),
    ],
)
def test_the_day_chooses_the_era(text: str, on: date, key: str) -> None:
    assert country().find(text, on=on).keys == (key,)


def test_a_unit_that_did_not_exist_on_the_day_is_a_candidate() -> None:
    text = "P. Trần Phú, TP Quy Nhơn, Bình Định"
    assert country().find(text, on=IN_2026) == Found(Kind.CANDIDATES, (TRAN_PHU,), Why.NOT_THEN)


def test_a_text_that_names_both_eras_is_decided_by_the_day() -> None:
    text = "P. Trần Phú, TP Quy Nhơn, Bình Định (nay là phường Quy Nhơn, tỉnh Gia Lai)"
    assert country().find(text) == Found(Kind.CANDIDATES, (TRAN_PHU, WARD_QUY_NHON), Why.ERAS)
    assert country().find(text, on=IN_2021).keys == (TRAN_PHU,)
    assert country().find(text, on=IN_2026).keys == (WARD_QUY_NHON,)


def test_old_and_new_units_of_one_address_need_what_became_of_them() -> None:
    alone = AddressIndex(both_eras())
    assert alone.find("xã Nhơn Hội, TP Quy Nhơn, Gia Lai").why is Why.CONTRADICTS
    assert country().find("xã Nhơn Hội, TP Quy Nhơn, Gia Lai").keys == (NHON_HOI,)


@pytest.mark.parametrize(
    ("within", "key"),
    [("vn-2021:52", "vn-2021:546"), ("vn-2021:92", "vn-2021:924")],
)
def test_an_area_chooses_among_places_of_one_name(within: str, key: str) -> None:
    assert country().find("huyện Vĩnh Thạnh", within=within).keys == (key,)


def test_a_place_outside_the_area_is_told_with_the_reason() -> None:
    found = country().find("thị xã Sa Pa", within="vn-2021:52")
    assert found == Found(Kind.CANDIDATES, ("vn-2021:088",), Why.OUTSIDE)


def test_a_street_outside_the_area_is_no_unit_of_it() -> None:
    found = country().find("Nguyễn Huệ", within=QUY_NHON)
    assert (found.kind, found.why) == (Kind.CANDIDATES, Why.OUTSIDE)


def test_the_unit_of_a_higher_level_is_that_of_the_address() -> None:
    text = "12 Lê Lợi, P. Trần Phú, Quy Nhơn"
    assert country().find(text, level="district").keys == (QUY_NHON,)
    assert country().find(text, level="province").keys == ("vn-2021:52",)
    below = country().find("TP Quy Nhơn", level="commune")
    assert below == Found(Kind.CANDIDATES, (QUY_NHON,), Why.LEVEL_DIFFERS)


def test_an_unknown_area_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        country().find("Quy Nhơn", within="vn-2021:zz")


PROVINCE = Place("1", "An", "tỉnh", "province")


@pytest.mark.parametrize(
    ("places", "error"),
    [
        ([PROVINCE, PROVINCE], DuplicateKeyError),
        ([PROVINCE, Place("2", "Hòa", "xã", "commune", parent="9")], NoParentError),
        ([Place("2", "Hòa", "xã", "commune", parent="2")], NoParentError),
    ],
)
def test_places_that_make_no_tree_are_refused(places: list[Place], error: type[ValueError]) -> None:
    with pytest.raises(error):
        AddressIndex(places)

"""What people write of a point is read at the door."""

import unicodedata

import pytest

from tests.factories.points import QUY_NHON
from vungxanh.checkins.rules.duplicates import Likeness, may_be_one
from vungxanh.checkins.values.entrances import doors_after
from vungxanh.checkins.values.kinds import KINDS, Kind
from vungxanh.checkins.values.points import (
    LONGEST_NAME,
    MOST_ENTRANCES,
    NewEntrance,
    read_capacity,
    read_entrances,
    read_entry,
    read_name,
    read_stay,
    read_unit,
)
from vungxanh.refusals import RefusalError

SAID = {"kind": "market", "name": "Chợ Mẫu", "unit": QUY_NHON}
GOOD = [
    "Chợ Đầm",
    "Trường THPT Nguyễn Huệ – cơ sở 2",
    "Quán 24/7 (Bà Năm)",
    "Công ty TNHH A&B, xưởng #3",
    "Café “Sông Hàn”",
    "Nhà nghỉ Krông Pắc",
]
BAD = [
    ("", "text_missing"),
    (" \u00a0\t", "text_missing"),
    ("12345", "text_only_digits"),
    ("12-34/5", "text_only_digits"),
    ("Chợ \u202eĐầm", "text_hidden_signs"),
    ("Chợ\u2066Đầm", "text_hidden_signs"),
    ("Ch\u200bợ Đầm", "text_hidden_signs"),
    ("Chợ\ufeff", "text_hidden_signs"),
    ("Chợ \x07Đầm", "text_hidden_signs"),
    ("Chợ \u3164 Đầm", "text_hidden_signs"),
    ("Chợ \U000e0041Đầm", "text_hidden_signs"),
    ("\u0421hợ Đầm", "text_other_alphabet"),
    ("Chợ \u0391n", "text_other_alphabet"),
    ("Ｃhợ Đầm", "text_other_alphabet"),
    ("\U0001d402hợ", "text_other_alphabet"),
    ("چوق", "text_other_alphabet"),
    ("Chợ 🍜", "text_odd_signs"),
    ("Chơ\u0323\u0338\u0336", "text_odd_signs"),
    ("a" * (LONGEST_NAME + 1), "text_too_long"),
    ("a" * 1_000_000, "text_too_long"),
]


@pytest.mark.parametrize("name", GOOD)
def test_names_as_people_write_them_stay_as_they_are(name: str) -> None:
    assert read_name(name) == name


def test_names_are_composed_and_blanks_are_one() -> None:
    typed = unicodedata.normalize("NFD", "  Chợ \n  Đầm ")
    assert read_name(typed) == "Chợ Đầm"


@pytest.mark.parametrize(("name", "code"), BAD)
def test_names_that_mislead_are_refused_at_their_field(name: str, code: str) -> None:
    with pytest.raises(RefusalError) as refused:
        read_name(name)
    assert refused.value.code == f"checkins.{code}"
    assert refused.value.field == "name"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("kind", "castle"),
        ("unit", "vn-2025:52"),
        ("unit", "vn-2021:21586"),
        ("unit", "nowhere"),
        ("address", "123"),
        ("address", "số 1 \u202e"),
        ("hours", "khi nào mở thì mở"),
        ("stay", "0"),
        ("stay", "2881"),
        ("stay", "một giờ"),
        ("stay", "٣"),
        ("capacity", "0"),
        ("capacity", "-5"),
        ("capacity", "1000001"),
        ("contact_name", "0912"),
        ("contact_phone", "12"),
    ],
)
def test_each_field_is_refused_by_its_name(field: str, text: str) -> None:
    with pytest.raises(RefusalError) as refused:
        read_entry({**SAID, field: text})
    assert refused.value.field == field
    assert refused.value.code.startswith("checkins.")


def test_what_is_left_out_is_not_invented() -> None:
    entry = read_entry(SAID)
    assert (entry.hours, entry.capacity, entry.contact_phone, entry.address) == (None, None, "", "")
    assert entry.stay == KINDS[Kind.MARKET].usual_stay_minutes


def test_everything_that_is_said_is_kept() -> None:
    entry = read_entry(
        {
            **SAID,
            "address": "Số 1 đường Mẫu",
            "hours": "T2-T6: 7h30-11h30",
            "stay": "45",
            "capacity": "1.200",
            "contact_phone": "0912 000 001",
        }
    )
    assert (entry.stay, entry.capacity, entry.contact_phone) == (45, 1200, "+84912000001")
    assert entry.hours is not None
    assert entry.hours.days[0] == ((450, 690),)


def test_a_commune_of_today_is_taken_as_it_is() -> None:
    assert read_unit(f" {QUY_NHON} ") == QUY_NHON


def test_doors_of_one_name_are_refused_however_they_are_written() -> None:
    with pytest.raises(RefusalError, match="entrances_alike"):
        read_entrances([NewEntrance("Cổng sau"), NewEntrance("CONG  SAU")])


def test_doors_without_a_name_are_left_out() -> None:
    assert read_entrances([NewEntrance(" "), NewEntrance("Cổng")]) == (NewEntrance("Cổng"),)


def test_more_doors_than_a_point_may_have_are_refused() -> None:
    with pytest.raises(RefusalError, match="entrances_too_many"):
        read_entrances([NewEntrance(f"Phòng {n}") for n in range(MOST_ENTRANCES + 1)])


def test_numbers_of_doors_are_never_given_twice() -> None:
    """Door 2 was closed long ago: its number stays its own."""
    gate, yard = NewEntrance("Cổng", number=1), NewEntrance("Sân")
    after = doors_after([gate], [gate, yard], highest=2)
    assert (after.kept, after.added, after.closed) == (((1, gate),), ((3, yard),), ())


def test_numbers_of_doors_run_out_in_words() -> None:
    with pytest.raises(RefusalError, match="entrances_too_many"):
        doors_after([], [NewEntrance("Cổng")], highest=255)


def test_blank_numbers_are_nothing_said() -> None:
    assert (read_stay(" "), read_capacity("")) == (0, None)


ONE = Likeness("vn-2025:1", "cho dam", "market", b"a")


@pytest.mark.parametrize(
    ("other", "is_one"),
    [
        (Likeness("vn-2025:1", "cho dam", "market"), True),
        (Likeness("vn-2025:1", "cho khac", "market", b"a"), True),
        (Likeness("vn-2025:1", "cho khac", "market", b"b"), False),
        (Likeness("vn-2025:1", "cho dam", "school", b"a"), False),
        (Likeness("vn-2025:2", "cho dam", "market", b"a"), False),
    ],
)
def test_two_points_may_be_one_by_name_or_contact(other: Likeness, is_one: bool) -> None:
    assert may_be_one(ONE, other) is is_one
    assert may_be_one(other, ONE) is is_one


def test_two_points_without_a_contact_share_none() -> None:
    nobody = Likeness("vn-2025:1", "a", "market")
    assert not may_be_one(nobody, Likeness("vn-2025:1", "b", "market"))

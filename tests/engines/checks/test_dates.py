"""The moment of a table is read from its words; a day without a year is refused."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vungxanh.documents.vietnamese import VIETNAM
from vungxanh.engines.checks.dates import as_of_in, moment_of
from vungxanh.engines.checks.types import AsOf, CheckError


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thống kê theo huyện/ thị xã/ thành phố ngày 26/5/2021", date(2021, 5, 26)),
        ("đến ngày 05-02-2021", date(2021, 2, 5)),
        ("tính đến 01.9.2020", date(2020, 9, 1)),
        ("ngày 26 tháng 5 năm 2021", date(2021, 5, 26)),
        ("2021-05-26", date(2021, 5, 26)),
        ("vào lúc 17h00', ngày 03/8/2021", at("2021-08-03T17:00")),
        ("Tính đến 10 giờ sáng ngày 20/5/2021", at("2021-05-20T10:00")),
        ("2 giờ chiều ngày 20/5/2021", at("2021-05-20T14:00")),
        ("16:00 ngày 28/8/2020", at("2020-08-28T16:00")),
        ("28/8/2020 16:30", at("2020-08-28T16:30")),
        ("2021-06-19T17:00:00+07:00", at("2021-06-19T17:00")),
        ("đứng thứ 43/63 tỉnh, thành", None),
        ("Phụ lục", None),
    ],
)
def test_moments_are_read_as_letters_write_them(text: str, expected: AsOf | None) -> None:
    assert as_of_in(text) == expected


@pytest.mark.parametrize("text", ["ngày 26/5", "đến ngày 17.8", "ngày 26/5/21", "ngày 26 tháng 5"])
def test_a_day_without_a_full_year_is_refused(text: str) -> None:
    with pytest.raises(CheckError) as caught:
        as_of_in(text, "dòng 1")
    assert caught.value.code == "checks.date_without_year"
    assert caught.value.words.vi.startswith("Dòng 1: ngày “")


@pytest.mark.parametrize("text", ["31/2/2021", "ngày 1/13/2021", "25h00 ngày 1/1/2021"])
def test_a_day_that_never_was_is_refused(text: str) -> None:
    with pytest.raises(CheckError) as caught:
        as_of_in(text)
    assert caught.value.code == "checks.no_such_day"


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_every_day_is_read_back(day: date) -> None:
    assert as_of_in(f"ngày {day.day}/{day.month}/{day.year}") == day
    assert moment_of(day).date() == day

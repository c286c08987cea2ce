"""What the public is told of declarations: a day once, when it is over, small counts withheld."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.declarations.test_figures import GIA_LAI, HA_NOI, NOW, OLD, QUY_NHON, counted
from vungxanh.core.clock import frozen_at
from vungxanh.declarations.actions.telling import tell_days, told_kinds, told_units
from vungxanh.declarations.models import ToldDay
from vungxanh.declarations.rules.figures import Tally

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
NEXT = NOW + timedelta(hours=7)
COUNTRY = "vn-2025:vn"


@pytest.fixture(autouse=True)
def now() -> Iterator[datetime]:
    """One in the morning of the next day."""
    with frozen_at(NEXT):
        yield NEXT


def test_a_day_is_told_once_when_it_is_over() -> None:
    counted(QUY_NHON, 50, 20)
    assert tell_days(at=NOW) == ()
    assert tell_days(at=NEXT) == (NOW.date(),)
    counted(HA_NOI, 30)
    assert tell_days(at=NEXT) == ()
    assert ToldDay.objects.get().units[COUNTRY] == [50, 20, 30]


def test_days_without_declarations_are_told_once_some_were() -> None:
    counted(QUY_NHON, 50, 20)
    told = tell_days(at=NEXT + timedelta(days=2))
    assert told == tuple(NOW.date() + timedelta(days=n) for n in range(3))
    assert ToldDay.objects.get(day=told[-1]).units == {}


def test_small_counts_are_not_in_the_row_at_all() -> None:
    counted(QUY_NHON, 50, 2)
    counted(HA_NOI, 90, 40)
    tell_days(at=NEXT)
    units = ToldDay.objects.get().units
    assert units[COUNTRY][0] == 140
    assert units[QUY_NHON][1] is None
    assert [n for n in (units[GIA_LAI][1], units[COUNTRY][1]) if n is not None] in ([], [42])


def test_people_of_an_old_commune_are_told_where_all_of_it_lies() -> None:
    found = told_units({OLD: Tally(30, 10, 30)}, "vn-2025", least=5)
    assert found[COUNTRY] == [30, 10, 20]
    assert {unit.partition(":")[0] for unit in found} == {"vn-2025"}


def test_forms_are_told_only_where_they_give_nothing_away() -> None:
    assert told_kinds({"general": 1000, "entry": 40}, 1040, least=5) == {
        "general": 1000,
        "entry": 40,
    }
    assert told_kinds({"general": 1000, "entry": 2}, 1002, least=5) == {
        "general": None,
        "entry": None,
    }
    assert told_kinds({"general": 4, "entry": 1}, 5, least=5) == {}
    assert told_kinds({"general": 1000, "entry": 2}, None, least=5) == {}


def test_everybody_reads_the_page_and_why_cells_are_withheld() -> None:
    counted(QUY_NHON, 1250, 2)
    counted(HA_NOI, 90, 40)
    tell_days(at=NEXT)
    page = Client().get("/so-lieu/khai-bao/").content.decode()
    assert "1.340" in page
    assert "đã ẩn" in page
    assert "Số từ 1 đến 4 bị ẩn" in page
    below = Client().get(f"/so-lieu/khai-bao/?dia-ban={GIA_LAI}").content.decode()
    assert "1.250" in below


def test_before_the_first_told_day_the_page_says_so() -> None:
    assert "Chưa công bố ngày nào" in Client().get("/so-lieu/khai-bao/").content.decode()


@pytest.mark.parametrize("asked", ["ngay=2026-99-99", "ngay=2020-01-01", "dia-ban=vn-2021:52"])
def test_what_was_not_told_is_not_found(asked: str) -> None:
    counted(QUY_NHON, 50)
    tell_days(at=NEXT)
    assert Client().get(f"/so-lieu/khai-bao/?{asked}").status_code == 404


def test_no_count_of_today_is_public() -> None:
    counted(QUY_NHON, 777, day=NEXT.date())
    counted(QUY_NHON, 50)
    tell_days(at=NEXT)
    assert "777" not in Client().get("/so-lieu/khai-bao/").content.decode()

"""Figures of declarations: by unit, day, form and way, what became of the ill, how soon."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest

from tests.declarations.declare_scene import ILL, NOON, WELL, a_holder, forms, made
from tests.factories.people import Colleague, employed
from vungxanh.accounts.rules import Role
from vungxanh.core.clock import TZ, frozen_at
from vungxanh.core.ids import new_id
from vungxanh.declarations.actions.declaring import declare
from vungxanh.declarations.models import Care, DeclarationCount
from vungxanh.declarations.queries.figures import counted_parts, figures_of, recounted
from vungxanh.declarations.rules.figures import Tally
from vungxanh.declarations.values.figures import Asked
from vungxanh.declarations.values.states import Way
from vungxanh.locations.values import UnitId, registry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
NOW = datetime(2026, 3, 2, 18, 0, tzinfo=TZ)
DAY = NOW.date()
GIA_LAI = "vn-2025:52"
QUY_NHON, QUY_NHON_NAM, HA_NOI = "vn-2025:21583", "vn-2025:21592", "vn-2025:00004"
OLD = "vn-2021:21550"
ALL = frozenset({"vn-2025:vn"})


@pytest.fixture(autouse=True)
def now() -> Iterator[datetime]:
    """Six in the evening."""
    with frozen_at(NOW):
        yield NOW


def counted(unit: str, n: int, n_ill: int = 0, **said: Any) -> None:
    """Declarations of a day as they are counted."""
    row = {"day": DAY, "form": "general", "way": "self", "n_first": n} | said
    DeclarationCount.objects.create(unit=unit, n=n, n_ill=n_ill, **row)


def ill(unit: str, waited: int | None, **said: Any) -> None:
    """Somebody ill, called after so many minutes or not yet."""
    opened = NOW - timedelta(hours=9)
    called = None if waited is None else opened + timedelta(minutes=waited)
    Care.objects.create(
        declaration_id=(first := new_id()),
        latest_id=first,
        minutes=120,
        person_id=1,
        unit_id=unit,
        opened_at=opened,
        due_at=opened + timedelta(hours=2),
        called_at=called,
        result="home_watch" if called else "",
        state="handled" if called else "open",
        **said,
    )


def of(scope: str, held: frozenset[str] = ALL, **said: Any) -> Any:
    """Figures of a unit."""
    asked = Asked(**({"first": DAY, "last": DAY} | said))
    return figures_of(held, registry().unit(UnitId(scope)), asked, at=NOW)


def test_a_unit_sums_what_lies_below_it_in_both_eras() -> None:
    counted(QUY_NHON, 10, 2)
    counted(OLD, 5, 1)
    counted(HA_NOI, 90)
    found = of(GIA_LAI)
    assert found.whole == Tally(15, 3, 15)
    assert sum(found.by_unit.values(), found.elsewhere) == found.whole


def test_who_gave_no_commune_is_in_the_country_and_in_no_row() -> None:
    counted("", 7)
    counted(QUY_NHON, 3)
    found = of("vn-2025:vn")
    assert found.whole.n == 10
    assert found.by_unit == {GIA_LAI: Tally(3, 0, 3)}
    assert found.elsewhere.n == 7


def test_form_way_and_days_are_filtered() -> None:
    counted(QUY_NHON, 10)
    counted(QUY_NHON, 4, way="paper")
    counted(QUY_NHON, 2, form="daily")
    counted(QUY_NHON, 8, day=DAY - timedelta(days=1))
    assert of(GIA_LAI).by_form == {"general": Tally(14, 0, 14), "daily": Tally(2, 0, 2)}
    assert of(GIA_LAI, way="paper").whole.n == 4
    assert of(GIA_LAI, form="daily").whole.n == 2
    two = of(GIA_LAI, first=DAY - timedelta(days=1))
    assert [one.n for one in two.by_day.values()] == [8, 16]


def test_an_officer_sees_no_commune_beyond_the_area() -> None:
    counted(QUY_NHON, 10)
    counted(QUY_NHON_NAM, 5)
    counted(HA_NOI, 90)
    counted("", 4)
    assert of(GIA_LAI, frozenset({QUY_NHON})).whole.n == 10
    assert of("vn-2025:vn", frozenset({GIA_LAI})).whole.n == 15
    assert of(HA_NOI, frozenset({GIA_LAI})).whole.n == 0


def test_who_still_waits_counts_in_the_times() -> None:
    for waited in (10, 20, 30, None):
        ill(QUY_NHON, waited)
    found = of(GIA_LAI)
    assert found.median == timedelta(minutes=20)
    assert found.slowest is None
    assert (found.followed.n, found.followed.n_waiting, found.followed.n_called) == (4, 1, 3)
    assert found.followed.by_result == (("home_watch", 3),)
    assert found.followed_by_unit[QUY_NHON].n_waiting == 1


def test_what_was_carried_to_the_unit_above_is_counted_as_late() -> None:
    ill(QUY_NHON, None, escalated_to_id=GIA_LAI, escalated_at=NOW)
    ill(QUY_NHON, 5)
    assert of(GIA_LAI).followed.n_late == 1


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: Any) -> None:
    for unit in (QUY_NHON, QUY_NHON_NAM, OLD, HA_NOI):
        counted(unit, 3)
        ill(QUY_NHON, 5)
    with django_assert_max_num_queries(5):
        of("vn-2025:vn")


@pytest.fixture
def officer() -> Colleague:
    """An officer of the province."""
    return employed("so-lieu", Role("province_officer"), GIA_LAI)


def test_the_page_tells_numbers_shares_and_times(officer: Colleague) -> None:
    counted(QUY_NHON, 1210, 12, n_first=1200)
    ill(QUY_NHON, 25)
    page = officer.client.get("/to-khai/so-lieu/").content.decode()
    assert "1.210" in page
    assert "1.200 tờ đầu tiên trong ngày, 10 tờ cập nhật" in page
    assert "25 phút" in page
    assert "chưa có số dân để so" in page
    assert registry().unit(UnitId(QUY_NHON)).name in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("tu=2026-13-40", "Ngày trong địa chỉ không đúng"),
        ("tu=2026-03-02&den=2026-02-01", "Ngày đầu ở sau ngày cuối"),
        ("tu=2020-01-01&den=2026-03-02", "Xem nhiều nhất 31 ngày"),
    ],
)
def test_days_that_cannot_be_are_said(officer: Colleague, asked: str, said: str) -> None:
    assert said in officer.client.get(f"/to-khai/so-lieu/?{asked}").content.decode()


def test_the_file_has_the_table_that_is_filtered(officer: Colleague) -> None:
    counted(QUY_NHON, 10, 2)
    counted(QUY_NHON, 4, way="paper")
    answer = officer.client.get("/to-khai/so-lieu.csv?cach=paper")
    text = answer.content.decode("utf-8-sig")
    rows = [row for row in csv.reader(StringIO(text), delimiter=";") if QUY_NHON in row]
    assert rows[0][2] == "4"
    assert "Tờ khai giấy" in text
    assert "2/3/2026" in text


@pytest.mark.usefixtures("places_of_both_eras")
def test_counts_say_what_a_plain_recount_says() -> None:
    forms()
    phones = [a_holder(), a_holder()]
    ways = [(Way.SELF, WELL), (Way.SELF, ILL), (Way.PAPER, WELL), (Way.OFFICER, ILL)]
    batch = [replace(made(one, told), way=way) for one in phones for way, told in ways]
    for n, one in enumerate(batch):
        declare(made=(one,), at=NOON + timedelta(minutes=n))
    declare(made=tuple(batch), at=NOON + timedelta(hours=1))  # all of them again: none counts twice
    day = NOON.astimezone(TZ).date()
    assert counted_parts(day) == recounted(day)
    assert sum(recounted(day).values(), Tally()) == Tally(8, 4, 2)


def test_an_officer_without_the_right_sees_no_figures() -> None:
    stranger = employed("truy-vet", Role("tracer"), GIA_LAI)
    assert stranger.client.get("/to-khai/so-lieu/").status_code == 403

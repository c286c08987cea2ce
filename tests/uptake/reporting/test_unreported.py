"""The unit page tells its own staff who has not reported today, row by row too, and nobody else."""

from html import unescape

import pytest

from tests.factories import reporting as made
from tests.factories.figures import recorded
from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON, Person
from vungxanh.core.clock import frozen_at
from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as locations
from vungxanh.uptake.models import Reporter
from vungxanh.uptake.overview import Look, compose
from vungxanh.uptake.pages import Reported, UnitPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def two(places: None) -> tuple[Reporter, Reporter]:
    """An operator for both districts, another for Quy Nhơn alone; figures of both districts."""
    form = made.form_1()
    recorded(
        [(unit, "bluezone_with_phone", 10, made.DAY) for unit in (QUY_NHON, AN_NHON)], at=made.NOON
    )
    return (
        made.reporter(form, made.operator("Nhà mạng A")),
        made.reporter(form, made.operator("Nhà mạng B"), covers=(QUY_NHON,)),
    )


def page_of(viewer: Viewer) -> UnitPage:
    with frozen_at(made.EVENING):
        return compose(viewer, locations.unit(PROVINCE), Look())


def test_card_names_who_is_missing_of_how_many(
    two: tuple[Reporter, Reporter], province_officer: Person
) -> None:
    made.accepted(two[0], {QUY_NHON: 7, AN_NHON: 3})
    card = page_of(province_officer.viewer).unreported
    assert card is not None
    assert (card.n_missing, card.n_expected) == (1, 2)
    assert [(line.name, line.mark.words) for line in card.lines] == [("Nhà mạng B", "Thiếu")]


def test_rows_say_how_many_of_the_reports_about_them_came(
    two: tuple[Reporter, Reporter], province_officer: Person
) -> None:
    made.accepted(two[0], {QUY_NHON: 7, AN_NHON: 3})
    table = page_of(province_officer.viewer).ranking
    assert table is not None
    told = {row.unit_id: row.reported for row in table.rows}
    assert (told[QUY_NHON], told[AN_NHON]) == (Reported(1, 2), Reported(1, 1))


@pytest.mark.usefixtures("two")
def test_neither_strangers_nor_officers_of_a_part_see_who_reported(
    outsider: Person, officer: Person
) -> None:
    pages = [page_of(one.viewer) for one in (outsider, officer)]
    assert [page.unreported for page in pages] == [None, None]
    assert [page.ranking and page.ranking.reported_on for page in pages] == [None, None]


def test_where_nobody_is_asked_the_card_says_so(province_officer: Person) -> None:
    recorded([(QUY_NHON, "bluezone_with_phone", 10, made.DAY)], at=made.NOON)
    page = page_of(province_officer.viewer)
    assert page.unreported is not None
    assert "Chưa giao cho ai" in page.unreported.nothing
    assert page.ranking is not None
    assert page.ranking.reported_on is None


def test_page_shows_the_card_and_the_column(
    two: tuple[Reporter, Reporter], province_officer: Person
) -> None:
    with frozen_at(made.EVENING):
        page = unescape(province_officer.client.get(f"/dia-ban/{PROVINCE}/").content.decode())
    assert "Chưa báo cáo" in page
    assert "Nhà mạng A" in page
    assert 'data-label="Nộp 28/8"' in page
    assert "chưa nộp" in page

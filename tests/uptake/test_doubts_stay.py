"""Doubts stand as long as the figures they are about: on later days, for each unit."""

from datetime import date, timedelta

import pytest

from tests.factories.figures import BINH_DINH, QUY_NHON, recorded
from tests.factories.people import Person
from tests.reports.scenes import DAY, finding, published, recorded_with
from vungxanh.core import clock
from vungxanh.core.viewer import PUBLIC, SYSTEM
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.uptake.demo import load_published
from vungxanh.uptake.overview import Look, Scene, compose, see

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

HOAI_NHON = UnitId("vn-2021:543")
LATER = (DAY + timedelta(days=1), DAY + timedelta(days=20), date(2026, 11, 22))


def scene(day: date, unit: UnitId = BINH_DINH) -> Scene:
    return see(PUBLIC, locations.unit(unit), Look(as_of=day))


def said(found: Scene) -> list[str]:
    return [one.message_vi for one in found.findings]


@pytest.mark.parametrize("day", LATER)
def test_later_day_tells_the_same_doubts_marks_and_rank(day: date) -> None:
    load_published(by=SYSTEM, at=clock.now())
    then, now = (compose(PUBLIC, locations.unit(BINH_DINH), Look(as_of=on)) for on in (DAY, day))
    assert now.findings is not None
    assert now.findings.n_errors > 0
    assert now.findings == then.findings
    assert [f.mark for f in now.figures] == [f.mark for f in then.figures]
    assert [f.label for f in now.figures] == [f.label for f in then.figures]


@pytest.mark.parametrize("day", LATER)
def test_no_page_of_a_later_day_says_that_nothing_was_found(outsider: Person, day: date) -> None:
    load_published(by=SYSTEM, at=clock.now())
    page = outsider.client.get(f"/dia-ban/{BINH_DINH}/?den={day}").content.decode()
    assert "202.379" in page
    assert "Chưa thấy sai lệch nào" not in page


def test_newer_counts_of_a_unit_end_the_doubts_about_it_alone() -> None:
    recorded_with(published(), finding(QUY_NHON), finding(HOAI_NHON))
    recorded([(QUY_NHON, "bluezone_with_phone", 80_000, LATER[0])], scope=QUY_NHON)
    assert [one.about_unit for one in scene(LATER[1]).findings] == [HOAI_NHON]


def test_table_of_a_unit_above_tells_its_doubts_on_the_page_of_the_unit() -> None:
    recorded_with(published(), finding(QUY_NHON))
    assert [one.about_unit for one in scene(LATER[1], QUY_NHON).findings] == [QUY_NHON]
    assert said(scene(LATER[1], HOAI_NHON)) == []


def test_nothing_found_is_said_where_a_table_of_the_figures_was_checked(outsider: Person) -> None:
    recorded_with(published())
    page = outsider.client.get(f"/dia-ban/{BINH_DINH}/?den={LATER[1]}").content.decode()
    assert "Chưa thấy sai lệch nào" in page


def test_figures_without_a_checked_table_are_called_unchecked(outsider: Person) -> None:
    recorded([(QUY_NHON, "bluezone_with_phone", 80_000, DAY)], scope=QUY_NHON)
    page = outsider.client.get(f"/dia-ban/{BINH_DINH}/").content.decode()
    assert "80.000" in page
    assert "Chưa thấy sai lệch nào" not in page
    assert "không đến từ bảng nào của đơn vị này" in page

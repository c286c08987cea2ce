"""Control points on the pages of units: counted this second, closed into facts at midnight."""

from datetime import timedelta

import pytest

from tests.checkins.premises.test_premises_lists import HEAD, SCHOOL, taken_in
from tests.factories.people import Colleague, Person
from tests.factories.points import QUY_NHON, a_point
from tests.factories.register import AT
from vungxanh.checkins.models import Point
from vungxanh.checkins.values.kinds import State
from vungxanh.core.viewer import SYSTEM
from vungxanh.locations import queries as locations
from vungxanh.uptake.actions.closing import close_day
from vungxanh.uptake.models import Fact
from vungxanh.uptake.queries.placing import Placed
from vungxanh.uptake.sources import POINTS, count_in

pytestmark = pytest.mark.usefixtures("places_of_both_eras")
TODAYS_PROVINCE = "vn-2025:52"
BINH_DINH = "vn-2021:52"


def test_a_living_point_counts_in_every_unit_above_it_of_both_eras() -> None:
    a_point("Chợ Một")
    a_point("Chợ Hai", state=State.CLOSED)
    for unit in (QUY_NHON, TODAYS_PROVINCE, BINH_DINH, "vn-2025:vn"):
        assert count_in(locations.unit(unit))[POINTS] == Placed(1)


def test_the_page_of_a_unit_tells_points_and_premises(officer: Colleague, outsider: Person) -> None:
    taken_in(HEAD + SCHOOL, officer)
    a_point("Chợ Một")
    page = outsider.client.get(f"/dia-ban/{TODAYS_PROVINCE}/").content.decode()
    assert "1 điểm kiểm soát" in page
    assert "0 trong 1 cơ sở phải có điểm đã có" in page


def test_a_unit_without_lists_says_that_there_is_none(outsider: Person) -> None:
    """And whatever there is, that scans are not known yet; the way to premises is for officers."""
    page = outsider.client.get(f"/dia-ban/{TODAYS_PROVINCE}/").content.decode()
    assert "chưa có danh sách cơ sở phải có điểm" in page
    assert "cơ sở phải có điểm đã có" not in page
    assert "chưa biết điểm nào có người quét: chưa đếm ngày nào" in page
    assert "/diem/co-so/" not in page


def test_officers_are_led_from_a_unit_to_the_premises_that_lack_a_point(officer: Colleague) -> None:
    page = officer.client.get(f"/dia-ban/{TODAYS_PROVINCE}/").content.decode()
    assert f"/diem/co-so/?dia-ban={TODAYS_PROVINCE}" in page


def test_points_close_into_facts_at_midnight() -> None:
    a_point("Chợ Một")
    closed = AT + timedelta(days=1)
    close_day(day=AT.date(), by=SYSTEM, at=closed)
    facts = Fact.objects.filter(element=POINTS, unit_id=TODAYS_PROVINCE)
    assert [one.value for one in facts] == [1]
    Point.objects.update(state=State.CLOSED)
    close_day(day=AT.date() + timedelta(days=1), by=SYSTEM, at=closed + timedelta(days=1))
    assert sorted(one.value for one in facts.all()) == [0, 1]

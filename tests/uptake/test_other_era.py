"""Who holds a unit of one era reads and works on what it was, or became, in the other."""

from datetime import date

import pytest

from tests.factories.figures import recorded
from tests.factories.people import Person
from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.uptake import queries

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("places_of_both_eras"),
]


DAY = date(2025, 9, 1)


def officer(*units: str) -> Viewer:
    rights = frozenset({"uptake.view", "uptake.import"})
    return Viewer("staff:1", "Cán bộ", units=frozenset(units), capabilities=rights)


@pytest.mark.parametrize(
    ("held", "asked", "sees"),
    [
        ("vn-2025:52", "vn-2021:52", True),  # Bình Định went whole into today's Gia Lai
        ("vn-2025:52", "vn-2021:540", True),
        ("vn-2021:52", "vn-2025:52", False),  # which is more than Bình Định
        ("vn-2025:52", "vn-2021:24", False),
        ("vn-2021:52", "vn-2021:540", True),
        ("vn-2021:540", "vn-2021:52", False),
    ],
)
def test_an_officer_reads_and_works_across_the_reform(held: str, asked: str, sees: bool) -> None:
    viewer, unit = officer(held), locations.unit(asked)
    assert queries.sees_unpublished(viewer, unit) is sees
    assert queries.may_work_on(viewer, unit, "uptake.import") is sees


def test_tables_of_the_other_era_are_listed_without_a_fault() -> None:
    viewer = officer("vn-2025:52")
    assert list(queries.submissions(viewer, locations.unit("vn-2021:540"))) == []


@pytest.mark.parametrize(
    ("counts", "tree"),
    [
        ([], "vn-2025"),
        ([("vn-2021:52", "scans", date(2021, 5, 26))], "vn-2021"),
        ([("vn-2021:52", "scans", date(2026, 5, 1)), ("vn-2025:52", "scans", DAY)], "vn-2025"),
        ([("vn-2021:52", "scans", DAY), ("vn-2025:52", "population", DAY)], "vn-2021"),
    ],
)
def test_home_is_of_today_where_it_has_counts_else_of_the_newest_counts(
    outsider: Person, counts: list[tuple[str, str, date]], tree: str
) -> None:
    for unit, element, day in counts:
        recorded([(unit, element, 5, day)], scope=UnitId(unit))
    answer = outsider.client.get("/")
    assert answer.headers["Location"] == f"/dia-ban/{tree}:vn/"
    assert "Đơn vị từ 1/7/2025" in outsider.client.get(answer.headers["Location"]).content.decode()


def test_unpublished_counts_do_not_decide_the_home_page(outsider: Person) -> None:
    recorded([("vn-2021:52", "scans", 5, DAY)], scope=UnitId("vn-2021:52"), published=False)
    assert outsider.client.get("/").headers["Location"] == "/dia-ban/vn-2025:vn/"


@pytest.mark.parametrize(("until", "held"), [(date(2021, 5, 26), set()), (DAY, {"scans"})])
def test_elements_of_the_other_era_are_sought_only_where_it_can_have_any(
    until: date, held: set[str]
) -> None:
    recorded([("vn-2025:52", "scans", 5, DAY)], scope=UnitId("vn-2025:52"))
    unit = locations.unit("vn-2021:52")
    assert queries.elements_held(unit, [unit], until=clock.day_end(until)) == held

"""Who holds a unit of one era reads and works on what it was, or became, in the other."""

import pytest

from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as locations
from vungxanh.uptake import queries

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("places_of_both_eras"),
]


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

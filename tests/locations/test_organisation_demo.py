"""The demo's organisations are invented, say so, and come once."""

import pytest

from tests.locations.organisations import AT
from vungxanh.core.viewer import SYSTEM
from vungxanh.locations import demo
from vungxanh.locations.models.organisations import Organisation


@pytest.mark.slow
@pytest.mark.usefixtures("places_of_both_eras")
def test_the_demo_s_organisations_say_that_they_are_invented() -> None:
    later = AT.replace(year=2026)
    demo.load_invented(by=SYSTEM, at=later)
    demo.load_invented(by=SYSTEM, at=later)
    rows = Organisation.objects.all()
    assert len(rows) == 16
    assert all(row.is_invented and "(ví dụ)" in row.name for row in rows)
    heirs = rows.filter(predecessors__name__startswith="Sở Thông tin")
    assert [row.name[:11] for row in heirs] == ["Sở Khoa học"]

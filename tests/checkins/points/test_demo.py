"""The demo's points are invented, say so, and stand in every state."""

from collections import Counter

import pytest

from tests.factories.register import AT
from vungxanh.checkins.demo import load_points
from vungxanh.checkins.models import Point, PointCode
from vungxanh.checkins.values.kinds import State
from vungxanh.core.viewer import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]


def test_the_demo_has_forty_invented_points_once() -> None:
    for _ in range(2):
        load_points(by=SYSTEM, at=AT)
    points = Point.objects.all()
    assert len(points) == 40
    assert all(point.is_invented and "Mẫu" in point.name for point in points)
    assert set(Counter(point.state for point in points)) == {str(state) for state in State}
    assert PointCode.objects.filter(point__state=State.SUSPENDED, revoked_at=None).count() == 0
    assert PointCode.objects.filter(point__state=State.APPROVED).count() > 30

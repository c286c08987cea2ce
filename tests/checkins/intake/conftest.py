"""What calls of device intake are about: a phone, a point, and the present."""

from datetime import UTC, datetime

import pytest

from tests.factories.points import a_point
from vungxanh.checkins.models import Point
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.values.devices import NewDevice, Registered


@pytest.fixture
def now() -> datetime:
    """The present, in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def phone(now: datetime, transactional_db: None) -> Registered:
    """A phone that has just registered."""
    return actions.register_device(device=NewDevice("android"), by=SYSTEM, at=now)


@pytest.fixture
def point(places_of_both_eras: None) -> Point:
    """A point of the register."""
    return a_point()

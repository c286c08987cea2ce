"""The inside of `page`: the units of both trees."""

from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.locations.actions import load_units


def with_units() -> None:
    """Load them."""
    load_units(by=SYSTEM, at=clock.now())

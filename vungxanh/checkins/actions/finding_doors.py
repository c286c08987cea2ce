"""Finding the point of a code for anybody, counted so that codes are not found by trying."""

from datetime import datetime

from vungxanh.checkins.queries.door import door_point
from vungxanh.checkins.values.door import MISS_COSTS, DoorPoint
from vungxanh.core import limits
from vungxanh.core.limits.listed import GUESSES


def find_door(*, code: str | None, network: str, at: datetime) -> DoorPoint | None:
    """The point of a code; a code that nobody has costs as much as many that somebody has.

    `network` is the address that calls are counted by, empty for this machine itself.
    """
    if code is None:
        return None
    _count(network, at)
    found = door_point(code)
    if found is None:
        for _miss in range(MISS_COSTS - 1):
            _count(network, at)
    return found


def _count(network: str, at: datetime) -> None:
    """One question of this network; refused where it asked too often."""
    if network:
        rate = GUESSES.rate(is_address=True)
        limits.require(GUESSES.name, network, n=rate.n, per_seconds=rate.per_seconds, at=at)

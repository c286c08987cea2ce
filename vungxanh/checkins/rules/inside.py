"""Whether somebody is still inside whose last scan is known, by the rules of `engines/stays`.

Times are unix seconds. In plain Python for the one question that doors ask all the time: a loop
that is compiled first would let the first of them wait. A test holds both together.
"""

from typing import Final, NamedTuple

IN: Final = 0
OVERNIGHT_S: Final = 28_800
"""Where people usually stay so long, midnight ends nothing."""
_DAY_S: Final = 86_400
_LOCAL_S: Final = 25_200


class LastScan(NamedTuple):
    """The last scan of somebody: where, when, which way, read by which device."""

    place_id: int
    at: int
    direction: int
    device: bytes


def assumed_end(last: int, usual_s: int) -> int:
    """When somebody counts as gone who was last seen then: the usual stay later, or at midnight.

    >>> assumed_end(0, 3600), assumed_end(16 * 3600, 7200), assumed_end(16 * 3600, 36_000)
    (3600, 61200, 93600)
    """
    usual = last + usual_s
    if usual_s >= OVERNIGHT_S:
        return usual
    return min(usual, ((last + _LOCAL_S) // _DAY_S + 1) * _DAY_S - _LOCAL_S)


def is_inside(last: LastScan, place_id: int, *, usual_s: int, at: int) -> bool:
    """Whether the last scan says that somebody is at a place at `at`."""
    is_here = last.direction == IN and last.place_id == place_id
    return is_here and last.at <= at < assumed_end(last.at, usual_s)

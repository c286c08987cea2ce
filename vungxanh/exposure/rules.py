"""When a key may be published.

A key that phones may still send, or accept for two hours afterwards, would let anyone replay its
identifiers. Source: google/exposure-notifications-internals, TemporaryExposureKeySupport.
"""

from typing import Final

from vungxanh.protocol.gaen import INTERVAL_S

TOLERANCE: Final = 12  # intervals of ten minutes


def publishable_at(rolling_start: int, rolling_period: int) -> int:
    """The unix second from which on nobody accepts a key's identifiers any more.

    >>> publishable_at(2_642_976, 144)
    1585879200
    """
    return (rolling_start + rolling_period + TOLERANCE) * INTERVAL_S

"""Pure decisions of the room."""

from vungxanh.messaging.rules.states import (
    GRADES,
    MOST_AN_HOUR,
    Channel,
    Grade,
    Incoming,
    State,
)
from vungxanh.messaging.rules.trying import LEASE, TEXT_KEPT, WAITS, next_try

__all__ = [
    "GRADES",
    "LEASE",
    "MOST_AN_HOUR",
    "TEXT_KEPT",
    "WAITS",
    "Channel",
    "Grade",
    "Incoming",
    "State",
    "next_try",
]

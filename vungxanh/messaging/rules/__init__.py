"""Pure decisions of the room."""

from vungxanh.messaging.rules.states import (
    GRADES,
    MOST_AN_HOUR,
    Channel,
    Grade,
    Incoming,
    State,
)
from vungxanh.messaging.rules.trying import (
    LEASE,
    SHORTEST_LEASE,
    TEXT_KEPT,
    WAITS,
    leased_until,
    next_try,
)

__all__ = [
    "GRADES",
    "LEASE",
    "MOST_AN_HOUR",
    "SHORTEST_LEASE",
    "TEXT_KEPT",
    "WAITS",
    "Channel",
    "Grade",
    "Incoming",
    "State",
    "leased_until",
    "next_try",
]

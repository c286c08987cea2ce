"""States of a message, and when it is tried again."""

from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """Where a message is on its way."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    GIVEN_UP = "given_up"


class Incoming(StrEnum):
    """What became of a mail that came in.

    `WAITING`: kept, nobody has looked yet. `TAKEN`: a room made something of it. `REFUSED`: the
    room it was for refused it, and its sender was told. `SET_ASIDE`: no room knows the sender, a
    machine wrote it, or too many came.
    """

    WAITING = "waiting"
    TAKEN = "taken"
    REFUSED = "refused"
    SET_ASIDE = "set_aside"


# One address may send so many in an hour; what is over is set aside unread.
MOST_AN_HOUR = 20
# A mail server that is away for a night must not lose anything: the last try is after a day.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=16),
)
# A worker that has not ended by then is taken for dead.
LEASE = timedelta(minutes=5)


def next_try(n_tries: int, at: datetime) -> datetime | None:
    """When to try again after so many tries that failed; None when it is given up.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    >>> next_try(1, noon).minute, next_try(7, noon)
    (1, None)
    """
    return at + WAITS[n_tries - 1] if n_tries <= len(WAITS) else None

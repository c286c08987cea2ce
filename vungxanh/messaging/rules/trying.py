"""When a message is tried again, and how long its text is kept."""

from datetime import datetime, timedelta

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
# The slowest conversation that ends well: to connect, to bind and one answer, 20 s each (SMPP).
SHORTEST_LEASE = timedelta(minutes=1)
_SHARE_OF_USE = 4
# The text of what was sent without a report, or failed, is kept so long: for another way, a retry.
TEXT_KEPT = timedelta(hours=48)


def leased_until(at: datetime, useful_until: datetime | None) -> datetime:
    """When a message that a worker took is free again: soon enough that it is still of use.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    >>> str(leased_until(noon, None) - noon)
    '0:05:00'
    >>> str(leased_until(noon, noon + timedelta(minutes=5)) - noon)
    '0:01:15'
    """
    if useful_until is None:
        return at + LEASE
    return at + min(LEASE, max(SHORTEST_LEASE, (useful_until - at) / _SHARE_OF_USE))


def next_try(n_tries: int, at: datetime) -> datetime | None:
    """When to try again after so many tries that failed; None when it is given up.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    >>> next_try(1, noon).minute, next_try(7, noon)
    (1, None)
    """
    return at + WAITS[n_tries - 1] if n_tries <= len(WAITS) else None

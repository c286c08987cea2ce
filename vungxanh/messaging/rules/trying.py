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
# The text of what was sent without a report, or failed, is kept so long: for another way, a retry.
TEXT_KEPT = timedelta(hours=48)


def next_try(n_tries: int, at: datetime) -> datetime | None:
    """When to try again after so many tries that failed; None when it is given up.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    >>> next_try(1, noon).minute, next_try(7, noon)
    (1, None)
    """
    return at + WAITS[n_tries - 1] if n_tries <= len(WAITS) else None

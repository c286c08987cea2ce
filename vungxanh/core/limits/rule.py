"""A bucket of calls that refills steadily: its arithmetic in whole microseconds.

A bucket holds `n` calls and refills evenly in `per_seconds`. It is kept as the one moment at which
it will be full again (the "theoretical arrival time" of the generic cell rate algorithm, ITU-T
I.371): a call moves that moment on by `per_seconds / n`, and may do so up to `per_seconds` ahead.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SECOND = 1_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wait:
    """No call is left; the next one comes after so many seconds, rounded up."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls in so many seconds."""

    n: int
    per_seconds: int

    def __post_init__(self) -> None:
        if self.n < 1 or self.per_seconds < 1:
            message = "a limit lets at least one call pass in at least one second"
            raise ValueError(message)

    @property
    def step(self) -> int:
        """Microseconds in which one call comes back."""
        return max(1, self.per_seconds * SECOND // self.n)

    @property
    def window(self) -> int:
        """Microseconds in which an empty bucket is full."""
        return self.step * self.n


def microseconds(at: datetime) -> int:
    """An aware instant as whole microseconds since 1970, without going through a float."""
    return (at - EPOCH) // timedelta(microseconds=1)


def taken(full_at: int, at: int, *, rate: Rate, n: int = 1) -> tuple[int, bool]:
    """The bucket after asking for `n` calls at once, and whether they were there.

    >>> rate = Rate(2, 10)
    >>> taken(0, 0, rate=rate), taken(5_000_000, 0, rate=rate), taken(10_000_000, 0, rate=rate)
    ((5000000, True), (10000000, True), (10000000, False))
    """
    wanted = max(full_at, at) + n * rate.step
    return (wanted, True) if wanted <= at + rate.window else (full_at, False)


def wait(full_at: int, at: int, *, rate: Rate, n: int = 1) -> Wait:
    """How long until `n` calls are there.

    >>> wait(10_000_000, 0, rate=Rate(2, 10))
    Wait(seconds=5)
    """
    missing = full_at + n * rate.step - rate.window - at
    return Wait(max(1, -(-missing // SECOND)))

"""Files of visits by UTC day, and the manifest that says which of them count.

A day's file holds the visits that began on it. Scans further from the day than `DAYS_BEFORE` and
`DAYS_AFTER` change no visit of it but those of persons named in the file itself (`whole`): points
keep people for `USUAL_AT_MOST` at most, so that a visit of the day is opened, joined or moved by
scans from two days before its first one on, and closed by what comes within the longest usual
stay and the visited point's own, or twice that one, after its last one. Whoever was there longer,
or comes close to the edge, is derived of all their scans.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Final

import msgspec

from vungxanh.checkins.values.scans import SCANS_KEPT_DAYS

FORMAT: Final = "vungxanh.visits/1"
MANIFEST: Final = "manifest.json"
DAYS_BEFORE: Final = 3
DAYS_AFTER: Final = 3
USUAL_AT_MOST: Final = timedelta(days=2)
DAY: Final = timedelta(days=1)
DAY_S: Final = 86_400
_FIRST: Final = date(2020, 1, 1)


class DayEntry(msgspec.Struct, frozen=True):
    """A day that is written: its file, and all that tells whether it still holds.

    `scans` are the rows of each day from `DAYS_BEFORE` before to `DAYS_AFTER` after, in
    `snapshot`, PostgreSQL's own of the reading. `least` and `greatest` are of `t_in`, 0 of no row;
    nothing in the file is later than `settled`, and no scan that it was made of.
    """

    day: date
    file: str
    sha256: str
    n_bytes: int
    rows: int
    scans: tuple[int, ...]
    snapshot: str
    least: int
    greatest: int
    settled: int
    written_at: datetime


class Manifest(msgspec.Struct, frozen=True):
    """The days that are written, under the random numbers of one `period`.

    `points` names the file of what was known of control points, `system` the database.
    """

    format: str
    period: date
    system: str
    points: str
    days: tuple[DayEntry, ...]

    def entry(self, day: date) -> DayEntry | None:
        """What is written of a day."""
        return next((one for one in self.days if one.day == day), None)


def period_of(day: date) -> date:
    """The first day of the period whose random numbers files bear on a day.

    >>> period_of(date(2020, 1, 30)), period_of(date(2020, 1, 31))
    (datetime.date(2020, 1, 1), datetime.date(2020, 1, 31))
    """
    return day - timedelta(days=(day - _FIRST).days % SCANS_KEPT_DAYS)


def kept_days(at: datetime) -> tuple[date, ...]:
    """The ended UTC days whose visits are told: those that still have all scans around them."""
    today = at.astimezone(UTC).date()
    first = today - timedelta(days=SCANS_KEPT_DAYS - DAYS_BEFORE)
    return tuple(first + timedelta(days=n) for n in range((today - first).days))


def days_around(day: date) -> tuple[date, ...]:
    """The days whose scans a day is made of."""
    return tuple(day + timedelta(days=n) for n in range(-DAYS_BEFORE, DAYS_AFTER + 1))


def second_of(day: date) -> int:
    """The unix second at which a UTC day begins.

    >>> second_of(date(1970, 1, 2))
    86400
    """
    return (day - date(1970, 1, 1)).days * DAY_S


def day_of(second: int) -> date:
    """The UTC day of a unix second."""
    return date(1970, 1, 1) + timedelta(days=second // DAY_S)

"""All visits of a moment: files that hold as they are, and what is not in them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from vungxanh.checkins.actions.day_deriving import Days
from vungxanh.checkins.actions.days import connect, folder, table_of
from vungxanh.checkins.actions.visit_numbers import Numbers
from vungxanh.checkins.gateways.day_files import SCHEMA, asked_again
from vungxanh.checkins.gateways.day_pull import reading
from vungxanh.checkins.gateways.day_state import Holding
from vungxanh.checkins.values.day_files import kept_days, period_of

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class StoredVisits:
    """`files` and `delta` are all visits together, none in both, persons by the same numbers.

    A run that writes days again removes the files that it replaces: `read_visits` asks anew then.
    """

    files: tuple[Path, ...]
    delta: pa.Table

    def whole(self) -> pa.Table:
        """Every visit, by the day on which it began."""
        files = folder().visits(path.name for path in self.files)
        return pa.concat_tables([files, self.delta])


def stored_visits(*, at: datetime, as_of: datetime | None = None) -> StoredVisits:
    """The visits that began on the days that are kept, as they were known of `as_of`, or `at`.

    Scans after it do not exist, and no end is assumed after it. Draws numbers for new persons.
    """
    return read_visits(read=lambda stored: stored, at=at, as_of=as_of)


def read_visits(
    *, read: Callable[[StoredVisits], Made], at: datetime, as_of: datetime | None = None
) -> Made:
    """What `read` makes of the stored visits of a moment, all of them or nothing.

    Where a file is gone when it is read, both are asked anew, some times, then FileNotFoundError is
    raised; `read` leaves nothing behind when it ends so.
    """
    return asked_again(lambda: read(_asked(at, as_of)))


def _asked(at: datetime, as_of: datetime | None) -> StoredVisits:
    files, asked = folder(), as_of or at
    second = int(asked.timestamp())
    manifest = files.manifest()
    with reading(connect) as now:
        period = manifest.period if manifest else period_of(at.astimezone(UTC).date())
        days = [*kept_days(at), at.astimezone(UTC).date(), (at + timedelta(days=1)).date()]
        wanted = [day for day in days if day <= asked.astimezone(UTC).date()]
        stale = Holding(files, manifest, now).stale(wanted, period, counted=False)
        lacks = {one.day for one in stale}
        entries = manifest.days if manifest else ()
        good = [one for one in entries if one.day in set(wanted) - lacks and one.settled <= second]
        told = {one.day for one in good}
        deriving, numbers = Days(now, as_of=second), Numbers(now, period)
        parts = [
            table_of(deriving.derive(day).visits, numbers) for day in wanted if day not in told
        ]
    delta = pa.concat_tables([SCHEMA.empty_table(), *parts])
    return StoredVisits(tuple(files.path / one.file for one in good), delta)

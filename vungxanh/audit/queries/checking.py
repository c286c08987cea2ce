"""Is the log whole? Days first, then every seal with its rows, then what lies outside of seals."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import connection, transaction

from vungxanh.audit.models import AuditDay
from vungxanh.audit.queries import checked_days, checked_rows, checked_seals
from vungxanh.audit.queries.checked_seals import Start
from vungxanh.audit.rules import Fault, KeptSeal, Verdict
from vungxanh.audit.rules.faults import DamageError
from vungxanh.core import keys


def verify(
    *,
    since: date | None = None,
    kept: KeptSeal | None = None,
    progress: Callable[[int], None] = lambda n_rows: None,
) -> Verdict:
    """The first fault of the log, or none: each row as it was written, none missing, none added.

    `since` begins with that day and believes the signatures of the days before it. `kept` is a
    day's seal from outside: without one, whoever holds the keys, or cuts off the very end with its
    seals, cannot be noticed. `progress` is told the number of rows now and then. Memory does not
    grow with the log.
    """
    keys.forget()
    with _one_view():
        try:
            return _verified(since, kept, progress)
        except DamageError as found:
            return found.verdict


def _verified(
    since: date | None, kept: KeptSeal | None, progress: Callable[[int], None]
) -> Verdict:
    days = list(AuditDay.objects.order_by("day"))
    purged = checked_days.last_purged()
    checked_days.check(days, kept)
    start = _start(days, since, purged)
    ends = {day.last_seal: day for day in days}
    end = checked_seals.check(start, ends, kept=kept, progress=progress)
    if days and days[-1].last_seal > end.number:
        raise DamageError(Fault.SEAL_MISSING, day=days[-1].day, seal=end.number + 1)
    if kept and kept.statement.last_seal > end.number:
        raise DamageError(Fault.END_CUT, day=kept.statement.day, seal=end.number + 1)
    n_rows = end.position - start.position
    before = start.position - _position_of(days, purged)
    checked_rows.check_outside_of_seals(before + n_rows, _day_before(purged))
    return Verdict(n_rows=n_rows, n_seals=end.number - start.number, n_days=len(days))


def _start(days: list[AuditDay], since: date | None, purged: date | None) -> Start:
    """Where the chain is taken up: after what was purged, or after the last day before `since`."""
    behind = [day for day in days if purged and day.day <= purged]
    if since:
        behind = [day for day in days if day.day < since] or behind
    if not behind:
        return checked_seals.beginning()
    return Start(behind[-1].last_seal, behind[-1].last_position, bytes(behind[-1].head))


def _position_of(days: list[AuditDay], purged: date | None) -> int:
    return max((day.last_position for day in days if purged and day.day <= purged), default=0)


def _day_before(purged: date | None) -> date | None:
    # A row of a transaction that ran over midnight is older than the day that sealed it.
    return purged - timedelta(days=1) if purged else None


@contextmanager
def _one_view() -> Iterator[None]:
    """Everything as it was at one instant, whatever is sealed meanwhile."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield

"""The inside of `bench.audit`: a process with Django over a database of its own."""

import statistics
from datetime import datetime
from time import perf_counter, process_time
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction

from vungxanh.audit import actions
from vungxanh.audit.actions import sealing
from vungxanh.audit.queries import verify
from vungxanh.audit.values import Detail
from vungxanh.core import clock
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.messaging import actions as messaging
from vungxanh.messaging.models import Message
from vungxanh.messaging.queries import CAPABILITY
from vungxanh.messaging.rules import State
from vungxanh.messaging.values import NewMessage

BLOCK = 20


class Record(Protocol):
    """What writes an event, or only seems to."""

    def __call__(self, *, event: str, by: Viewer, at: datetime, subject: str) -> None: ...


def main(n_actions: int, n_rows: int) -> dict[str, float]:
    """Milliseconds of the action, rows a second of sealing and checking."""
    times = _actions(_message(), n_actions)
    actions.seal_due(at=clock.now())
    narrow = _narrow(min(n_rows // 20, 10_800))
    _write(n_rows)
    began = perf_counter()
    sealed = actions.seal_due(at=clock.now()) / (perf_counter() - began)
    began, cpu = perf_counter(), process_time()
    verdict = verify()
    if not verdict.is_whole:
        raise RuntimeError(verdict)
    checked = verdict.n_rows / (perf_counter() - began)
    cpu_us = (process_time() - cpu) / verdict.n_rows * 1e6
    return {**times, "sealed": sealed, "checked": checked, "check_cpu_us": cpu_us, "narrow": narrow}


def _message() -> UUID:
    message = NewMessage(
        kind="bench", to="bench@test.example", subject="x", text="x", about="bench"
    )
    with transaction.atomic():
        made = messaging.post(message=message, by=SYSTEM, at=clock.now())
    if made is None:
        raise LookupError
    return made


def _actions(message: UUID, n_actions: int) -> dict[str, float]:
    forms: dict[str, Record] = {"with_ms": actions.record, "without_ms": _silent}
    taken: dict[str, list[float]] = {name: [] for name in forms}
    for turn in range(2 * n_actions // BLOCK):
        name = list(forms)[turn % 2]
        for _ in range(BLOCK):
            began = perf_counter()
            _retry(message, forms[name], at=clock.now())
            taken[name].append((perf_counter() - began) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}


def _retry(message_id: UUID, record: Record, *, at: datetime) -> None:
    """`messaging.actions.retry`, statement for statement, with its record given from outside."""
    SYSTEM.require(CAPABILITY)
    with transaction.atomic():
        changed = Message.objects.filter(
            id=message_id, state__in=[State.WAITING, State.GIVEN_UP]
        ).update(state=State.WAITING, n_tries=0, next_at=at, ended_at=None, problem="")
        if not changed:
            raise MissingError
        record(event="messaging.retried", by=SYSTEM, at=at, subject=f"message:{message_id}")


def _silent(*, event: str, by: Viewer, at: datetime, subject: str) -> None:
    """In place of the record."""


def _narrow(n_rows: int) -> float:
    """Check rows that were sealed by three."""
    _write(n_rows)
    wide, sealing.AT_ONCE = sealing.AT_ONCE, 3
    actions.seal_due(at=clock.now())
    sealing.AT_ONCE = wide
    began = perf_counter()
    verdict = verify()
    return verdict.n_rows / (perf_counter() - began)


def _write(n_rows: int) -> None:
    for start in range(0, n_rows, 5000):
        with transaction.atomic():
            for number in range(start, min(start + 5000, n_rows)):
                subject = f"message:019a2007-3d9f-79e2-b25e-{number:012x}"
                detail: Detail = {"kind": "bench", "rows": number}
                actions.record(
                    event="messaging.posted",
                    by=SYSTEM,
                    at=clock.now(),
                    subject=subject,
                    detail=detail,
                )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE audit_auditevent")

"""What the register no longer keeps goes: rows past their time in bounded batches, persons one by
one from every room, each batch in a transaction of its own."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import QuerySet

from vungxanh.audit.actions import record
from vungxanh.core import subjects
from vungxanh.core.clock import TZ
from vungxanh.core.upkeep import Purged
from vungxanh.core.viewer import SYSTEM
from vungxanh.people.actions.partitions import go_by_day
from vungxanh.people.models import Person, PurgeProof
from vungxanh.people.models.persons import KEPT
from vungxanh.people.queries.held import subject_of, subject_of_device
from vungxanh.people.queries.purging import due_devices, due_persons, past

ROWS_AT_ONCE = 200_000
PERSONS_AT_ONCE = 200
# Persons whose device, guardian or dependant lives on are kept on with them, in two statements.
_HEARD_OF = """
UPDATE people_person SET kept_until = (seen.at AT TIME ZONE %(zone)s)::date + %(days)s
FROM (
    SELECT person_id, max(last_seen_at) AS at FROM people_device
    WHERE ended_at IS NULL AND last_seen_at > %(since)s AND person_id IS NOT NULL
    GROUP BY person_id
) AS seen
WHERE people_person.id = seen.person_id AND kept_until < %(today)s
"""
_DEPENDANTS = """
UPDATE people_person AS one SET kept_until = guardian.kept_until
FROM people_person AS guardian
WHERE one.guardian_id = guardian.id AND one.kept_until < %(today)s
  AND guardian.kept_until >= %(today)s AND one.companion IS NULL
"""


def purge(*, at: datetime) -> dict[str, int]:
    """Delete what is past its time; how many rows or persons, by table.

    A person goes from every room, as in an erasure, and takes their key along; live counts fall
    with them. Records people.purged where persons or devices went.
    """
    _keep_the_living(at)
    gone = dict.fromkeys(past(at), 0)
    gone.update(go_by_day(at=at))
    for table, rows in past(at).items():
        gone[table] += _delete(rows)
    gone["people_device"] = _let_go(due_devices(at), at)
    gone["people_person"] = _let_go(due_persons(at), at)
    return gone


def keep_proof(*, purged: Purged) -> UUID:
    """Keep what a night's purge did in every room, and what it left: nothing."""
    proof = PurgeProof.objects.create(
        began_at=purged.began_at,
        ended_at=purged.ended_at,
        counts=purged.counts,
        overdue=purged.overdue,
    )
    return UUID(str(proof.pk))


def _keep_the_living(at: datetime) -> None:
    period = KEPT.period
    asked: dict[str, str | int | datetime | date] = {
        "zone": str(TZ),
        "days": period.days,
        "since": at - period,
        "today": at.astimezone(TZ).date(),
    }
    with connection.cursor() as cursor:
        for statement in (_HEARD_OF, _DEPENDANTS):
            cursor.execute(statement, asked)


def _delete(rows: "QuerySet[models.Model]") -> int:
    """Delete rows that nothing hangs on, in batches of bounded size."""
    total = 0
    while True:
        batch = rows.model._default_manager.filter(
            pk__in=rows.order_by().values("pk")[:ROWS_AT_ONCE]
        )
        gone = batch.delete()[0]
        total += gone
        if gone < ROWS_AT_ONCE:
            return total


def _let_go(due: "QuerySet[Any]", at: datetime) -> int:
    """Erase persons or devices that are due, a bounded number in each transaction."""
    total = 0
    while True:
        with transaction.atomic():
            batch = list(due.select_for_update(skip_locked=True, of=("self",))[:PERSONS_AT_ONCE])
            for one in batch:
                asked = subject_of(one) if isinstance(one, Person) else subject_of_device(one)
                subjects.erase(asked, at)
            if batch:
                detail = {"rows": len(batch)}
                subject = str(due.model._meta.db_table)
                record(event="people.purged", by=SYSTEM, at=at, subject=subject, detail=detail)
        total += len(batch)
        if len(batch) < PERSONS_AT_ONCE:
            return total

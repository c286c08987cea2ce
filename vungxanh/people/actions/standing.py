"""Standings, written by the room of cases: a class from a time until a time, and never why."""

from datetime import datetime

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.clock import TZ
from vungxanh.core.viewer import Viewer
from vungxanh.people.models import Person, Standing
from vungxanh.people.models.persons import KEPT
from vungxanh.people.values import person_ref
from vungxanh.people.values.standing import NewStanding


def write_standing(*, standing: NewStanding, by: Viewer, at: datetime) -> None:
    """Write or change the standing that one source gives a person.

    Records people.standing_written with the class alone.
    """
    with transaction.atomic():
        Standing.objects.update_or_create(
            person_id=standing.person,
            source=standing.source,
            defaults={
                "cls": standing.cls,
                "starts_at": standing.starts_at,
                "ends_at": standing.ends_at,
                "written_at": at,
                "written_by": by.id,
            },
        )
        needed_until = ((standing.ends_at or at) + KEPT.period).astimezone(TZ).date()
        Person.objects.filter(pk=standing.person, kept_until__lt=needed_until).update(
            kept_until=needed_until
        )
        subject, detail = person_ref(standing.person), {"class": str(standing.cls)}
        record(event="people.standing_written", by=by, at=at, subject=subject, detail=detail)


def end_standing(*, person: int, source: str, by: Viewer, at: datetime) -> bool:
    """End what one source gave a person, at once; False where nothing was in force.

    Records people.standing_ended.
    """
    with transaction.atomic():
        rows = Standing.objects.select_for_update().filter(person_id=person, source=source)
        running = [row for row in rows if row.ends_at is None or row.ends_at > at]
        for row in running:
            row.ends_at = max(at, row.starts_at)
            row.save(update_fields=["ends_at"])
            subject = person_ref(person)
            record(event="people.standing_ended", by=by, at=at, subject=subject)
    return bool(running)

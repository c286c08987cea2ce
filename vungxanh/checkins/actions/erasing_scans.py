"""Taking somebody out of scans, and giving the scans of one person to another who they are."""

from datetime import datetime

from django.db import connection

from vungxanh.checkins.actions.person_visits import (
    days_of_person,
    let_write_again,
    moved,
    visits_of_person,
)
from vungxanh.checkins.models import Scan, VisitCorrection, VisitNumber
from vungxanh.checkins.values.scans import ChangeReason
from vungxanh.core.subjects import Subject


def erase_scans(*, subject: Subject, at: datetime) -> dict[str, int]:
    """Delete somebody's scans, corrections and numbers, inside the caller's transaction.

    Their days are written again by the next run.
    """
    if subject.id is None:
        return {}
    let_write_again(days=days_of_person(subject.id), reason=ChangeReason.ERASED, at=at)
    models = (Scan, VisitCorrection, VisitNumber)
    return {
        model._meta.db_table: model._default_manager.filter(person_id=subject.id).delete()[0]
        for model in models
    }


def absorb(*, absorbed: int, kept: int, at: datetime) -> int:
    """Give somebody's scans to the person who they turned out to be; how many.

    Inside the caller's transaction. Their days are written again by the next run.
    """
    days = days_of_person(absorbed)
    if not days or absorbed == kept:
        return 0
    before = visits_of_person(kept)
    with connection.cursor() as cursor:
        cursor.execute("SELECT checkins_absorb(%s, %s)", [absorbed, kept])
        n_moved = int(cursor.fetchone()[0])
    VisitCorrection.objects.filter(person_id=absorbed).update(person_id=kept)
    VisitNumber.objects.filter(person_id=absorbed).delete()
    days |= moved(before, visits_of_person(kept))
    let_write_again(days=days, reason=ChangeReason.MERGED, at=at)
    return n_moved

"""Taking somebody out of scans, and giving the scans of one person to another who they are.

Intake judges senders by what it remembers and writes what it has waiting, so that scans of somebody
come after they are gone, or while they go. Hence they are looked for again for a while.
"""

from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Q

from vungxanh.checkins.actions.person_visits import (
    days_of_person,
    days_of_scans,
    days_of_words,
    let_write_again,
    moved,
    visits_of_person,
)
from vungxanh.checkins.models import GonePerson, Scan, VisitCorrection, VisitNumber
from vungxanh.checkins.queries.gone import there_again, watched_enough
from vungxanh.checkins.values.scans import ChangeReason
from vungxanh.core.subjects import Subject

# Whatever goes tells its day: a scan may come between a question and this.
_TAKE_OUT: Final = "DELETE FROM checkins_scan WHERE person_id = %s RETURNING at, direction"


def erase_scans(*, subject: Subject, at: datetime) -> dict[str, int]:
    """Delete somebody's scans, corrections and numbers, inside the caller's transaction.

    Their days are written again by the next run.
    """
    if subject.id is None:
        return {}
    _watch(subject.id, None, at)
    return _taken_out(subject.id, at)


def absorb(*, absorbed: int, kept: int, at: datetime) -> int:
    """Give somebody's scans to the person who they turned out to be; how many.

    Inside the caller's transaction. Their days are written again by the next run.
    """
    if absorbed == kept:
        return 0
    _watch(absorbed, kept, at)
    return _handed_on(absorbed, kept, at)


def look_again(*, at: datetime) -> int:
    """Take out, or hand on, what came of persons who are gone; how many persons it was of.

    Of whom nothing came for long enough, nothing is known here afterwards.
    """
    found = list(there_again())
    for gone in found:
        with transaction.atomic():
            if gone.kept_id is None:
                _taken_out(gone.person_id, at)
            else:
                _handed_on(gone.person_id, gone.kept_id, at)
    looked = Q(looked_at=None) | Q(pk__in=[gone.pk for gone in found])
    GonePerson.objects.filter(looked).update(looked_at=at)
    watched_enough(at).delete()
    return len(found)


def _watch(person_id: int, kept_id: int | None, at: datetime) -> None:
    """Have them looked for again; whoever turned out to be them is gone the same way."""
    GonePerson.objects.filter(kept_id=person_id).update(kept_id=kept_id)
    GonePerson.objects.create(person_id=person_id, kept_id=kept_id, at=at)


def _taken_out(person_id: int, at: datetime) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_OUT, [person_id])
        scans = cursor.fetchall()
    days = days_of_scans(scans) | days_of_words(person_id)
    let_write_again(days=days, reason=ChangeReason.ERASED, at=at)
    others = (VisitCorrection, VisitNumber)
    return {Scan._meta.db_table: len(scans)} | {
        model._meta.db_table: model._default_manager.filter(person_id=person_id).delete()[0]
        for model in others
    }


def _handed_on(absorbed: int, kept: int, at: datetime) -> int:
    n_seen = Scan.objects.filter(person_id=absorbed).count()
    days = days_of_person(absorbed)
    if not days:
        return 0
    before = visits_of_person(kept)
    with connection.cursor() as cursor:
        cursor.execute("SELECT checkins_absorb(%s, %s)", [absorbed, kept])
        n_moved = int(cursor.fetchone()[0])
    VisitCorrection.objects.filter(person_id=absorbed).update(person_id=kept)
    VisitNumber.objects.filter(person_id=absorbed).delete()
    days |= moved(before, visits_of_person(kept))
    if n_moved > n_seen:  # one came in between, of a day that may not be among these
        days |= days_of_person(kept)
    let_write_again(days=days, reason=ChangeReason.MERGED, at=at)
    return n_moved

"""People who came along, of whom nothing is known: whose they are when their holder is known."""

from datetime import datetime

from vungxanh.core import subjects
from vungxanh.people.models import Person


def hand_on(*, before: int, person: Person, at: datetime) -> None:
    """Give the companions of one person to another who they turned out to be.

    Whoever stands at a place already is the same: their scans come together. Inside the caller's
    transaction.
    """
    there = dict(
        Person.objects.filter(guardian=person, companion__isnull=False)
        .order_by()
        .values_list("companion", "id")
    )
    for row in Person.objects.filter(guardian_id=before, companion__isnull=False).order_by("id"):
        kept = there.get(row.companion)
        if kept is None:
            Person.objects.filter(pk=row.pk).update(guardian=person, residence=person.residence_id)
        else:
            subjects.absorb(row.pk, kept, at)
            row.delete()

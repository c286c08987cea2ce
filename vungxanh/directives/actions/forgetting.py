"""Discarded letters go for good when their month is over."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction

from vungxanh.audit.actions import record
from vungxanh.core.models import StoredFile
from vungxanh.core.viewer import SYSTEM
from vungxanh.directives.actions.letters import subject
from vungxanh.directives.models import DISCARDED_KEPT, FixtureCandidate, ReceivedLetter
from vungxanh.directives.rules import LetterState

if TYPE_CHECKING:
    from django.db.models import QuerySet


def forget_discarded(*, at: datetime) -> int:
    """Delete letters that were discarded a month ago, with all that was made of them; how many.

    Audit: letter_forgotten for each. The bytes of originals go with the file store's sweep.
    """
    ids = past(at).order_by("id").values_list("id", flat=True)
    return sum(_forget(one, at) for one in ids)


def past(at: datetime) -> "QuerySet[ReceivedLetter]":
    """Discarded letters whose month is over."""
    until = at - DISCARDED_KEPT.period
    return ReceivedLetter.objects.filter(state=LetterState.DISCARDED, discarded_at__lte=until)


def _forget(letter_id: UUID, at: datetime) -> bool:
    """One letter in a transaction of its own; somebody may have brought it back meanwhile."""
    with transaction.atomic():
        rows = ReceivedLetter.objects.select_for_update().filter(state=LetterState.DISCARDED)
        letter = rows.filter(id=letter_id).first()
        if letter is None:
            return False
        with connection.cursor() as cursor:
            cursor.execute("SELECT directives_forget_changes(%s)", [letter_id])
        FixtureCandidate.objects.filter(letter=letter).delete()
        name, originals = subject(letter), StoredFile.objects.filter(receivedletter=letter)
        kept = list(originals.values_list("pk", flat=True))
        letter.delete()
        StoredFile.objects.filter(pk__in=kept).delete()
        record(event="directives.letter_forgotten", by=SYSTEM, at=at, subject=name)
    return True

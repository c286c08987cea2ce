"""Looking at somebody who shows a code, a card or a paper at a door; each look is written down."""

from datetime import datetime

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.core.viewer import Viewer
from vungxanh.people.queries.at_doors import at_door
from vungxanh.people.queries.subjects import who_is
from vungxanh.people.values import person_ref
from vungxanh.people.values.at_doors import AtDoor
from vungxanh.people.values.subjects import FoundSubject, ShownSubject, SubjectRefusal

NUMBER = "phone"
NOBODY = "people"


def look_at_door(*, shown: ShownSubject, point: str, by: Viewer, at: datetime) -> AtDoor:
    """Who this is, as far as a keeper may know; nobody is begun and no code is used up.

    A telephone number is not looked at: whether it is known here is told to nobody. Records
    people.seen_at_door, of nobody in particular where nobody is found.
    """
    if shown.kind == NUMBER:
        return AtDoor(refusal=SubjectRefusal.NOT_ALLOWED)
    [found] = who_is([shown])
    seen = _seen(found, at)
    detail: Detail = {"kind": shown.kind, "point": point}
    whom = isinstance(found, FoundSubject) and person_ref(found.person_id)
    with transaction.atomic():
        record(event="people.seen_at_door", by=by, at=at, subject=whom or NOBODY, detail=detail)
    return seen


def _seen(found: FoundSubject | SubjectRefusal | None, at: datetime) -> AtDoor:
    if isinstance(found, FoundSubject):
        return at_door(found.person_id, found.flags, at)
    return AtDoor(refusal=found)

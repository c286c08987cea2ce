"""Visits told by SMS: VAO or RA with the code of a point, from phones that have no app."""

from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from vungxanh.checkins.actions.scanning import ScanSender, keep_scans
from vungxanh.checkins.models import Point, Scan
from vungxanh.checkins.queries.door import code_typed, door_point
from vungxanh.checkins.values.door import DoorPoint
from vungxanh.checkins.values.scan_body import WAYS, SentScan
from vungxanh.checkins.values.sms_refusals import (
    SmsNotKeptError,
    SmsPointClosedError,
    SmsPointUnknownError,
)
from vungxanh.core.clock import TZ
from vungxanh.core.ids import made_at, told_again
from vungxanh.messaging.values import Asked, Taken, Verb
from vungxanh.people.actions.subjects import persons_of
from vungxanh.people.values.subjects import FoundSubject, ShownSubject
from vungxanh.refusals import Words

_SAME: Final = timedelta(minutes=1)
_SAID: Final = {Verb.IN: Words("đã ghi VÀO", "noted IN at"), Verb.OUT: Words("đã ghi RA", "OUT of")}
_NEXT: Final = {
    Verb.IN: Words(" Khi về, soạn RA {}.", " When you leave, send RA {}."),
    Verb.OUT: Words("", ""),
}


def take_visit(*, asked: Asked, sender: str, original: UUID, at: datetime) -> Taken | None:
    """Keep that the person of a number came or left, in the caller's transaction; answer by SMS.

    `original` is the SMS as it was kept, when it came in: one that is handed out twice is one
    visit. A number that nobody proved begins a person. Said twice within a minute it is one.
    """
    if asked.verb not in {Verb.IN, Verb.OUT}:
        return None
    point = _point(asked.code)
    came = made_at(original)
    shown = ShownSubject("phone", sender, came, None, original)
    (found,) = persons_of(asked=[shown], at=at)
    if not isinstance(found, FoundSubject):
        raise SmsNotKeptError
    told = _told_before(found.person_id, point, verb=asked.verb, came=came)
    when = told.at if told else came
    scan_id = told.pk if told else told_again(came, f"{original}:{point.code}".encode())
    if told is None:
        way: Literal["in", "out"] = "in" if asked.verb is Verb.IN else "out"
        scan = SentScan(id=scan_id, point=point.code, direction=way, at=came, means="declared")
        sent = ScanSender(found.person_id, original)
        if keep_scans(sent=[scan], sender=sent, at=at).refused:
            raise SmsNotKeptError
    return Taken(f"scan:{scan_id}", _answer(asked.verb, point, when))


def _point(code: str) -> DoorPoint:
    """The point of a code; nothing is guessed of a code that nobody has."""
    known = code_typed(code)
    found = door_point(known) if known else None
    if found is None:
        raise SmsPointUnknownError(code)
    if not found.is_living:
        raise SmsPointClosedError(found.name)
    return found


def _told_before(person_id: int, point: DoorPoint, *, verb: Verb, came: datetime) -> Scan | None:
    numbers = Point.objects.filter(code=point.code).values("pk")
    near = Scan.objects.filter(person_id=person_id, at__range=(came - _SAME, came + _SAME))
    same = near.filter(point_id__in=numbers, direction=WAYS[verb.value])
    return same.order_by("at", "id").first()


def _answer(verb: Verb, point: DoorPoint, when: datetime) -> Words:
    local = when.astimezone(TZ)
    said, then = _SAID[verb], _NEXT[verb]
    vi = f"Vùng Xanh {said.vi} {point.name} lúc {local:%H:%M} ngày {local.day}/{local.month}."
    en = f"Vung Xanh {said.en} {point.name} at {local:%H:%M} on {local.day}/{local.month}."
    return Words(vi + then.vi.format(point.shown), en + then.en.format(point.shown))

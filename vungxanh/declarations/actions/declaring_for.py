"""Declarations as devices send them: of the holder, of dependants, and by keepers of a door."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from vungxanh.checkins.queries.known_points import known_points
from vungxanh.checkins.values.scan_judging import refusal_of, short_code
from vungxanh.declarations.actions.declaring import declare
from vungxanh.declarations.values.declaration_body import SentDeclaration
from vungxanh.declarations.values.declared import OLDEST, Made, Refusal, Told
from vungxanh.declarations.values.states import Way
from vungxanh.people.actions.subjects import persons_of
from vungxanh.people.values.subjects import FoundSubject, ShownSubject

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class DeclarationSender:
    """Who sends: a device, the person whose phone it is, and the points that it keeps."""

    person_id: int | None
    device_id: UUID
    keeps: frozenset[int] = frozenset()


def made_of(one: SentDeclaration, sender: DeclarationSender, *, now: datetime) -> Made | Told:
    """The holder's own declaration as it is judged, or why its identifier or time is not taken."""
    refusal = refusal_of(one.id, (one.at - _EPOCH) // _MICROSECOND, (now - _EPOCH) // _MICROSECOND)
    if refusal is None and now - one.at > OLDEST:
        return Told(one.id, str(Refusal.TIME_OUT_OF_RANGE))
    if refusal is not None:
        return Told(one.id, str(refusal))
    return Made(
        id=one.id,
        questionnaire=f"{one.questionnaire}@{one.version}",
        answers=one.answers,
        person_id=sender.person_id or 0,
        way=Way.SELF,
        lang=one.lang,
        device_id=sender.device_id,
        by="",
        point=None,
        at=one.at,
    )


def declare_sent(
    *, sent: Sequence[SentDeclaration], sender: DeclarationSender, at: datetime
) -> list[Told]:
    """Keep declarations of whomever the sender may declare for; durable when it returns.

    In one transaction: who was read is found or begun, then what they declared is judged.
    """
    points = _points(sent)
    judged = [_judged(one, sender, points, now=at) for one in sent]
    with transaction.atomic():
        wanted = [(n, one) for n, one in enumerate(judged) if isinstance(one, Made)]
        shown = [_shown(sent[n], sender) for n, _ in wanted]
        found = persons_of(asked=shown, at=at) if shown else []
        ready = [_of_whom(one, who) for (_, one), who in zip(wanted, found, strict=True)]
        told = iter(declare(made=tuple(one for one in ready if isinstance(one, Made)), at=at))
        of_wanted = iter([next(told) if isinstance(one, Made) else one for one in ready])
    return [next(of_wanted) if isinstance(one, Made) else one for one in judged]


def _points(sent: Iterable[SentDeclaration]) -> dict[str, int]:
    """The numbers of points by their codes as they were sent; two queries, none for none."""
    codes = {one: code for one in {each.point for each in sent} if (code := short_code(one))}
    known = known_points(codes.values()) if codes else {}
    return {one: known[code].id for one, code in codes.items() if code in known}


def _judged(
    one: SentDeclaration, sender: DeclarationSender, points: dict[str, int], *, now: datetime
) -> Made | Told:
    made = made_of(one, sender, now=now)
    if isinstance(made, Told):
        return made
    point, way = points.get(one.point), _way(one)
    is_allowed = point in sender.keeps if way is Way.KEEPER else sender.person_id is not None
    if not is_allowed:
        return Told(one.id, str(Refusal.SUBJECT_NOT_ALLOWED))
    return replace(made, way=way, point=point)


def _way(one: SentDeclaration) -> Way:
    """A phone declares for its holder and their dependants; all else is a keeper's."""
    if one.subject.kind == "self":
        return Way.SELF
    is_dependant = one.subject.kind == "companion" and not one.subject.value.startswith("+")
    return Way.DEPENDANT if is_dependant else Way.KEEPER


def _shown(one: SentDeclaration, sender: DeclarationSender) -> ShownSubject:
    who = one.subject
    return ShownSubject(who.kind, who.value, one.at, sender.person_id, sender.device_id)


def _of_whom(one: Made, who: object) -> Made | Told:
    if not isinstance(who, FoundSubject):
        return Told(one.id, str(who))
    return replace(one, person_id=who.person_id)

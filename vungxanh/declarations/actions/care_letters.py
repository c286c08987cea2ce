"""What person, health station and the unit above are told; never why."""

from datetime import datetime, timedelta

from vungxanh.accounts.queries.acting import Reader, acting_for_organisation, acting_for_unit
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.declarations.models import Care, Contest
from vungxanh.declarations.queries.facilities import Found, phones_of, station_of
from vungxanh.declarations.values.care import HANDLE
from vungxanh.documents import vietnamese
from vungxanh.engines.phones import Kind
from vungxanh.locations.values import registry
from vungxanh.messaging.actions import MessageRefusedError, post
from vungxanh.messaging.values import Channel, NewMessage
from vungxanh.people.queries.reaching import reached

PERSON, STATION = "declarations.care_person", "declarations.care_station"
RAISED, ANSWER = "declarations.care_raised", "declarations.contest_answer"
_OF_USE = timedelta(days=1)
_MOBILE = frozenset({Kind.MOBILE})


def tell_begun(row: Care, *, at: datetime) -> None:
    """The person by SMS, the station's staff by mail, the station's mobile number by SMS."""
    station = station_of(row.unit_id, at.astimezone(clock.TZ).date()) if row.unit_id else None
    _tell_person(row, station, at=at)
    if not row.unit_id:
        return
    values = {"place": _name(row.unit_id), "until": _until(row.due_at)}
    for one in _staff(row, station, at):
        message = _mail(STATION, one, row, values=values)
        _post(message, by=SYSTEM, at=at)
    for number in _mobiles(station):
        message = NewMessage(
            kind=STATION,
            channel=Channel.SMS,
            to=number,
            template=STATION,
            values=values,
            about=_ref(row),
            key=f"{STATION}:{row.pk}:sms:{number}",
            until=at + _OF_USE,
        )
        _post(message, by=SYSTEM, at=at)


def tell_raised(row: Care, *, at: datetime) -> int:
    """Those who had it and those who have it now; how many were told."""
    above = str(row.escalated_to_id)
    station = station_of(str(row.unit_id), at.astimezone(clock.TZ).date())
    readers = dict.fromkeys(
        (*acting_for_unit(above, at=at, needs=HANDLE), *_staff(row, station, at))
    )
    values = {
        "place": _name(str(row.unit_id)),
        "above": _name(above),
        "until": _until(row.due_at),
    }
    told = [_post(_mail(RAISED, one, row, values=values), by=SYSTEM, at=at) for one in readers]
    return sum(told)


def tell_answer(row: Contest, *, by: Viewer, at: datetime) -> bool:
    """The person hears that there is an answer, and nothing of what it says."""
    found = reached([row.person_id], viewer=SYSTEM).get(row.person_id)
    if found is None or not found.numbers:
        return False
    message = NewMessage(
        kind=ANSWER,
        channel=Channel.SMS,
        to=found.numbers[0],
        template=ANSWER,
        language=found.language,
        about=f"contest:{row.pk}",
        key=f"{ANSWER}:{row.pk}",
    )
    return _post(message, by=by, at=at)


def _tell_person(row: Care, station: Found | None, *, at: datetime) -> None:
    found = reached([row.person_id], viewer=SYSTEM).get(row.person_id)
    if found is None or not found.numbers:
        return
    message = NewMessage(
        kind=PERSON,
        channel=Channel.SMS,
        to=found.numbers[0],
        template=PERSON,
        values={"station": _station_words(station, found.language)},
        language=found.language,
        about=_ref(row),
        key=f"{PERSON}:{row.pk}",
        until=at + _OF_USE,
    )
    _post(message, by=SYSTEM, at=at)


def _station_words(station: Found | None, language: str) -> str:
    if station is None:
        return "the health station of your commune" if language == "en" else "trạm y tế nơi bạn ở"
    shown = [one.shown for one in phones_of(station.entry.telephone)[:1]]
    return ", ".join([station.entry.name[:60], *shown])


def _staff(row: Care, station: Found | None, at: datetime) -> tuple[Reader, ...]:
    """Who works for the station, or for the commune where nobody does."""
    own = acting_for_organisation(station.id, at=at) if station else ()
    return own or acting_for_unit(str(row.unit_id), at=at, needs=HANDLE)


def _mobiles(station: Found | None) -> list[str]:
    numbers = phones_of(station.entry.telephone) if station else ()
    return [one.read.e164 for one in numbers if one.read.kind in _MOBILE][:1]


def _mail(kind: str, reader: Reader, row: Care, *, values: dict[str, str]) -> NewMessage:
    return NewMessage(
        kind=kind,
        to=reader.email,
        template=kind,
        values=values,
        about=_ref(row),
        key=f"{kind}:{row.pk}:{row.escalated_to_id or ''}:{reader.ref}"[:128],
    )


def _post(message: NewMessage, *, by: Viewer, at: datetime) -> bool:
    """Whether it was written; an address that cannot be used keeps nobody else from being told."""
    try:
        return post(message=message, by=by, at=at) is not None
    except MessageRefusedError:
        return False


def _until(due_at: datetime) -> str:
    return vietnamese.moment(due_at)


def _name(unit_id: str) -> str:
    return registry().unit(unit_id).name


def _ref(row: Care) -> str:
    return f"care:{row.pk}"

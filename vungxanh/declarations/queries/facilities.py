"""Where somebody who is ill finds help: the own health station and the nearest facilities.

Distances are straight lines from the middle of the commune: nobody is asked where they are.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from vungxanh.core import clock
from vungxanh.core.preferences import reader_language
from vungxanh.documents import vietnamese
from vungxanh.locations.queries import organisations
from vungxanh.locations.values import registry
from vungxanh.locations.values.centres import centres
from vungxanh.locations.values.hours import OpenNow, OpenState, open_at
from vungxanh.locations.values.kinds import KINDS
from vungxanh.locations.values.organisations import Entry
from vungxanh.locations.values.phones import OfficePhone, phones
from vungxanh.refusals import RefusalError

STATION = "commune_station"
MOST_NEAR = 4
MOST_STATIONS = 20
_TOMORROW = 1


@dataclass(frozen=True, slots=True)
class Facility:
    """A health facility in the reader's words: how to reach it and whether it is open."""

    id: UUID
    name: str
    kind: str
    address: str
    phones: tuple[OfficePhone, ...]
    tone: str
    hours: str
    away: str = ""
    is_invented: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """An organisation as the register knows it."""

    id: UUID
    entry: Entry


@dataclass(frozen=True, slots=True)
class Help:
    """The own station, if it is known, and the nearest others, the nearest first."""

    unit: str
    station: Facility | None
    near: tuple[Facility, ...]


def near(unit_id: str, at: datetime) -> Help:
    """Whom somebody of a commune calls or goes to; at most five queries.

    A unit that is not known, or of which it is not known where it lies, has no nearest ones.
    """
    try:
        unit = registry().unit(unit_id)
    except RefusalError:
        return Help("", None, ())
    today = at.astimezone(clock.TZ).date()
    own, here = station_of(unit.id, today), centres().get(unit.id)
    station = _facility(own, at) if own else None
    if here is None:
        return Help(unit.name, station, ())
    found = organisations.nearest_facilities(
        here, on=today, area=unit, limit=MOST_NEAR, but=own.id if own else None
    )
    around = [
        _facility(Found(one.id, organisations.entry_of_row(one)), at, metres)
        for one, metres in found.near
    ]
    return Help(unit.name, station, tuple(around))


def station_of(unit_id: str, on: date) -> Found | None:
    """The health station of a commune on a day; one of the other era where it has none; a query."""
    unit = registry().unit(unit_id)
    asked = organisations.Asked(kind=STATION, unit=unit, on=on)
    rows = list(organisations.matching(asked)[:MOST_STATIONS])
    rows.sort(key=lambda one: one.unit_id != unit.id)
    return Found(rows[0].id, organisations.entry_of_row(rows[0])) if rows else None


def _facility(found: Found, at: datetime, metres: int | None = None) -> Facility:
    one = found.entry
    now = open_at(one.hours, at)
    return Facility(
        id=found.id,
        name=one.name,
        kind=KINDS[one.kind].words.in_language(reader_language()),
        address=one.address,
        phones=phones_of(one.telephone),
        tone="ok" if now.state is OpenState.OPEN else "none",
        hours=_hours(now, at),
        away="" if metres is None else _away(metres),
        is_invented=one.is_invented,
    )


def phones_of(text: str) -> tuple[OfficePhone, ...]:
    """The numbers of one field; none where they cannot be read."""
    try:
        return phones(text)
    except RefusalError:
        return ()


def _hours(now: OpenNow, at: datetime) -> str:
    if now.state is OpenState.UNKNOWN:
        return _("chưa có giờ làm việc")
    if now.until is None:
        return _("mở cả ngày đêm") if now.state is OpenState.OPEN else _("đang đóng")
    when = {"when": _when(now.until, at)}
    if now.state is OpenState.OPEN:
        return _("đang mở, đến %(when)s") % when
    return _("đang đóng, mở lại %(when)s") % when


def _when(then: datetime, at: datetime) -> str:
    local, today = then.astimezone(clock.TZ), at.astimezone(clock.TZ).date()
    time, days = vietnamese.clock(local, reader_language()), (local.date() - today).days
    if days == 0:
        return time
    if days == _TOMORROW:
        return _("%(time)s ngày mai") % {"time": time}
    return f"{time}, {vietnamese.date(local.date(), reader_language())}"


def _away(metres: int) -> str:
    """A distance as people say it: under 100 m nobody knows better, from a middle of a commune."""
    if metres < 1000:
        return _("khoảng %(n)s m") % {"n": max(round(metres, -2), 100)}
    tenths = round(metres / 100)
    point = "." if vietnamese.is_english(reader_language()) else ","
    return _("khoảng %(n)s km") % {"n": f"{tenths // 10}{point}{tenths % 10}"}

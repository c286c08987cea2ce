"""What is said of a point when it is registered or changed, read at the door."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from vungxanh.checkins.rules import letters
from vungxanh.checkins.values import text_refusals as refused
from vungxanh.checkins.values.kinds import KINDS, EntranceKind, Kind
from vungxanh.engines.names import fold
from vungxanh.engines.phones import BadPhoneError, read_phone
from vungxanh.locations.values import BadUnitIdError, Level, UnitId, UnknownUnitError, registry
from vungxanh.locations.values.hours import Hours
from vungxanh.locations.values.refusals import OrganisationError
from vungxanh.locations.values.week import hours_of_text

LONGEST_NAME: Final = 120
LONGEST_ADDRESS: Final = 200
LONGEST_LABEL: Final = 60
LONGEST_CONTACT: Final = 80
MOST_ENTRANCES: Final = 50
LONGEST_STAY: Final = 2880
LARGEST: Final = 1_000_000
TREE_OF_TODAY: Final = "vn-2025"
_WHOLE: Final = re.compile(r"[0-9]{1,7}", re.ASCII)


@dataclass(frozen=True, slots=True)
class NewEntrance:
    """A door or room beside the point as a whole; `number` is None for a new one."""

    label: str
    kind: EntranceKind = EntranceKind.DOOR
    number: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class PointEntry:
    """Everything that is said of one point; `contact_phone` is E.164 or empty."""

    kind: Kind
    name: str
    unit: UnitId
    address: str = ""
    entrances: tuple[NewEntrance, ...] = ()
    hours: Hours | None = None
    usual_stay_minutes: int = 0
    capacity: int | None = None
    contact_name: str = ""
    contact_phone: str = ""

    @property
    def stay(self) -> int:
        """The usual stay, of the kind where none was said."""
        return self.usual_stay_minutes or KINDS[self.kind].usual_stay_minutes


@dataclass(frozen=True, slots=True)
class Whose:
    """Who a new point belongs to: a person, an organisation, or nobody yet; for which premises."""

    owner_id: int | None = None
    organisation_id: UUID | None = None
    premises_id: int | None = None


def read_entry(said: Mapping[str, str], entrances: Sequence[NewEntrance] = ()) -> PointEntry:
    """An entry from texts as people wrote them; the first fault is refused, naming its field.

    Fields: kind, name, unit, address, hours, stay, capacity, contact_name, contact_phone.
    """
    kind = read_kind(said.get("kind", ""))
    return PointEntry(
        kind=kind,
        name=read_name(said.get("name", "")),
        unit=read_unit(said.get("unit", "")),
        address=read_address(said.get("address", "")),
        entrances=read_entrances(entrances),
        hours=read_hours(said.get("hours", "")),
        usual_stay_minutes=read_stay(said.get("stay", "")),
        capacity=read_capacity(said.get("capacity", "")),
        contact_name=read_contact_name(said.get("contact_name", "")),
        contact_phone=read_contact_phone(said.get("contact_phone", "")),
    )


def read_kind(text: str) -> Kind:
    """A kind by its word. Raises `checkins.unknown_kind`."""
    try:
        return Kind(text.strip())
    except ValueError:
        raise refused.unknown_kind() from None


def read_name(text: str) -> str:
    """The name of a point as it will hang at its door. Raises `checkins.text_…`."""
    name = read_line(text, field="name", most=LONGEST_NAME)
    if not name:
        raise refused.missing("name")
    if not letters.has_letter(name):
        raise refused.only_digits("name")
    return name


def read_address(text: str) -> str:
    """What lies below the commune, or nothing. Raises `checkins.text_…`."""
    address = read_line(text, field="address", most=LONGEST_ADDRESS)
    if address and not letters.has_letter(address):
        raise refused.only_digits("address")
    return address


def read_contact_name(text: str) -> str:
    """Who is asked for, or nothing. Raises `checkins.text_…`."""
    name = read_line(text, field="contact_name", most=LONGEST_CONTACT)
    if name and not letters.has_letter(name):
        raise refused.only_digits("contact_name")
    return name


def read_line(text: str, *, field: str, most: int) -> str:
    """A line without signs that mislead, tidied. Raises `checkins.text_…`."""
    line = letters.tidy(text[: most * 8])
    fault = letters.fault_of(line)
    if fault:
        raise refused.bad_signs(fault, field)
    if len(line) > most:
        raise refused.too_long(field, most)
    return line


def read_unit(text: str) -> UnitId:
    """A commune of today's map. Raises `checkins.no_such_commune`."""
    try:
        unit = registry().unit(text.strip())
    except (BadUnitIdError, UnknownUnitError):
        raise refused.no_such_commune() from None
    if unit.level is not Level.COMMUNE or unit.tree != TREE_OF_TODAY:
        raise refused.no_such_commune()
    return unit.id


def read_entrances(entrances: Sequence[NewEntrance]) -> tuple[NewEntrance, ...]:
    """Doors and rooms with names that differ. Raises `checkins.text_…`, `checkins.entrances…`."""
    told = [replace(one, label=read_label(one.label)) for one in entrances]
    named = [one for one in told if one.label]
    if len(named) > MOST_ENTRANCES:
        raise refused.too_many_entrances(MOST_ENTRANCES)
    if len({fold(one.label) or one.label for one in named}) < len(named):
        raise refused.entrances_alike()
    return tuple(named)


def read_label(text: str) -> str:
    """The name of a door or room. Raises `checkins.text_…`."""
    return read_line(text, field="entrances", most=LONGEST_LABEL)


def read_hours(text: str) -> Hours | None:
    """Opening hours as offices write them, or None. Raises `checkins.bad_hours`."""
    try:
        return hours_of_text(text)
    except OrganisationError as unreadable:
        raise refused.bad_hours() from unreadable


def read_stay(text: str) -> int:
    """The usual stay in minutes, 0 for nothing said. Raises `checkins.bad_stay`."""
    minutes = _whole(text)
    if minutes is None or (text.strip() and not 1 <= minutes <= LONGEST_STAY):
        raise refused.bad_stay(LONGEST_STAY)
    return minutes


def read_capacity(text: str) -> int | None:
    """How many people have room, None for nothing said. Raises `checkins.bad_capacity`."""
    n = _whole(text.replace(".", ""))
    if n is None or (text.strip() and not 1 <= n <= LARGEST):
        raise refused.bad_capacity(LARGEST)
    return n or None


def read_contact_phone(text: str) -> str:
    """A number in E.164, or nothing. Raises `checkins.bad_contact_phone`."""
    if not text.strip():
        return ""
    try:
        return read_phone(text).e164
    except BadPhoneError as bad:
        raise refused.bad_contact_phone(bad.words) from bad


def _whole(text: str) -> int | None:
    """A whole number; 0 for nothing, None for what is none."""
    told = text.strip()
    if not told:
        return 0
    return int(told) if _WHOLE.fullmatch(told) else None

"""Organisations and health facilities: what is said of one, and how it is kept as JSON."""

from dataclasses import dataclass
from datetime import date
from typing import Final, NewType
from uuid import UUID

import msgspec

from vungxanh.locations.values.hours import Hours
from vungxanh.locations.values.kinds import KINDS, Family
from vungxanh.locations.values.points import GeoPoint
from vungxanh.locations.values.units import UnitId
from vungxanh.refusals import Words

OrganisationId = NewType("OrganisationId", UUID)

# Who may write; whom it concerns is decided by the area of the viewer.
MAY_WRITE: Final = "locations.manage"
# Stands beside everything that is invented: on pages, in print and in exported files.
INVENTED: Final = Words("ví dụ, không có thật", "example, not real")


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that is said of one organisation; `valid_to` is the first day it is no more.

    `telephone` is kept as national digits parted by "; ". `source` and `as_of` say from where all
    of it is known, and for which day.
    """

    kind: str
    name: str
    unit_id: UnitId
    source: str
    as_of: date
    parent_id: UUID | None = None
    address: str = ""
    telephone: str = ""
    email: str = ""
    website: str = ""
    tax_code: str = ""
    at: GeoPoint | None = None
    hours: Hours | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor_id: UUID | None = None
    is_invented: bool = False

    @property
    def family(self) -> Family:
        """Which of the two lists it stands in."""
        return KINDS[self.kind].family

    def is_valid_on(self, day: date) -> bool:
        """Whether it existed on a day, as far as its days are known."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation as it now stands; `n_changes` counts how often it was written."""

    id: OrganisationId
    entry: Entry
    n_changes: int


def wire_of(entry: Entry) -> dict[str, object]:
    """An entry as JSON, for the history of changes and for lists that wait to be taken in."""
    wire: dict[str, object] = msgspec.to_builtins(entry)
    return wire


def entry_of(wire: object) -> Entry:
    """The entry that `wire_of` wrote."""
    return msgspec.convert(wire, Entry)

"""Rows of a table of points: read cell by cell, with every fault of a row told at once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from vungxanh.checkins.imports.columns import PLACES, Headings, WrittenRow
from vungxanh.checkins.imports.places import CommuneFinder
from vungxanh.checkins.values import points as door
from vungxanh.checkins.values.import_refusals import Fault
from vungxanh.checkins.values.kind_names import kind_named, kind_of_name
from vungxanh.checkins.values.kinds import EntranceKind, Kind
from vungxanh.checkins.values.point_rows import PointRow
from vungxanh.checkins.values.points import NewEntrance, PointEntry
from vungxanh.checkins.values.refusals import outside_area
from vungxanh.checkins.values.text_refusals import unknown_kind
from vungxanh.locations.values import UnitId
from vungxanh.locations.values.hours import Hours
from vungxanh.refusals import RefusalError

MOST_ROWS: Final = 100_000
HEADINGS: Final[Headings] = {
    "name": (
        *("ten diem", "ten diem kiem soat", "ten", "ten co so", "ten don vi", "ten noi"),
        *("diem kiem soat", "name", "point", "name of the point"),
    ),
    "kind": ("loai", "loai hinh", "loai diem", "phan loai", "kind", "type"),
    "address": ("dia chi", "so nha duong", "so nha", "address"),
    "contact_name": ("nguoi lien he", "ten nguoi lien he", "dau moi", "contact", "contact name"),
    "contact_phone": (
        *("dien thoai", "so dien thoai", "sdt", "dien thoai lien he", "phone", "contact phone"),
        "telephone",
    ),
    "entrances": ("loi vao", "cua", "cac loi vao", "entrances", "entrance", "doors"),
    "rooms": ("phong", "cac phong", "rooms", "room"),
    "hours": ("gio mo cua", "gio lam viec", "gio", "hours"),
    "stay": ("o lai", "thoi gian o lai", "phut o lai", "usual stay", "stay"),
    "capacity": ("suc chua", "so nguoi toi da", "capacity"),
    **PLACES,
}
Read = TypeVar("Read")


class RowReader:
    """Reads rows against the communes, and those of the own area where there is one."""

    def __init__(self, own: frozenset[UnitId] | None) -> None:
        self._finder = CommuneFinder()
        self._own = own

    def read(self, row: WrittenRow) -> PointRow:
        """The row with its entry, or with all of its faults."""
        texts, faults = row.texts, list[Fault]()
        cells = _Cells(texts, faults)
        name = cells.read("name", door.read_name)
        kind = _read(faults, "kind", lambda: _kind(texts))
        unit = _read(faults, "commune", lambda: self._unit(texts))
        address, hours = cells.read("address", door.read_address), cells.read_hours()
        stay, capacity = cells.read("stay", door.read_stay), cells.read_capacity()
        contact = cells.read("contact_name", door.read_contact_name)
        phone = cells.read("contact_phone", door.read_contact_phone)
        doors = _read(faults, "entrances", lambda: door.read_entrances(list(_entrances(texts))))
        if faults or name is None or kind is None or unit is None:
            return PointRow(row.number, texts.get("name", "")[:120], None, tuple(faults))
        entry = PointEntry(
            kind=kind,
            name=name,
            unit=unit,
            address=address or "",
            entrances=doors or (),
            hours=hours,
            usual_stay_minutes=stay or 0,
            capacity=capacity,
            contact_name=contact or "",
            contact_phone=phone or "",
        )
        return PointRow(row.number, name, entry)

    def _unit(self, texts: Mapping[str, str]) -> UnitId:
        found = self._finder.find(texts)
        if isinstance(found, Fault):
            raise _PlaceError(found)
        if self._own is not None and found.id not in self._own:
            raise outside_area()
        return found.id


class _PlaceError(RefusalError):
    """A commune that was not found; it carries its fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__("checkins.no_such_commune", fault.words, field=fault.field)
        self.fault = fault


def _read(faults: list[Fault], field: str, read: Callable[[], Read]) -> Read | None:
    """What a cell says; a refusal becomes a fault of its column."""
    try:
        return read()
    except _PlaceError as refusal:
        faults.append(refusal.fault)
    except RefusalError as refusal:
        faults.append(Fault(field, refusal.words))
    return None


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a row, and the faults that were found in them."""

    texts: Mapping[str, str]
    faults: list[Fault]

    def read(self, field: str, read: Callable[[str], Read]) -> Read | None:
        """What a cell says, None where it has a fault."""
        return _read(self.faults, field, lambda: read(self.texts.get(field, "")))

    def read_hours(self) -> Hours | None:
        """Opening hours, None where nothing is said too."""
        return self.read("hours", door.read_hours)

    def read_capacity(self) -> int | None:
        """How many have room, None where nothing is said too."""
        return self.read("capacity", door.read_capacity)


def _kind(texts: Mapping[str, str]) -> Kind:
    written = texts.get("kind", "")
    kind = kind_named(written) if written else kind_of_name(texts.get("name", ""))
    if kind is None:
        raise unknown_kind()
    return kind


def _entrances(texts: Mapping[str, str]) -> Iterator[NewEntrance]:
    """Doors and rooms, parted by semicolons."""
    for field, kind in (("entrances", EntranceKind.DOOR), ("rooms", EntranceKind.ROOM)):
        for label in texts.get(field, "").split(";"):
            if label.strip():
                yield NewEntrance(label, kind)

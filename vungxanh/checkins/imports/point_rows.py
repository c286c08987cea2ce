"""Rows of a table of points: read cell by cell, with every fault of a row told at once."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from vungxanh.checkins.imports.columns import PLACES
from vungxanh.checkins.imports.places import CommuneFinder
from vungxanh.checkins.values import points as door
from vungxanh.checkins.values.import_refusals import Fault
from vungxanh.checkins.values.kind_names import kind_named, kind_of_name
from vungxanh.checkins.values.kinds import EntranceKind, Kind
from vungxanh.checkins.values.point_rows import PointRow
from vungxanh.checkins.values.points import NewEntrance, PointEntry
from vungxanh.checkins.values.refusals import outside_area
from vungxanh.checkins.values.text_refusals import unknown_kind
from vungxanh.core.headings import Headings, WrittenRow
from vungxanh.locations.values import UnitId
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
_REMEMBERED: Final = 16_384


class RowReader:
    """Reads rows against the communes, and those of the own area where there is one.

    What a cell means is found once for cells that say the same.
    """

    def __init__(self, own: frozenset[UnitId] | None) -> None:
        self._finder = CommuneFinder()
        self._own = own
        self._said = lru_cache(_REMEMBERED)(_said)

    def read(self, row: WrittenRow) -> PointRow:
        """The row with its entry, or with all of its faults."""
        texts, said = row.texts, self._said
        kind = texts.get("kind", "") or texts.get("name", "")
        doors = (texts.get("entrances", ""), texts.get("rooms", ""))
        read = {
            "name": said("name", texts.get("name", "")),
            "kind": said("kind" if texts.get("kind") else "name_tells", kind),
            "unit": self._unit(texts),
            **{key: said(field, texts.get(field, "")) for key, field in _AS_WRITTEN},
            "entrances": said("entrances", doors) if any(doors) else (),
        }
        faults = tuple(one for one in read.values() if isinstance(one, Fault))
        if faults:
            return PointRow(row.number, texts.get("name", "")[:120], None, faults)
        entry = PointEntry(**read)
        return PointRow(row.number, entry.name, entry)

    def _unit(self, texts: Mapping[str, str]) -> UnitId | Fault:
        found = self._finder.find(texts)
        if isinstance(found, Fault):
            return found
        if self._own is not None and found.id not in self._own:
            return Fault("commune", outside_area().words)
        return found.id


def _said(field: str, written: str | tuple[str, ...]) -> Any:
    """What a cell says; a refusal becomes a fault of its column."""
    try:
        return _READ[field](written)
    except RefusalError as refusal:
        return Fault("kind" if field == "name_tells" else field, refusal.words)


def _kind(written: str) -> Kind:
    return _known(kind_named(written))


def _kind_of_name(name: str) -> Kind:
    return _known(kind_of_name(name))


def _known(kind: Kind | None) -> Kind:
    if kind is None:
        raise unknown_kind()
    return kind


def _doors(written: tuple[str, ...]) -> tuple[NewEntrance, ...]:
    """Doors and rooms, parted by semicolons."""
    kinds = zip(written, (EntranceKind.DOOR, EntranceKind.ROOM), strict=True)
    return door.read_entrances(
        [
            NewEntrance(label, kind)
            for labels, kind in kinds
            for label in labels.split(";")
            if label.strip()
        ]
    )


_AS_WRITTEN: Final = (
    ("address", "address"),
    ("hours", "hours"),
    ("usual_stay_minutes", "stay"),
    ("capacity", "capacity"),
    ("contact_name", "contact_name"),
    ("contact_phone", "contact_phone"),
)
_READ: Final[Mapping[str, Callable[[Any], Any]]] = {
    "name": door.read_name,
    "kind": _kind,
    "name_tells": _kind_of_name,
    "address": door.read_address,
    "hours": door.read_hours,
    "stay": door.read_stay,
    "capacity": door.read_capacity,
    "contact_name": door.read_contact_name,
    "contact_phone": door.read_contact_phone,
    "entrances": _doors,
}

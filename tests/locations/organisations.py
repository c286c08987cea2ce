"""What the tests of organisations are made from."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from vungxanh.core.viewer import Viewer
from vungxanh.locations.actions import organisations as actions
from vungxanh.locations.values import UnitId
from vungxanh.locations.values.organisations import MAY_WRITE, Entry

AT = datetime(2021, 8, 20, 2, 0, tzinfo=UTC)
QUY_NHON = UnitId("vn-2021:540")
NHON_HOI = UnitId("vn-2021:21601")
BY = Viewer(
    id="staff:one",
    name="Quản trị (mẫu)",
    roles=frozenset({"admin"}),
    units=frozenset({"vn-2021:52"}),
    capabilities=frozenset({MAY_WRITE}),
)
ELSEWHERE = replace(BY, id="staff:two", units=frozenset({"vn-2021:24"}))
READER = replace(BY, id="staff:three", capabilities=frozenset({"locations.view"}))


def entry(name: str = "Trung tâm Y tế Quy Nhơn", **said: Any) -> Entry:
    """A health centre of Quy Nhơn unless said otherwise."""
    base: dict[str, Any] = {
        "kind": "health_centre",
        "name": name,
        "unit_id": QUY_NHON,
        "source": "Danh sách của Sở Y tế",
        "as_of": date(2021, 8, 1),
    }
    return Entry(**(base | said))


def added(name: str = "Trung tâm Y tế Quy Nhơn", **said: Any) -> UUID:
    """An organisation that is there."""
    return actions.add_organisation(entry=entry(name, **said), by=BY, at=AT)

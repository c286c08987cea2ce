"""What the demo shows of control points: invented ones in the demo's communes, marked as such."""

from datetime import datetime, timedelta

from vungxanh.checkins.actions.points import decide_point
from vungxanh.checkins.actions.registering import Asked, register_point
from vungxanh.checkins.models import Point
from vungxanh.checkins.values.kinds import EntranceKind, Kind, State
from vungxanh.checkins.values.points import NewEntrance, PointEntry, Whose
from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.locations.values.week import hours_of_text

# Wards of today where the demo's people live, and one beside them.
COMMUNES = tuple(UnitId(f"vn-2025:{code}") for code in ("21583", "21589", "21592", "21601"))
KINDS = (
    (Kind.MARKET, "Chợ", "T2-CN: 5h-18h"),
    (Kind.RESTAURANT, "Quán ăn", "T2-CN: 6h-22h"),
    (Kind.SCHOOL, "Trường tiểu học", "T2-T6: 7h-11h, 13h30-17h"),
    (Kind.CLINIC, "Nhà thuốc", "24/7"),
    (Kind.OFFICE, "Trụ sở", "T2-T6: 7h30-11h30, 13h30-17h"),
    (Kind.FACTORY, "Xưởng", "T2-T7: 7h-17h"),
    (Kind.HOTEL, "Nhà nghỉ", "24/7"),
    (Kind.WORSHIP, "Nơi thờ tự", ""),
    (Kind.BUS, "Xe buýt tuyến", "T2-CN: 5h30-18h30"),
    (Kind.HOUSING, "Khu nhà trọ", "24/7"),
)
# Every so manieth is suspended, is closed, still waits for approval, has doors of its own.
EVERY_SUSPENDED, EVERY_CLOSED, EVERY_WAITING, EVERY_DOORS = 13, 19, 5, 3
DOORS = (
    NewEntrance("Cổng trước"),
    NewEntrance("Cổng sau"),
    NewEntrance("Phòng lớn", EntranceKind.ROOM),
)
_SUSPENDED = "Bảng mã dán sai nơi (ví dụ)"
_CLOSED = "Không còn hoạt động (ví dụ)"


def load_points(*, by: Viewer, at: datetime) -> None:
    """Ten kinds in each of four wards; a second run changes nothing."""
    known = locations.units(set(COMMUNES))
    if Point.objects.exists() or len(known) < len(COMMUNES):
        return
    for number, (unit, kind) in enumerate(
        ((unit, kind) for unit in COMMUNES for kind in KINDS), start=1
    ):
        point = _point(number, unit, kind, by=by, at=at)
        _decide(point, number, by=by, at=at)


loaders = [load_points]


def _point(
    number: int, unit: UnitId, kind: tuple[Kind, str, str], *, by: Viewer, at: datetime
) -> Point:
    word, name, hours = kind
    entry = PointEntry(
        kind=word,
        name=f"{name} Mẫu {number}",
        unit=unit,
        address=f"Số {number}, đường Ví Dụ",
        entrances=DOORS if number % EVERY_DOORS == 0 else (),
        hours=hours_of_text(hours),
        capacity=None if number % 4 == 0 else 20 * (1 + number % 7),
    )
    first = at - timedelta(days=2 + number % 20)
    asked = Asked(is_another=True, is_invented=True)
    return register_point(entry=entry, whose=Whose(), by=by, at=first, asked=asked)


def _decide(point: Point, number: int, *, by: Viewer, at: datetime) -> None:
    """As if officers had decided on some; those who wait look as their owner left them."""
    if number % EVERY_SUSPENDED == 0:
        decide_point(point=point, state=State.SUSPENDED, reason=_SUSPENDED, by=by, at=at)
    elif number % EVERY_CLOSED == 0:
        decide_point(point=point, state=State.CLOSED, reason=_CLOSED, by=by, at=at)
    elif number % EVERY_WAITING == 0:
        waiting = {"state": State.REGISTERED, "decided_at": None, "decided_by": "", "via": "owner"}
        Point.objects.filter(pk=point.pk).update(**waiting)

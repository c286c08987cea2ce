"""What the demo shows of control points: invented ones in the demo's communes, marked as such.

And what is done with them: a list of premises, inspections, reminders, a proposal, a report.
"""

from datetime import datetime, timedelta

from vungxanh.accounts.queries.acting import viewer_of_address
from vungxanh.checkins.actions.inspections import inspect_place
from vungxanh.checkins.actions.keeping import name_keeper
from vungxanh.checkins.actions.points import decide_point
from vungxanh.checkins.actions.premises import exempt_premises, link_certain
from vungxanh.checkins.actions.registering import Asked, register_point
from vungxanh.checkins.actions.reminding import Reminding, propose_suspension, remind_place
from vungxanh.checkins.actions.reports import report_poster
from vungxanh.checkins.imports import premises
from vungxanh.checkins.models import Point, Premises, PremisesList
from vungxanh.checkins.values.inspections import Finding, Place, Result, Tamper, TamperSaid
from vungxanh.checkins.values.kinds import EntranceKind, Kind, State
from vungxanh.checkins.values.points import NewEntrance, PointEntry, Whose
from vungxanh.core.clock import TZ
from vungxanh.core.viewer import PUBLIC, Viewer
from vungxanh.locations import queries as locations
from vungxanh.locations.actions.organisations import add_organisation
from vungxanh.locations.values import UnitId
from vungxanh.locations.values.organisations import Entry
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
DAY = timedelta(days=1)
HEAD = "Tên cơ sở;Địa chỉ;Mã địa bàn"
LACKING, EXEMPT = "Xưởng Mẫu A", "Kho Mẫu B"
LACKING_OF_SCHOOL = "Trường tiểu học Mẫu C"
SCHOOL = "Trường học Mẫu (ví dụ)"
# Premises without a point, by the place of their ward in COMMUNES.
WITHOUT = (
    (0, LACKING),
    (0, EXEMPT),
    (0, LACKING_OF_SCHOOL),
    (0, "Nhà hàng Mẫu D"),
    (1, "Khách sạn Mẫu E"),
    (1, "Chợ Mẫu G"),
    (2, "Nhà máy Mẫu H"),
    (3, "Phòng khám Mẫu I"),
)
# Points that accounts of the demo own or keep.
ACCOUNTS = {"owner@demo.example": (5, 7, 8), "keeper@demo.example": (1,)}
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


def load_work(*, by: Viewer, at: datetime) -> None:
    """A list of premises, and what officers of the demo did at places; once, where they are.

    As the accounts of the demo, so that the one above may decide on what the other proposes.
    """
    province = viewer_of_address("gialai@demo.example", at=at)
    commune = viewer_of_address("commune@demo.example", at=at)
    if province is None or commune is None or PremisesList.objects.exists():
        return
    if not Point.objects.filter(name=_named(1)).exists():
        return
    _list_premises(province, by=by, at=at - DAY * 40)
    _inspect(commune, at=at)
    report = TamperSaid(Tamper.PASTED_OVER, "Có giấy khác dán lên góc bảng (ví dụ)")
    report_poster(point_id=_point_at(1).pk, said=report, by=PUBLIC, at=at - timedelta(hours=20))
    for email, numbers in ACCOUNTS.items():
        for number in numbers:
            name_keeper(point=_point_at(number), who=email, by=by, at=at - DAY)


def example_point() -> str:
    """The code of a point that lives, for trying the API; empty where nobody loaded one."""
    living = Point.objects.filter(is_invented=True, state=State.APPROVED).order_by("pk")
    return living.values_list("code", flat=True).first() or ""


loaders = [load_points, load_work]


def _list_premises(province: Viewer, *, by: Viewer, at: datetime) -> None:
    """Some have their point, some have none, one is exempt; one is of an invented school."""
    school = add_organisation(entry=_school(at), by=by, at=at)
    brought = premises.Brought(
        title="Danh sách cơ sở phải có điểm (ví dụ)",
        source="Tệp ví dụ của bản trình diễn",
        basis="Văn bản ví dụ, không có thật",
        as_of=at.date(),
        content=f"{HEAD}\n{_rows()}".encode(),
        name="",
        is_pasted=True,
    )
    draft = premises.bring_in(brought=brought, by=province, at=at)
    premises.accept(list_id=draft.pk, skip_faulty=False, by=province, at=at)
    for unit in COMMUNES:
        link_certain(unit_id=unit, by=province, at=at)
    of_school = (_named(3), LACKING_OF_SCHOOL)
    Premises.objects.filter(name__in=of_school, unit=COMMUNES[0]).update(organisation=school)
    exempt = _premises(EXEMPT)
    exempt_premises(premises_id=exempt.pk, reason="Không đón khách (ví dụ)", by=province, at=at)


def _inspect(commune: Viewer, *, at: datetime) -> None:
    """A point was found without its poster and reminded; of premises three reminders ran out."""
    point, lacking = Place(point_id=_point_at(7).pk), Place(premises_id=_premises(LACKING).pk)
    fine = Place(point_id=_point_at(2).pk)
    inspect_place(place=fine, finding=Finding(Result.FINE), by=commune, at=at - DAY)
    note = "Bảng mã để trong ngăn kéo (ví dụ)"
    finding = Finding(Result.NO_POSTER, note)
    inspect_place(place=point, finding=finding, by=commune, at=at - DAY)
    _remind(point, Result.NO_POSTER, 3, by=commune, at=at - DAY)
    told = Finding(Result.NO_POINT, "Chưa đăng ký (ví dụ)")
    inspect_place(place=lacking, finding=told, by=commune, at=at - DAY * 14)
    for days in (14, 10, 6):
        _remind(lacking, Result.NO_POINT, 3, by=commune, at=at - DAY * days)
    reason = "Ba lần nhắc, vẫn chưa đăng ký (ví dụ)"
    propose_suspension(place=lacking, reason=reason, by=commune, at=at - DAY)


def _remind(place: Place, why: Result, days: int, *, by: Viewer, at: datetime) -> None:
    due_on = at.astimezone(TZ).date() + timedelta(days=days)
    remind_place(place=place, said=Reminding(why, due_on), by=by, at=at)


def _rows() -> str:
    """The lines of the list: the first, third and seventh point of each ward, and others."""
    with_point = [
        f"{_named(ward * len(KINDS) + one)};{_address(ward * len(KINDS) + one)};{_digits(unit)}"
        for ward, unit in enumerate(COMMUNES)
        for one in (1, 3, 7)
    ]
    without = [
        f"{name};Số {number}, đường Ví Dụ;{_digits(COMMUNES[ward])}"
        for number, (ward, name) in enumerate(WITHOUT, start=101)
    ]
    return "\n".join(with_point + without)


def _digits(unit: UnitId) -> str:
    return unit.removeprefix("vn-2025:")


def _school(at: datetime) -> Entry:
    return Entry(
        kind="school",
        name=SCHOOL,
        unit_id=COMMUNES[0],
        source="Tổ chức ví dụ của bản trình diễn",
        as_of=at.astimezone(TZ).date(),
        is_invented=True,
    )


def _point_at(number: int) -> Point:
    return Point.objects.get(name=_named(number))


def _premises(name: str) -> Premises:
    return Premises.objects.get(name=name)


def _named(number: int) -> str:
    return f"{KINDS[(number - 1) % len(KINDS)][1]} Mẫu {number}"


def _address(number: int) -> str:
    return f"Số {number}, đường Ví Dụ"


def _point(
    number: int, unit: UnitId, kind: tuple[Kind, str, str], *, by: Viewer, at: datetime
) -> Point:
    word, _, hours = kind
    entry = PointEntry(
        kind=word,
        name=_named(number),
        unit=unit,
        address=_address(number),
        entrances=DOORS if number % EVERY_DOORS == 0 else (),
        hours=hours_of_text(hours),
        capacity=None if number % 4 == 0 else 20 * (1 + number % 7),
    )
    first = at - timedelta(days=2, hours=12 * (len(COMMUNES) * len(KINDS) - number))
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

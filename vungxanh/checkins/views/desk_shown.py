"""Points, codes and changes as officers' pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vungxanh.checkins.models import Entrance, Point, PointChange, PointCode
from vungxanh.checkins.queries.desk import names_of
from vungxanh.checkins.queries.purging import FORGOTTEN
from vungxanh.checkins.values.kinds import KINDS, STATE_WORDS, EntranceKind, Kind, State
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Mark, Tone
from vungxanh.core.viewer import CITIZEN
from vungxanh.protocol.places import short_codes

TONES: Final[dict[State, Tone]] = {
    State.REGISTERED: "warn",
    State.APPROVED: "ok",
    State.SUSPENDED: "bad",
    State.CLOSED: "none",
}
_DONE: Final = {
    "registered": gettext_lazy("Đăng ký"),
    "approved": gettext_lazy("Duyệt"),
    "changed": gettext_lazy("Sửa"),
    "suspended": gettext_lazy("Tạm dừng"),
    "closed": gettext_lazy("Đóng"),
    "opened": gettext_lazy("Mở lại"),
    "undone": gettext_lazy("Hoàn tác"),
    "rotated": gettext_lazy("Đổi mã QR"),
    "revoked": gettext_lazy("Thu hồi mã QR"),
    "merged": gettext_lazy("Gộp vào điểm khác"),
    "took_in": gettext_lazy("Nhận gộp điểm khác"),
    "parted": gettext_lazy("Hoàn tác gộp"),
    "ownerless": gettext_lazy("Không còn chủ điểm"),
    "offered": gettext_lazy("Giao cho chủ mới"),
    "withdrawn": gettext_lazy("Rút lời giao"),
    "taken": gettext_lazy("Chủ mới nhận điểm"),
    "declined": gettext_lazy("Người được giao từ chối"),
}
_FIELDS: Final = {
    "name": gettext_lazy("Tên điểm"),
    "kind": gettext_lazy("Loại"),
    "address": gettext_lazy("Địa chỉ"),
    "unit": gettext_lazy("Xã, phường"),
    "usual_stay_minutes": gettext_lazy("Thường ở lại (phút)"),
    "capacity": gettext_lazy("Sức chứa (người)"),
}


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """A point in a list; `last_on` is the last day with a scan, `odd` what is worth a look."""

    row: Point
    code: str
    kind: str
    unit: str
    mark: Mark
    waits: bool
    last_on: date | None = None
    odd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownCode:
    """One issue of an entrance's code and what became of it."""

    row: PointCode
    door: str
    mark: Mark
    is_good: bool


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One thing that was done with a point; `lines` say what it changed."""

    row: PointChange
    words: str
    who: str
    lines: tuple[str, ...]


def shown(points: Iterable[Point]) -> list[ShownPoint]:
    """The points of a list."""
    return [shown_point(one) for one in points]


def shown_point(point: Point) -> ShownPoint:
    """One point with its words."""
    return ShownPoint(
        row=point,
        code=short_codes.shown(point.code),
        kind=kind_words(point.kind),
        unit=_unit_words(point),
        mark=mark_of(point.state),
        waits=point.state == State.REGISTERED,
    )


def mark_of(state: str) -> Mark:
    """The chip of a state."""
    return Mark(TONES[State(state)], state_words(state))


def kind_words(kind: str) -> str:
    """A kind in the reader's language."""
    return KINDS[Kind(kind)].words.in_language(reader_language())


def state_words(state: str) -> str:
    """A state in the reader's language."""
    return STATE_WORDS[State(state)].in_language(reader_language())


def doors_shown(entrances: Iterable[Entrance]) -> dict[int, str]:
    """The name of each entrance by its number."""
    return {one.number: _door(one) for one in entrances}


def shown_codes(
    codes: Iterable[PointCode], doors: Mapping[int, str], at: datetime
) -> list[ShownCode]:
    """The codes of a point with what became of them."""
    return [
        ShownCode(one, doors.get(one.entrance, ""), _code_mark(one, at), _is_good(one, at))
        for one in codes
    ]


def shown_changes(changes: Iterable[PointChange]) -> list[ShownChange]:
    """The history of a point; who did it by name where that is one of the staff. One query."""
    rows = list(changes)
    known = names_of(row.by for row in rows)
    return [
        ShownChange(row, str(_DONE.get(row.action, row.action)), _who(row.by, known), _lines(row))
        for row in rows
    ]


def crumbs(point: Point | None = None, last: str = "") -> list[dict[str, str]]:
    """The way to a page of points."""
    found = [{"label": _("Điểm kiểm soát"), "url": reverse("checkins-points")}]
    if point is not None:
        url = reverse("checkins-point", args=[point.pk]) if last else ""
        found.append({"label": short_codes.shown(point.code), "url": url})
    return [*found, {"label": last, "url": ""}] if last else found


def _unit_words(point: Point) -> str:
    above = point.unit.parent
    return f"{point.unit.name}, {above.short_name}" if above else point.unit.name


def _door(entrance: Entrance) -> str:
    if not entrance.number:
        return _("Cả điểm")
    kind = _("Phòng") if entrance.kind == EntranceKind.ROOM else _("Lối vào")
    return f"{kind} {entrance.number}: {entrance.label}" if entrance.label else kind


def _is_good(code: PointCode, at: datetime) -> bool:
    return code.revoked_at is None and (code.ends_at is None or code.ends_at > at)


def _code_mark(code: PointCode, at: datetime) -> Mark:
    if code.revoked_at is not None:
        return Mark("bad", _("Đã thu hồi"))
    if code.ends_at is None:
        return Mark("ok", _("Đang dùng"))
    if code.ends_at > at:
        return Mark("warn", _("Sắp thay"))
    return Mark("none", _("Đã thay"))


def _who(reference: str, known: Mapping[str, str]) -> str:
    if reference == FORGOTTEN:
        return _("Người không còn được lưu")
    if reference.startswith(CITIZEN):
        return _("Chủ điểm")
    return known.get(reference, _("Hệ thống"))


def _lines(row: PointChange) -> tuple[str, ...]:
    """What a correction changed, as it was and as it is."""
    if row.action == "merged":
        return (_("vào điểm số %(n)s") % {"n": row.after.get("into", "")},)
    if row.action == "took_in":
        return (_("từ điểm số %(n)s") % {"n": row.after.get("point", "")},)
    if row.action != "changed":
        return ()
    return tuple(
        f"{label}: {_value(name, row.before.get(name))} → {_value(name, row.after.get(name))}"
        for name, label in _FIELDS.items()
        if row.before.get(name) != row.after.get(name)
    )


def _value(name: str, value: object) -> str:
    if value in (None, ""):
        return "–"
    return kind_words(str(value)) if name == "kind" else str(value)

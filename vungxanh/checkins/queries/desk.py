"""One point as an officer of its area sees it; the contact is opened by a look of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from vungxanh.accounts.queries import Place, authorised
from vungxanh.accounts.queries.glass import names
from vungxanh.checkins.models import Entrance, Point, PointChange, PointCode
from vungxanh.checkins.rules import states
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer

SEE: Final = "points.view"
MANAGE: Final = "points.manage"
MOST_CHANGES: Final = 100
_UNDONE: Final = frozenset({"approved", "suspended", "closed", "opened", "merged"})


@dataclass(frozen=True, slots=True)
class Undo:
    """What the viewer did last and may still take back, and until when."""

    action: str
    until: datetime


def point_for(viewer: Viewer, point_id: int, *, acting: bool = False) -> Point:
    """A point of the viewer's area; one of elsewhere is not there. One query, no contact."""
    rows = Point.objects.select_related("unit__parent", "organisation", "merged_into", "premises")
    return authorised(
        rows.defer("contact_name", "contact_phone", "words").filter(pk=point_id).first(),
        viewer=viewer,
        needs=MANAGE if acting else SEE,
        unit=_place,
        acting=acting,
        kind="point",
    )


def may_manage(viewer: Viewer, point: Point) -> bool:
    """Whether the viewer may decide on a point; no query."""
    try:
        authorised(point, viewer=viewer, needs=MANAGE, unit=_place, acting=True)
    except MissingError:
        return False
    return True


def entrances_of(point: Point) -> tuple[Entrance, ...]:
    """All entrances, closed ones too; one query."""
    return tuple(Entrance.objects.filter(point=point).order_by("number"))


def codes_of(point: Point) -> tuple[PointCode, ...]:
    """Every code that was signed for the point, the newest first; one query."""
    return tuple(PointCode.objects.filter(point=point).order_by("-id"))


def changes_of(point: Point) -> tuple[PointChange, ...]:
    """What was done with the point, the newest first; one query."""
    return tuple(PointChange.objects.filter(point=point).order_by("-at", "-id")[:MOST_CHANGES])


def merged_here(point: Point) -> tuple[Point, ...]:
    """The points whose codes lead here; one query."""
    rows = Point.objects.filter(merged_into=point).defer("contact_name", "contact_phone", "words")
    return tuple(rows.order_by("id"))


def undo_of(viewer: Viewer, changes: Iterable[PointChange], at: datetime) -> Undo | None:
    """What of a point's history the viewer may take back now; no query."""
    last = next(iter(changes), None)
    if last is None or last.by != viewer.id or last.action not in _UNDONE:
        return None
    until = last.at + states.UNDO_WITHIN
    return Undo(last.action, until) if at <= until else None


def decided_together(viewer: Viewer, moment: datetime, now: datetime) -> tuple[int, ...]:
    """The points that the viewer approved at one moment and may still take back; one query."""
    if not timedelta() <= now - moment <= states.UNDO_WITHIN:
        return ()
    rows = PointChange.objects.filter(at=moment, by=viewer.id, action="approved")
    rows = rows.filter(point__decided_at=moment)
    return tuple(rows.order_by("point_id").values_list("point_id", flat=True))


def names_of(refs: Iterable[str]) -> dict[str, str]:
    """Names of the staff among these references; one query."""
    return names(refs)


def _place(point: Point) -> Place:
    return point.unit

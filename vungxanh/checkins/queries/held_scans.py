"""What this room keeps of somebody's scans: where they were, what was corrected, their numbers."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from vungxanh.checkins.models import Point, Scan, VisitCorrection, VisitNumber
from vungxanh.checkins.values.scans import SCANS_KEPT_DAYS, Direction
from vungxanh.core.clock import TZ
from vungxanh.core.subjects import HeldLine, Rows, Subject
from vungxanh.refusals import Words

_WHY = Words(vi="30 ngày sau ngày quét.", en="30 days after the day of the scan.")
_MODELS = (Scan, VisitCorrection, VisitNumber)


def held_scans(subject: Subject) -> Iterator[HeldLine]:
    """In words; numbers stand for a person in files that go with them."""
    if subject.id is None:
        return
    lines: tuple[tuple[Any, str, Words], ...] = (
        (Scan, "scans", Words(vi="Lượt quét ra vào điểm", en="Scans at control points")),
        (VisitCorrection, "corrections", Words(vi="Lần sửa giờ đến, rời", en="Corrected visits")),
    )
    for model, table, what in lines:
        rows = model.objects.filter(person_id=subject.id)
        newest = rows.aggregate(at=Max("at"))["at"]
        until = (newest + timedelta(days=SCANS_KEPT_DAYS)).date() if newest else None
        yield HeldLine("checkins", what, rows.count(), until, _WHY, table=table)


def export_scans(subject: Subject) -> Rows:
    """The same, whole."""
    if subject.id is None:
        return {}
    scans = list(Scan.objects.filter(person_id=subject.id).order_by("at", "id"))
    names = dict(
        Point.objects.filter(pk__in={one.point_id for one in scans}).values_list("pk", "name")
    )
    said = VisitCorrection.objects.filter(person_id=subject.id)
    return {
        "scans": [
            {
                "point": names.get(one.point_id, ""),
                "entrance": one.entrance,
                "direction": Direction(one.direction).name.lower(),
                "at": _told(one.at),
                "received_at": _told(one.received_at),
            }
            for one in scans
        ],
        "corrections": [
            {"t_in": _told(one.t_in), "t_out": _told(one.t_out), "reason": one.reason}
            for one in said
        ],
    }


def scans_left(subject: Subject) -> dict[str, int]:
    """What is still found of somebody, by table."""
    return {
        model._meta.db_table: (
            model._default_manager.filter(person_id=subject.id).count() if subject.id else 0
        )
        for model in _MODELS
    }


def _told(at: datetime) -> str:
    return at.astimezone(TZ).isoformat(timespec="seconds")

"""What this room keeps of somebody: points that they own, where they are the contact, a draft."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from vungxanh.checkins.models import (
    CONTACT_PHONES,
    KEEPER_PHONES,
    OFFER_PHONES,
    DoorDevice,
    Inspection,
    Point,
    PointChange,
    PointCode,
    PointDraft,
    PointKeeper,
    PointOffer,
    PosterJob,
    TamperReport,
)
from vungxanh.core.clock import TZ
from vungxanh.core.subjects import HeldLine, Rows, Subject
from vungxanh.refusals import Words

ROOM = "checkins"
# Columns that say who did something, by the model that they stand in.
DOERS: tuple[tuple[type[models.Model], str], ...] = (
    (Point, "registered_by"),
    (Point, "decided_by"),
    (PointChange, "by"),
    (PointCode, "issued_by"),
    (PointCode, "revoked_by"),
    (PointKeeper, "by"),
    (PointKeeper, "ended_by"),
    (DoorDevice, "by"),
    (PosterJob, "by"),
    (TamperReport, "by"),
    (Inspection, "by"),
)
_YEAR = Words(vi="365 ngày sau khi điểm đóng.", en="365 days after the point is closed.")
_FORTNIGHT = Words(vi="14 ngày sau khi giao.", en="14 days after the offer.")
_WEEK = Words(vi="7 ngày sau lần ghi cuối.", en="7 days after it was last written.")
_LINES = {
    "points": (Words(vi="Điểm kiểm soát của bạn", en="Your control points"), _YEAR),
    "contacts": (Words(vi="Điểm ghi bạn là liên hệ", en="Points that name you"), _YEAR),
    "keepers": (Words(vi="Điểm giao bạn trực", en="Points that you keep"), _YEAR),
    "offers": (Words(vi="Điểm chờ bạn nhận", en="Points offered to you"), _FORTNIGHT),
    "drafts": (Words(vi="Bản nháp đăng ký điểm", en="Draft of a point"), _WEEK),
}


def rows_of(subject: Subject) -> dict[str, "QuerySet[Any]"]:
    """The rows that are somebody's, by sort; no query yet."""
    named = Point.objects.filter(contact_phone_index__in=contact_digests(subject))
    keeping = PointKeeper.objects.filter(phone_index__in=keeper_digests(subject))
    keeping = keeping.select_related("point")
    offered = PointOffer.objects.filter(phone_index__in=offer_digests(subject))
    offered = offered.select_related("point")
    if subject.id is None:
        return {"contacts": named, "keepers": keeping, "offers": offered}
    return {
        "points": Point.objects.filter(owner=subject.id),
        "contacts": named.exclude(owner=subject.id),
        "keepers": keeping,
        "offers": offered,
        "drafts": PointDraft.objects.filter(owner=subject.id),
    }


def contact_digests(subject: Subject) -> Sequence[bytes]:
    """What the numbers of somebody are found by."""
    return [one for address in subject.addresses for one in CONTACT_PHONES.digests(address)]


def keeper_digests(subject: Subject) -> Sequence[bytes]:
    """What the numbers of somebody are found by where they keep points."""
    return [one for address in subject.addresses for one in KEEPER_PHONES.digests(address)]


def offer_digests(subject: Subject) -> Sequence[bytes]:
    """What the numbers of somebody are found by where points are offered to them."""
    return [one for address in subject.addresses for one in OFFER_PHONES.digests(address)]


def held(subject: Subject) -> Iterator[HeldLine]:
    """What this room keeps of somebody, in words."""
    for name, rows in rows_of(subject).items():
        what, why = _LINES[name]
        yield HeldLine(ROOM, what, rows.count(), None, why, table=name)


def export(subject: Subject) -> Rows:
    """The same, whole and opened; of points of others that name them, only which."""
    rows = rows_of(subject)
    return {
        "points": [_whole(row) for row in rows.get("points", ())],
        "contacts": [{"code": row.code, "name": row.name} for row in rows["contacts"]],
        **{
            told: [
                {"code": row.point.code, "name": row.point.name, "since": _said(row.at)}
                for row in rows[told]
            ]
            for told in ("keepers", "offers")
        },
        "drafts": [{"written": row.content, "at": _said(row.at)} for row in rows.get("drafts", ())],
    }


def left(subject: Subject) -> dict[str, int]:
    """What is still found of somebody, by table."""
    keeping = PointKeeper.objects.filter(phone_index__in=keeper_digests(subject))
    found = {PointDraft._meta.db_table: 0, PointKeeper._meta.db_table: keeping.count()}
    offered = PointOffer.objects.filter(phone_index__in=offer_digests(subject))
    found[PointOffer._meta.db_table] = offered.count()
    own = Q(contact_phone_index__in=contact_digests(subject))
    if subject.id is not None:
        own |= Q(owner=subject.id)
        drafts = PointDraft.objects.filter(owner=subject.id)
        found[PointDraft._meta.db_table] = drafts.count()
    found[Point._meta.db_table] = Point.objects.filter(own).count()
    for model, column in DOERS:
        done = model._default_manager.filter(**{f"{column}__in": subject.device_refs})
        table = model._meta.db_table
        found[table] = found.get(table, 0) + done.count()
    return found


def _whole(row: Point) -> dict[str, object]:
    return {
        "code": row.code,
        "kind": row.kind,
        "name": row.name,
        "address": row.address,
        "unit": row.unit_id,
        "state": row.state,
        "contact_name": row.contact_name,
        "contact_phone": row.contact_phone,
        "registered_at": _said(row.registered_at),
    }


def _said(at: datetime) -> str:
    return at.astimezone(TZ).isoformat(timespec="seconds")

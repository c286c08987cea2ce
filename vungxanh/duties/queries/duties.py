"""Duties as they were written down."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from vungxanh.core.errors import MissingError
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.duties.models import Duty
from vungxanh.duties.queries.lines import holder, holder_name, visible
from vungxanh.duties.rules import Pace, Schedule, SourceKind
from vungxanh.duties.values import VIEW, Holder


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty, as lists and its own page show it."""

    id: UUID
    kind: str
    title: str
    note: str
    holder: Holder
    holder_name: str
    owed_to: str
    owed_to_name: str
    source_kind: SourceKind
    source: str
    schedule: Schedule
    pace: Pace
    created_at: datetime
    ended_at: datetime | None
    ended_reason: str


def duties(viewer: Viewer, *, page: object = 1, has_ended: bool = False) -> Page[DutyLine]:
    """What the viewer may see of what is owed, the newest first; two queries."""
    viewer.require(VIEW)
    rows = _rows().filter(visible(viewer, ""), ended_at__isnull=not has_ended)
    found: Page[Duty] = numbered(rows.order_by("-created_at", "id"), page)
    shown = tuple(_line(one) for one in found)
    return Page(shown, found.number, found.n_pages, found.n_rows)


def duty(duty_id: UUID, *, viewer: Viewer) -> DutyLine:
    """One that the viewer may see; MissingError for any other."""
    viewer.require(VIEW)
    found = _rows().filter(visible(viewer, ""), id=duty_id).first()
    if found is None:
        raise MissingError
    return _line(found)


def _rows() -> "QuerySet[Duty]":
    return Duty.objects.select_related("unit", "organisation", "owed_to")


def _line(row: Duty) -> DutyLine:
    return DutyLine(
        id=row.id,
        kind=row.kind,
        title=row.title,
        note=row.note,
        holder=holder(row),
        holder_name=holder_name(row),
        owed_to=row.owed_to_id,
        owed_to_name=row.owed_to.name,
        source_kind=SourceKind(row.source_kind),
        source=row.source,
        schedule=Schedule(row.starts_on, row.due_time, row.recurrence, row.ends_on),
        pace=Pace(row.pace),
        created_at=row.created_at,
        ended_at=row.ended_at,
        ended_reason=row.ended_reason,
    )

"""Reading exports of persons, and the lists that rooms let officers export."""

from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet, Sum

from vungxanh.accounts.models.exports import PersonExport
from vungxanh.accounts.queries.glass import BETWEEN, covers
from vungxanh.accounts.rules.exports import ALONE_WITHIN, APPROVAL_HOLDS
from vungxanh.accounts.values.exports import (
    APPROVE,
    EXPORT,
    ExportForm,
    ExportLine,
    ExportState,
    PersonList,
)
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer


def person_lists() -> dict[str, PersonList]:
    """What rooms register as `person_lists` in their AppConfig, by name; no query."""
    found: dict[str, PersonList] = {}
    for config in apps.get_app_configs():
        found.update(getattr(config, "person_lists", {}))
    return found


def person_list(resource: str) -> PersonList:
    """One registered list; MissingError for a name that nobody registered."""
    try:
        return person_lists()[resource]
    except KeyError:
        raise MissingError from None


def own_exports(viewer: Viewer, at: datetime, page: object = 1) -> Page[ExportLine]:
    """The viewer's own exports, newest first; two queries."""
    return _lines(PersonExport.objects.filter(by=viewer.id), at, page)


def n_alone(viewer: Viewer, at: datetime) -> int:
    """How many rows went to the viewer without a second officer within the last 24 hours."""
    alone = PersonExport.objects.filter(by=viewer.id, decided_by="", made_at__gt=at - ALONE_WITHIN)
    return int(alone.aggregate(n=Sum("n_rows", default=0))["n"])


def to_approve(viewer: Viewer, at: datetime, page: object = 1) -> Page[ExportLine]:
    """Exports that wait for the viewer's approval; three queries. Never the viewer's own."""
    viewer.require(APPROVE)
    return _lines(approvable(viewer, at), at, page)


def n_to_approve(viewer: Viewer, at: datetime) -> int:
    """How many exports wait for the viewer's approval; two queries, none without the right."""
    return approvable(viewer, at).count() if viewer.may(APPROVE) else 0


def approvable(viewer: Viewer, at: datetime) -> "QuerySet[PersonExport]":
    """Waiting exports of others, of persons of the viewer's area; one query for the areas."""
    waiting = PersonExport.objects.filter(
        state=ExportState.WAITING, asked_at__gt=at - APPROVAL_HOLDS
    ).exclude(by=viewer.id)
    areas = waiting.order_by().values_list("area", flat=True).distinct()
    mine = [area for area in areas if covers(viewer.units, area.split(BETWEEN))]
    return waiting.filter(area__in=mine)


def own_export(viewer: Viewer, export_id: UUID) -> PersonExport:
    """One of the viewer's own exports; another's is not there. One query."""
    viewer.require(EXPORT)
    found = PersonExport.objects.filter(id=export_id, by=viewer.id).first()
    if found is None:
        raise MissingError
    return found


def state_at(row: PersonExport, at: datetime) -> ExportState:
    """Where an export stands at an instant: what nobody used in time is gone."""
    state = ExportState(row.state)
    until = {
        ExportState.READY: row.opens_until,
        ExportState.WAITING: row.asked_at + APPROVAL_HOLDS,
        ExportState.APPROVED: row.decided_at and row.decided_at + APPROVAL_HOLDS,
    }.get(state)
    return ExportState.GONE if until is not None and until <= at else state


def _lines(found: "QuerySet[PersonExport]", at: datetime, page: object) -> Page[ExportLine]:
    rows = numbered(found.order_by("-asked_at", "-number"), page)
    lines = tuple(_line(row, at) for row in rows)
    return Page(lines, rows.number, rows.n_pages, rows.n_rows)


def _line(row: PersonExport, at: datetime) -> ExportLine:
    return ExportLine(
        id=row.id,
        number=row.number,
        resource=row.resource,
        list_id=row.list_id,
        purpose=row.purpose,
        form=ExportForm(row.form),
        by=row.by,
        n_rows=row.n_rows,
        asked_at=row.asked_at,
        state=state_at(row, at),
        decided_by=row.decided_by,
        opens_until=row.opens_until,
        n_downloads=row.n_downloads,
    )

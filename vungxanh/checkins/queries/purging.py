"""What of this room is past its time; read, nothing is deleted."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet

from vungxanh.checkins.models import (
    AllLeft,
    Point,
    PointChange,
    PointDraft,
    PointImport,
    PointKeeper,
    PosterJob,
)
from vungxanh.checkins.models.drafts import KEPT as DRAFT_KEPT
from vungxanh.checkins.models.points import KEPT as PERSONS_KEPT
from vungxanh.checkins.models.posters import KEPT as POSTERS_KEPT
from vungxanh.checkins.models.scans import SCANS_KEPT
from vungxanh.checkins.queries.activity import past_counts
from vungxanh.checkins.queries.door_devices import past_door_devices
from vungxanh.checkins.queries.door_keys import past_door_keys
from vungxanh.checkins.queries.gone import overdue_gone
from vungxanh.checkins.queries.offers import past_offers
from vungxanh.checkins.queries.photos import past_photos
from vungxanh.checkins.queries.scan_purging import past_scans, unused_numbers
from vungxanh.checkins.values.kinds import State

FORGOTTEN: Final = "forgotten"
"""What stands for somebody whose part in a closed point is past its time, or who was erased."""
IMPORTS_KEPT: Final = timedelta(days=7)


def overdue(at: datetime) -> dict[str, int]:
    """How many rows are past their time, by table."""
    found: tuple[QuerySet[Any], ...] = (
        *(past_points(at), past_changes(at), past_keepers(at), past_offers(at)),
        *(past_drafts(at), past_imports(at), past_photos(at)),
        *(*past_scans(at), unused_numbers(), overdue_gone(at), past_leaving(at)),
        *(*past_counts(at), past_door_devices(), past_door_keys(at)),
    )
    counts = {rows.model._meta.db_table: rows.count() for rows in found}
    posters = PosterJob.objects.filter(at__lt=at - POSTERS_KEPT.period)
    return {**counts, PosterJob._meta.db_table: posters.count()}


def past_points(at: datetime) -> "QuerySet[Point]":
    """Points closed a year ago whose people are still known."""
    closed = Point.objects.filter(state=State.CLOSED, decided_at__lt=at - PERSONS_KEPT.period)
    return closed.exclude(registered_by=FORGOTTEN)


def past_changes(at: datetime) -> "QuerySet[PointChange]":
    """Changes of points closed a year ago by people who are still known."""
    before = at - PERSONS_KEPT.period
    of_closed = PointChange.objects.filter(point__state=State.CLOSED, point__decided_at__lt=before)
    return of_closed.exclude(by=FORGOTTEN)


def past_keepers(at: datetime) -> "QuerySet[PointKeeper]":
    """Rights that were taken back a year ago, and those to points closed a year ago."""
    before = at - PERSONS_KEPT.period
    closed = Q(point__state=State.CLOSED, point__decided_at__lt=before)
    return PointKeeper.objects.filter(Q(ended_at__lt=before) | closed)


def past_drafts(at: datetime) -> "QuerySet[PointDraft]":
    """Drafts that nobody wrote on for a week."""
    return PointDraft.objects.filter(at__lt=at - DRAFT_KEPT.period)


def past_imports(at: datetime) -> "QuerySet[PointImport]":
    """Spreadsheets that were brought more than a week ago; what they made stays."""
    return PointImport.objects.filter(at__lt=at - IMPORTS_KEPT)


def past_leaving(at: datetime) -> "QuerySet[AllLeft]":
    """Acts by which everybody left, whose scans are past their time."""
    return AllLeft.objects.filter(at__lt=at - SCANS_KEPT.period - timedelta(days=1))

"""What of scans, and of what is said about them, is past its time."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from vungxanh.checkins.models import Scan, StaleDay, VisitCorrection, VisitNumber
from vungxanh.checkins.values.day_files import second_of
from vungxanh.checkins.values.scans import SCANS_KEPT_DAYS

_KEPT = timedelta(days=SCANS_KEPT_DAYS)


def first_kept_day(at: datetime) -> date:
    """The oldest UTC day whose scans are kept."""
    return at.astimezone(UTC).date() - _KEPT


def past_scans(at: datetime) -> "tuple[QuerySet[Any], ...]":
    """Scans of days past their time, days to be written and corrections as old."""
    first = UUID(int=second_of(first_kept_day(at)) * 1000 << 80)
    return (
        Scan.objects.filter(pk__lt=first),
        StaleDay.objects.filter(at__lt=at - _KEPT),
        VisitCorrection.objects.filter(at__lt=at - _KEPT),
    )


def unused_numbers() -> "QuerySet[VisitNumber]":
    """Numbers of persons who have no scan any more."""
    return VisitNumber.objects.filter(~Exists(Scan.objects.filter(person_id=OuterRef("person_id"))))

"""Persons who are gone, and what came of them all the same."""

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from vungxanh.checkins.models import GonePerson, Scan, VisitCorrection
from vungxanh.checkins.values.scans import WATCHED_FOR
from vungxanh.core.privacy import A_DAY


def there_again() -> "QuerySet[GonePerson]":
    """Those of whom something is there again; looked up one by one, whatever else is there."""
    first = Coalesce(_first_of(Scan), _first_of(VisitCorrection))
    return GonePerson.objects.alias(first=first).filter(first__isnull=False)


def watched_enough(at: datetime) -> "QuerySet[GonePerson]":
    """Those of whom nothing came for long enough."""
    quiet = Q(looked_at__lte=at - WATCHED_FOR)
    return GonePerson.objects.filter(quiet | Q(at__lte=at - A_DAY.period))


def overdue_gone(at: datetime) -> "QuerySet[GonePerson]":
    """Those who should not be known here any more."""
    return GonePerson.objects.filter(at__lt=at - A_DAY.period)


def _first_of(model: Any) -> Subquery:
    rows = model.objects.filter(person_id=OuterRef("person_id")).order_by()
    return Subquery(rows.values("person_id")[:1])

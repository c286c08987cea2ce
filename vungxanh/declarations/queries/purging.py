"""What of this room is past its time; read, nothing is deleted."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from vungxanh.declarations.models import (
    Care,
    Contest,
    Declaration,
    DeclarationLink,
    Draft,
    Pending,
)
from vungxanh.declarations.models.asking import DRAFT_KEPT, LINK_KEPT
from vungxanh.declarations.models.care import CARE_KEPT, CONTEST_KEPT
from vungxanh.declarations.models.declarations import DECLARED_KEPT
from vungxanh.declarations.models.paper import EnteredSheet, Pile

_LONGEST_CARE: Final = timedelta(days=365)


def first_kept_day(at: datetime) -> date:
    """The oldest UTC day whose declarations are kept."""
    return at.astimezone(UTC).date() - DECLARED_KEPT.period


def past(at: datetime) -> "tuple[QuerySet[Any], ...]":
    """Rows past their time, by table."""
    first = datetime.combine(first_kept_day(at), datetime.min.time(), UTC)
    least = UUID(int=int(first.timestamp() * 1000) << 80)
    care = at - CARE_KEPT.period
    piles = Pile.objects.filter(~Exists(EnteredSheet.objects.filter(pile=OuterRef("pk"))))
    return (
        Declaration.objects.filter(pk__lt=least),
        Pending.objects.filter(pk__lt=least),
        Care.objects.filter(
            Q(closed_at__lt=care)
            | Q(closed_at=None, handled_at__lt=care)
            | Q(opened_at__lt=at - _LONGEST_CARE)
        ),
        Contest.objects.filter(decided_at__lt=at - CONTEST_KEPT.period),
        DeclarationLink.objects.filter(until__lt=at - LINK_KEPT.period),
        Draft.objects.filter(at__lt=at - DRAFT_KEPT.period),
        EnteredSheet.objects.filter(at__lt=at - DECLARED_KEPT.period),
        piles.filter(at__lt=at - DECLARED_KEPT.period),
    )


def overdue(at: datetime) -> dict[str, int]:
    """How many rows are past their time, by table."""
    return {rows.model._meta.db_table: rows.count() for rows in past(at)}

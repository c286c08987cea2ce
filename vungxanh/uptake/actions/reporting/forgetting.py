"""What reports lose when their time is over: the original file, and who called."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from vungxanh.audit.actions import record
from vungxanh.core import clock
from vungxanh.core.models import StoredFile
from vungxanh.core.viewer import SYSTEM
from vungxanh.uptake.actions.reporting.reports import name_of
from vungxanh.uptake.models import DayTable, FigureReport
from vungxanh.uptake.models.reporting import CALLERS, ORIGINALS
from vungxanh.uptake.rules.reporting import ReportState, TableState


def forget_originals(*, at: datetime) -> int:
    """Let go of originals a month after the day's table was published; returns how many.

    Those of drafts and of dropped reports go a month after they came. The digest stays, so that
    anybody who holds the file can show that it is the one. The bytes go with the file store's
    sweep. Records uptake.original_forgotten for each.
    """
    past = _past(at - ORIGINALS.period).order_by("id").values_list("id", flat=True)
    return sum(_forget(one, at) for one in list(past))


def forget_callers(*, at: datetime) -> int:
    """Empty the names of those who reported by telephone a year ago; returns how many.

    Records uptake.caller_forgotten for each.
    """
    named = _named(at)
    for one in named:
        with transaction.atomic():
            FigureReport.objects.filter(id=one).update(caller="")
            record(event="uptake.caller_forgotten", by=SYSTEM, at=at, subject=f"report:{one}")
    return len(named)


def n_past(at: datetime) -> dict[str, int]:
    """How many originals and callers would be forgotten now."""
    originals = _past(at - ORIGINALS.period).count()
    return {"uptake_figurereport": originals + len(_named(at))}


def _named(at: datetime) -> list[UUID]:
    """Reports of a year ago that still name who called."""
    until = (at - CALLERS.period).astimezone(clock.TZ).date()
    calls = FigureReport.objects.filter(channel="telephone", day__lte=until).order_by("id")
    return [key for key, caller in calls.values_list("id", "caller") if caller]


def _past(until: datetime) -> "QuerySet[FigureReport]":
    """Reports that still hold an original though its time is over."""
    published = DayTable.objects.filter(
        form_id=OuterRef("reporter__form_id"),
        area_id=OuterRef("reporter__area_id"),
        day=OuterRef("day"),
        state=TableState.PUBLISHED,
        published_at__lte=until,
    )
    is_idle = Q(state__in=[ReportState.DRAFT, ReportState.DROPPED])
    is_over = is_idle | Exists(published)
    return FigureReport.objects.filter(is_over, brought_at__lte=until, original__isnull=False)


def _forget(report_id: UUID, at: datetime) -> bool:
    """One original in a transaction of its own; somebody may have accepted the draft meanwhile."""
    with transaction.atomic():
        rows = FigureReport.objects.select_for_update(of=("self",))
        row = rows.filter(id__in=_past(at - ORIGINALS.period), id=report_id).first()
        if row is None:
            return False
        kept = list(StoredFile.objects.filter(figurereport=row).values_list("pk", flat=True))
        row.original, row.original_name = None, ""
        row.save(update_fields=["original", "original_name"])
        StoredFile.objects.filter(pk__in=kept).delete()
        record(event="uptake.original_forgotten", by=SYSTEM, at=at, subject=name_of(row))
    return True

"""Reading the log: by subject, person, event, purpose and time; and counts for everybody."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from vungxanh.audit.models import AuditEvent
from vungxanh.audit.values import EVENTS, Entry
from vungxanh.core.clock import TZ, day_start
from vungxanh.core.paging import Slice, newest_first
from vungxanh.core.viewer import Viewer
from vungxanh.refusals import Words

CAPABILITY = "audit.view"
N_SIGN_INS = 10
_UNKNOWN = Words(vi="Sự kiện của bản khác", en="Event of another version")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events are asked for; empty parts ask for all."""

    event: str = ""
    by: str = ""
    subject: str = ""
    purpose: str = ""
    since: date | None = None
    until: date | None = None


class MonthCount(NamedTuple):
    """How many events of one purpose fell into a month, told by its first day."""

    month: date
    purpose: str
    n: int


def events(wanted: Filter, *, viewer: Viewer, before: int | None = None) -> Slice[Entry]:
    """A page of the log, newest first; `before` is the sequence after which the page goes on."""
    viewer.require(CAPABILITY)
    return newest_first(_chosen(wanted), field="sequence", before=before).mapped(entry)


def counted(event: str, since: date, until: date) -> tuple[MonthCount, ...]:
    """How often an event was recorded, by month in Vietnam and purpose; numbers alone, for anyone.

    Both days are included. Months and purposes without an event are left out.
    """
    return _by_month(_chosen(Filter(event=event, since=since, until=until)))


def counted_by_purpose(wanted: Filter, *, viewer: Viewer) -> tuple[MonthCount, ...]:
    """The events that a filter asks for, counted by month and purpose."""
    viewer.require(CAPABILITY)
    return _by_month(_chosen(wanted))


def own_sign_ins(viewer: Viewer) -> tuple[Entry, ...]:
    """The viewer's own last sign-ins and refused attempts at them; needs no capability."""
    return _sign_ins(viewer.id)


def sign_ins_of(ref: str, *, viewer: Viewer) -> tuple[Entry, ...]:
    """Somebody's last sign-ins, for the person and for those who may read the log."""
    if ref != viewer.id and not viewer.may("accounts.manage"):
        viewer.require(CAPABILITY)
    return _sign_ins(ref)


def entry(event: AuditEvent) -> Entry:
    """An event as others see it."""
    return Entry(
        id=event.id,
        sequence=event.sequence,
        event=event.event,
        words=EVENTS.get(event.event, _UNKNOWN),
        by=event.by,
        at=event.at,
        subject=event.subject,
        purpose=event.purpose,
        detail=event.detail,
    )


def _chosen(wanted: Filter) -> QuerySet[AuditEvent]:
    chosen = AuditEvent.objects.all()
    for name in ("event", "by", "subject", "purpose"):
        if value := getattr(wanted, name):
            chosen = chosen.filter(**{name: value})
    if wanted.since:
        chosen = chosen.filter(at__gte=day_start(wanted.since))
    if wanted.until:
        chosen = chosen.filter(at__lt=day_start(wanted.until + timedelta(days=1)))
    return chosen


def _by_month(chosen: QuerySet[AuditEvent]) -> tuple[MonthCount, ...]:
    months = chosen.annotate(month=TruncMonth("at", tzinfo=TZ)).values("month", "purpose")
    rows = months.annotate(n=Count("pk")).order_by("month", "purpose")
    return tuple(MonthCount(row["month"].date(), row["purpose"], row["n"]) for row in rows)


def _sign_ins(ref: str) -> tuple[Entry, ...]:
    found = AuditEvent.objects.filter(
        Q(event="accounts.signed_in") | Q(event="accounts.sign_in_refused"), subject=ref
    )
    return tuple(entry(event) for event in found.order_by("-sequence")[:N_SIGN_INS])

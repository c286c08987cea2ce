"""Reading the log: by subject, by person, by event and by time; and checking its chain."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from vungxanh.audit.models import AuditEvent, AuditLink, UnsealedEvent
from vungxanh.audit.rules import GENESIS, link_digest
from vungxanh.audit.values import EVENTS, Broken, Entry, MonthCount, Seal
from vungxanh.core.clock import TZ, day_end, day_start
from vungxanh.core.paging import Slice, newest_first
from vungxanh.core.viewer import Viewer
from vungxanh.refusals import Words

CAPABILITY = "audit.view"
N_SIGN_INS = 10
_BATCH = 1000
_UNKNOWN = Words(vi="Sự kiện của bản khác", en="Event of another version")
_CUT = Words(vi="Thiếu mắt xích ở vị trí này.", en="A link is missing at this position.")
_DELETED = Words(vi="Sự kiện đã bị xóa.", en="The event was deleted.")
_CHANGED = Words(vi="Sự kiện hoặc mắt xích đã bị sửa.", en="The event or its link was changed.")
_REWRITTEN = Words(vi="Chuỗi khác với dấu đã giữ.", en="The chain differs from the seal kept.")
_UNQUEUED = Words(vi="Sự kiện bị gỡ khỏi hàng chờ.", en="The event was taken from the queue.")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events are asked for; empty parts ask for all."""

    event: str = ""
    by: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None


def events(wanted: Filter, *, viewer: Viewer, before: int | None = None) -> Slice[Entry]:
    """A page of the log, newest first; `before` is the sequence after which the page goes on."""
    viewer.require(CAPABILITY)
    return newest_first(_chosen(wanted), field="sequence", before=before).mapped(entry)


def counted(event: str, since: date, until: date) -> tuple[MonthCount, ...]:
    """How often an event was recorded, by month in Vietnam and purpose; numbers alone, for anyone.

    Both days are included. Months and purposes without an event are left out.
    """
    chosen = AuditEvent.objects.filter(event=event, at__gte=day_start(since))
    by_month = chosen.filter(at__lt=day_start(until + timedelta(days=1))).annotate(
        month=TruncMonth("at", tzinfo=TZ)
    )
    rows = by_month.values("month", "purpose").annotate(n=Count("pk")).order_by("month", "purpose")
    return tuple(MonthCount(row["month"].date(), row["purpose"], row["n"]) for row in rows)


def own_sign_ins(viewer: Viewer) -> tuple[Entry, ...]:
    """The viewer's own last sign-ins and refused attempts at them; needs no capability."""
    return _sign_ins(viewer.id)


def sign_ins_of(ref: str, *, viewer: Viewer) -> tuple[Entry, ...]:
    """Somebody's last sign-ins, for the person and for those who may read the log."""
    if ref != viewer.id and not viewer.may("accounts.manage"):
        viewer.require(CAPABILITY)
    return _sign_ins(ref)


def verify(*, known: Seal | None = None) -> Broken | None:
    """The first link that does not hold, or None: every event as it was sealed, none missing.

    `known` is a seal that was kept outside the database; without one, links cut off at the very
    end, events and all, cannot be noticed.
    """
    previous, position = GENESIS, 0
    for link, event in _linked():
        why = _CUT if link.position != position + 1 else _fault(link, event, previous)
        if why:
            return Broken(link.position, link.event_id, why)
        previous, position = bytes(link.digest), link.position
        if known and known.position == position and known.digest != previous.hex():
            return Broken(position, link.event_id, _REWRITTEN)
    if known and known.position > position:
        return Broken(position + 1, None, _CUT)
    return _never_queued()


def last_seal(*, viewer: Viewer) -> Seal | None:
    """The chain's newest link; its digest, kept elsewhere, later proves everything before it."""
    viewer.require(CAPABILITY)
    link = AuditLink.objects.order_by("-position").first()
    return Seal(link.position, bytes(link.digest).hex(), link.sealed_at) if link else None


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


def content(event: AuditEvent) -> dict[str, object]:
    """What the chain covers of an event: everything."""
    return {
        "id": event.id,
        "sequence": event.sequence,
        "event": event.event,
        "by": event.by,
        "at": event.at,
        "subject": event.subject,
        "purpose": event.purpose,
        "detail": event.detail,
    }


def _chosen(wanted: Filter) -> QuerySet[AuditEvent]:
    chosen = AuditEvent.objects.all()
    for name in ("event", "by", "subject"):
        if value := getattr(wanted, name):
            chosen = chosen.filter(**{name: value})
    if wanted.since:
        chosen = chosen.filter(at__gte=day_start(wanted.since))
    if wanted.until:
        chosen = chosen.filter(at__lte=day_end(wanted.until))
    return chosen


def _sign_ins(ref: str) -> tuple[Entry, ...]:
    found = AuditEvent.objects.filter(
        Q(event="accounts.signed_in") | Q(event="accounts.sign_in_refused"), subject=ref
    )
    return tuple(entry(event) for event in found.order_by("-sequence")[:N_SIGN_INS])


def _linked() -> Iterator[tuple[AuditLink, AuditEvent | None]]:
    """Each link with its event, in the order of the chain."""
    links = AuditLink.objects.order_by("position").iterator(chunk_size=_BATCH)
    while batch := list(islice(links, _BATCH)):
        known = AuditEvent.objects.in_bulk([link.event_id for link in batch])
        for link in batch:
            yield link, known.get(link.event_id)


def _fault(link: AuditLink, event: AuditEvent | None, previous: bytes) -> Words | None:
    if event is None:
        return _DELETED
    return _CHANGED if link_digest(previous, content(event)) != bytes(link.digest) else None


def _never_queued() -> Broken | None:
    """An event without a link that does not wait for one: somebody took it from the queue."""
    linked = AuditLink.objects.filter(event_id=OuterRef("pk"))
    waiting = UnsealedEvent.objects.filter(sequence=OuterRef("sequence"))
    lost = AuditEvent.objects.exclude(Exists(linked)).exclude(Exists(waiting))
    first = lost.order_by("sequence").first()
    return Broken(0, first.id, _UNQUEUED) if first else None

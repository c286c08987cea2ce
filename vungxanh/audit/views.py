"""The log for auditors and administrators."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from vungxanh.audit.actions import record_seen
from vungxanh.audit.forms import FilterForm, purposes
from vungxanh.audit.pages import told
from vungxanh.audit.queries import (
    Filter,
    MonthCount,
    counted_by_purpose,
    events,
    last_seal,
    signed_days,
    waiting,
)
from vungxanh.audit.rules import short
from vungxanh.audit.values import PURPOSES, SOMEBODY, Entry
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.paging import whole_or_none

# How a staff account is named in the log; its card is the page of that name.
STAFF = "staff:"
# Counts go back so far where no first day is asked for; signatures are shown for so many days.
COUNT_DAYS = 366
N_DAYS = 7


@never_cache
@require_GET
def audit_log(request: HttpRequest) -> HttpResponse:
    """A page of the log; that it was read is itself recorded."""
    viewer = viewer_of(request)
    form = FilterForm(request.GET)
    wanted = Filter(**form.cleaned_data) if form.is_valid() else Filter()
    before = whole_or_none(request.GET.get("before", ""))
    page = events(wanted, viewer=viewer, before=before)
    about = wanted.subject or wanted.by or "audit"
    record_seen(event="audit.seen", by=viewer, at=clock.now(), subject=about, n_rows=len(page.rows))
    context = {
        "form": form,
        "purposes": purposes(),
        "rows": [_row(entry, request.GET) for entry in page],
        "counts": _counts(counted_by_purpose(_within_a_year(wanted), viewer=viewer), request.GET),
        "seal": last_seal(viewer=viewer),
        "days": signed_days(viewer=viewer, most=N_DAYS),
        "waiting": waiting(),
        "next_query": _next_query(request, page.next_before),
    }
    return render(request, "audit/log.html", context)


def _within_a_year(wanted: Filter) -> Filter:
    until = wanted.until or clock.today()
    return replace(wanted, since=wanted.since or until - timedelta(days=COUNT_DAYS))


def _row(entry: Entry, asked: QueryDict) -> dict[str, object]:
    language = get_language() or "vi"
    return {
        "at": entry.at,
        "event": entry.event,
        "event_query": _narrowed(asked, event=entry.event),
        "words": entry.words.in_language(language),
        "by": entry.by,
        "who": _somebody(entry.by, language),
        "by_query": _narrowed(asked, by=entry.by),
        "staff_id": _staff_id(entry.by),
        "subject": entry.subject,
        "about": short(entry.subject),
        "subject_query": _narrowed(asked, subject=entry.subject),
        "purpose": _purpose(entry.purpose, language),
        "purpose_query": _narrowed(asked, purpose=entry.purpose),
        "detail": told(entry.detail, language),
    }


def _staff_id(by: str) -> UUID | None:
    """Whose card a row leads to; a row that names no account leads nowhere."""
    try:
        return UUID(by.removeprefix(STAFF)) if by.startswith(STAFF) else None
    except ValueError:
        return None


def _counts(counts: tuple[MonthCount, ...], asked: QueryDict) -> list[dict[str, object]]:
    """Newest month first."""
    language = get_language() or "vi"
    return [
        {
            "month": f"{count.month:%m/%Y}",
            "purpose": _purpose(count.purpose, language),
            "n": count.n,
            "query": _narrowed(
                asked,
                purpose=count.purpose,
                since=count.month.isoformat(),
                until=_last_of(count.month).isoformat(),
            ),
        }
        for count in sorted(counts, key=lambda one: (-one.month.toordinal(), one.purpose))
    ]


def _last_of(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _narrowed(asked: QueryDict, **parts: str) -> str:
    """The address of the same list with these parts too, from its newest row on."""
    query = QueryDict(mutable=True)
    known = {name: str(asked[name]) for name in FilterForm.base_fields if asked.get(name)}
    query.update({**known, **parts})
    return query.urlencode()


def _somebody(by: str, language: str) -> str:
    return SOMEBODY[by].in_language(language) if by in SOMEBODY else short(by)


def _purpose(purpose: str, language: str) -> str:
    return PURPOSES[purpose].in_language(language) if purpose in PURPOSES else purpose


def _next_query(request: HttpRequest, before: int | None) -> str:
    if before is None:
        return ""
    query = request.GET.copy()
    query["before"] = str(before)
    return query.urlencode()

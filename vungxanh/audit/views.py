"""The log for auditors and administrators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from vungxanh.audit.actions import record_seen
from vungxanh.audit.forms import FilterForm
from vungxanh.audit.queries import Filter, events, last_seal
from vungxanh.audit.rules import short
from vungxanh.audit.values import PURPOSES, SOMEBODY, Entry
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.paging import whole_or_none

# How a staff account is named in the log; its card is the page of that name.
STAFF = "staff:"


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
        "rows": [_row(entry) for entry in page],
        "seal": last_seal(viewer=viewer),
        "next_query": _next_query(request, page.next_before),
    }
    return render(request, "audit/log.html", context)


def _row(entry: Entry) -> dict[str, object]:
    language = get_language() or "vi"
    return {
        "at": entry.at,
        "event": entry.event,
        "words": entry.words.in_language(language),
        "by": entry.by,
        "who": _somebody(entry.by, language),
        "staff_id": entry.by.removeprefix(STAFF) if entry.by.startswith(STAFF) else "",
        "subject": entry.subject,
        "about": short(entry.subject),
        "purpose": _purpose(entry.purpose, language),
        "detail": sorted(entry.detail.items()),
    }


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

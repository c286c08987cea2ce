"""The log for auditors and administrators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from vungxanh.audit.actions import record_seen
from vungxanh.audit.forms import FilterForm
from vungxanh.audit.queries import Filter, events, last_seal
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.paging import whole_or_none


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
    record_seen("audit.seen", by=viewer, at=clock.now(), subject=about, n_rows=len(page.rows))
    context = {
        "form": form,
        "page": page,
        "seal": last_seal(viewer=viewer),
        "next_query": _next_query(request, page.next_before),
    }
    return render(request, "audit/log.html", context)


def _next_query(request: HttpRequest, before: int | None) -> str:
    if before is None:
        return ""
    query = request.GET.copy()
    query["before"] = str(before)
    return query.urlencode()

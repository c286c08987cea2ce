"""Reports of posters for officers: those that wait, one with its photos, handling it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from vungxanh.checkins.actions.holding import MAY_MANAGE
from vungxanh.checkins.actions.reports import handle_report
from vungxanh.checkins.forms.door import HandleForm
from vungxanh.checkins.queries.reports import photo_for, report_for
from vungxanh.checkins.queries.reports import reports as reports_of
from vungxanh.checkins.queries.revocations import newest_facts
from vungxanh.checkins.values.refusals import PointError
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import status_of
from vungxanh.core.paging import pages_of
from vungxanh.core.preferences import reader_language
from vungxanh.documents.photos import MEDIA_TYPE
from vungxanh.protocol.places.short_codes import shown

REPORTS = "checkins-reports"


@never_cache
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """Reports of the area, the oldest that waits first; what was handled on another list."""
    has_ended = request.GET.get("xong") == "1"
    found = reports_of(viewer_of(request), is_open=not has_ended, page=request.GET.get("trang", 1))
    language = reader_language()
    context = {
        "rows": [{"row": one, "what": one.what.in_language(language)} for one in found],
        "has_ended": has_ended,
        "choices": [
            {"label": _("Đang chờ"), "url": "?", "current": not has_ended},
            {"label": _("Đã xong"), "url": "?xong=1", "current": has_ended},
        ],
        "pages": pages_of(found, {"xong": "1"} if has_ended else {}),
    }
    return render(request, "checkins/reports/list.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One report; handled with a sentence, and with new codes in the same press."""
    form = HandleForm(request.POST or None)
    if request.method == "GET":
        return _page(request, report_id, form)
    if not form.is_valid():
        return _page(request, report_id, form, status=422)
    try:
        n_codes = handle_report(
            report_id=report_id,
            outcome=form.cleaned_data["words"],
            rotates=request.POST.get("act") == "rotate",
            by=viewer_of(request),
            at=clock.now(),
        )
    except PointError as refusal:
        form.add_error(None, refusal.words.in_language(reader_language()))
        return _page(request, report_id, form, status=status_of(refusal))
    messages.success(request, _done(n_codes))
    return redirect(REPORTS)


@never_cache
@require_GET
def photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """One photo, which never is more than a picture."""
    content = photo_for(photo_id, viewer=viewer_of(request))
    reply = HttpResponse(content, content_type=MEDIA_TYPE)
    reply["Content-Disposition"] = "inline; filename=anh.jpg"
    reply["X-Content-Type-Options"] = "nosniff"
    return reply


@never_cache
@require_GET
def revoked(request: HttpRequest) -> HttpResponse:
    """How old the list of revoked codes is, and of how many codes it speaks."""
    facts = newest_facts(clock.now())
    return render(request, "checkins/reports/revoked.html", {"facts": facts})


def _page(
    request: HttpRequest, report_id: UUID, form: HandleForm, *, status: int = 200
) -> HttpResponse:
    viewer = viewer_of(request)
    row = report_for(report_id, viewer=viewer)
    context = {
        "row": row,
        "what": row.what.in_language(reader_language()),
        "shown": shown(row.point_code),
        "form": form,
        "may_rotate": viewer.may(MAY_MANAGE),
    }
    return render(request, "checkins/reports/report.html", context, status=status)


def _done(n_codes: int) -> str:
    if not n_codes:
        return _("Đã ghi kết quả xử lý.")
    return ngettext(
        "Đã ghi kết quả và đổi %(n)d mã; mã cũ hết dùng ngay. In lại bảng mã.",
        "Đã ghi kết quả và đổi %(n)d mã; mã cũ hết dùng ngay. In lại bảng mã.",
        n_codes,
    ) % {"n": n_codes}

"""Pages of reports: the list, one report with its files, the check of a paper copy."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from vungxanh.accounts.queries import staff_card
from vungxanh.accounts.values import told_apart
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError, status_of
from vungxanh.core.paging import pages_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.documents.formats import Format
from vungxanh.refusals import RefusalError
from vungxanh.reports import actions, queries
from vungxanh.reports.forms import CodeForm, NumberForm
from vungxanh.reports.rules import disposition, typed_code
from vungxanh.reports.values import FrozenReport, Paper, ReportLine


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Reports of the viewer's area, newest figures first, perhaps of one unit."""
    viewer, unit_id = viewer_of(request), request.GET.get("dia-ban", "")
    units = [(one, _unit_words(name, one, viewer)) for one, name in queries.units(viewer)]
    names = dict(units)
    chosen = unit_id if unit_id in names else ""
    page = queries.listed(viewer, unit_id=chosen, page=request.GET.get("trang", 1))
    context = {
        "page": page,
        "rows": [(line, _unit_words(line.unit_name, line.unit_id, viewer)) for line in page],
        "units": units,
        "chosen": chosen,
        "chosen_name": names.get(chosen, _("Tất cả")),
        **pages_of(page, {"dia-ban": chosen}),
    }
    return render(request, "reports/list.html", context)


def _unit_words(name: str, unit_id: str, viewer: Viewer) -> str:
    language = reader_language()
    return told_apart(name, unit_id, beside=viewer.units, language=language)


@require_GET
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One report: what it says, its files, its number, what corrects it."""
    found = queries.get(report_id, viewer=viewer_of(request))
    return _report_page(request, found, NumberForm())


@require_POST
def number(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Note the number and the day of the signed paper."""
    viewer, form = viewer_of(request), NumberForm(request.POST)
    found = queries.get(report_id, viewer=viewer)
    if not form.is_valid():
        return _report_page(request, found, form, status=422)
    try:
        actions.record_number(report_id=report_id, **form.cleaned_data, by=viewer, at=clock.now())
    except actions.ReportError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, _words(refusal))
        return _report_page(request, found, form, status=status_of(refusal))
    messages.success(request, _("Đã ghi số và ngày. Nội dung đã chốt giữ nguyên."))
    return redirect("reports-report", report_id)


@never_cache
@require_GET
def download(request: HttpRequest, report_id: UUID, ending: str) -> HttpResponse:
    """One file, byte for byte as it was frozen."""
    if ending not in list(Format):
        raise MissingError
    made = actions.hand_out(
        report_id=report_id, ending=Format(ending), by=viewer_of(request), at=clock.now()
    )
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = disposition(made.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a paper copy's check code belongs to a frozen report; open to anyone."""
    typed = request.GET.get("ma")
    form = CodeForm(request.GET if typed is not None else None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        typed = form.cleaned_data["ma"]
        if typed_code(typed) is None:
            form.add_error("ma", _("Mã kiểm có 8 chữ và số, từ 0 đến 9 và A đến F. Xem lại mã."))
        else:
            context |= {"code": typed_code(typed), "found": queries.verified(typed)}
    return render(request, "reports/verify.html", context, status=422 if form.errors else 200)


def _report_page(
    request: HttpRequest, found: FrozenReport, form: NumberForm, *, status: int = 200
) -> HttpResponse:
    viewer = viewer_of(request)
    context = {
        "report": found,
        "unit_name": _unit_words(found.line.unit_name, found.line.unit_id, viewer),
        "paper": Paper.of(found.document),
        "frozen_by": _name_of(found.by, request),
        "form": form,
        "may_number": not found.line.number and queries.may_issue_for(viewer, found.line.unit_id),
        "standing": _standing(found),
        "crumbs": [
            {"label": _("Báo cáo"), "url": reverse("reports-list")},
            {"label": _unit_words(found.line.unit_name, found.line.unit_id, viewer)},
        ],
    }
    return render(request, "reports/report.html", context, status=status)


def _standing(found: FrozenReport) -> ReportLine | None:
    """The edition that stands, when it is a later one."""
    newest = found.chain[0] if found.chain else found.line
    return newest if newest.id != found.id else None


def _name_of(ref: str, request: HttpRequest) -> str:
    """The name of who froze it, for those who may see accounts; for others nothing."""
    viewer = viewer_of(request)
    if ref == viewer.id:
        return viewer.name
    try:
        return staff_card(ref, viewer=viewer).name
    except MissingError:
        return ""


def _words(refusal: RefusalError) -> str:
    return refusal.words.in_language(reader_language())

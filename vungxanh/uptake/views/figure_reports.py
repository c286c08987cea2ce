"""Pages of figure reports: mine, one report as a preview and as a receipt, what is done with it."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vungxanh.accounts.queries.acting import lacks_organisation
from vungxanh.core import clock, files
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError, status_of
from vungxanh.core.paging import pages_of
from vungxanh.core.shown import Link
from vungxanh.core.viewer import Viewer
from vungxanh.uptake.actions import UptakeError, reporting
from vungxanh.uptake.forms.figure_reports import ReasonForm
from vungxanh.uptake.models import FigureReport, Reporter
from vungxanh.uptake.queries.reporting import reports as queries
from vungxanh.uptake.queries.reporting import whose
from vungxanh.uptake.queries.reporting.gathering import name_of
from vungxanh.uptake.rules.reporting import ReportState
from vungxanh.uptake.views import figure_reports_shown as shown

LATELY = timedelta(days=13)
_CHECKED = 16  # of the 64 characters of the digest: enough to tell two files apart by eye


@never_cache
@require_safe
def my_reports(request: HttpRequest) -> HttpResponse:
    """What I owe and brought; for those in charge, the reporters of their area."""
    viewer = viewer_of(request)
    own = queries.own_reporters(viewer)
    text, number = request.GET.get("tim", "")[:80], request.GET.get("trang", "1")
    in_charge = queries.reporters_in_charge(viewer, text, 1 if own else number)
    context = {
        "owed": _owed(own),
        "drafts": shown.came(queries.drafts(viewer)),
        "has_own": bool(own),
        "in_charge": _states(in_charge.rows),
        "is_in_charge": bool(in_charge.n_rows or text),
        "n_in_charge": in_charge.n_rows,
        "pages": pages_of(in_charge, {"tim": text}),
        "n_pages": in_charge.n_pages,
        "text": text,
        "lacks_organisation": lacks_organisation(viewer),
        **_history(viewer, own, number),
    }
    return render(request, "uptake/figure_reports/mine.html", context)


@never_cache
@require_safe
def history(request: HttpRequest, reporter_id: UUID) -> HttpResponse:
    """All that one reporter brought, and what it owes lately."""
    viewer = viewer_of(request)
    found = queries.reporter(reporter_id, viewer=viewer)
    context = {
        "reporter": found,
        "name": name_of(found),
        "form_title": shown.title_of(found),
        "crumbs": crumbs(_("Các lần nộp của %(name)s") % {"name": name_of(found)}),
        "owed": _owed([found]),
        "is_in_charge": whose.is_in_charge(found, viewer),
        "n_remembered": len(queries.remembered(found)),
        **_history(viewer, [found], request.GET.get("trang", "1")),
    }
    return render(request, "uptake/figure_reports/history.html", context)


@never_cache
@require_safe
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """A draft with its findings, to be sent or dropped; or what became of a report."""
    found = queries.report(report_id, viewer=viewer_of(request))
    if found.state == ReportState.DRAFT and found.content.get("asks"):
        return redirect("uptake-report_columns", report_id)
    return _page(request, found)


@require_POST
def accept(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Send a draft: it counts from now on. Sent twice by a double click, it counts once."""
    viewer = viewer_of(request)
    seen = request.POST.get("thay", "")
    try:
        reporting.accept_report(
            report_id=report_id,
            reason=request.POST.get("reason", "")[:300],
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 5 else None,
            by=viewer,
            at=clock.now(),
        )
    except UptakeError as refusal:
        if refusal.code == "uptake.report_changed":
            return redirect("uptake-report", report_id)
        return _refused(request, report_id, refusal)
    messages.success(request, _("Đã gửi. Trang này là biên nhận, có thể in."))
    return redirect("uptake-report", report_id)


@require_POST
def drop(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Drop a draft."""
    reporting.drop_report(report_id=report_id, by=viewer_of(request), at=clock.now())
    messages.info(request, _("Đã bỏ báo cáo chưa gửi; chưa có số nào được tính."))
    return redirect("uptake-my_reports")


@require_POST
def send_back(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Take a report no longer, with a reason that its people are told."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        found = queries.report(report_id, viewer=viewer_of(request))
        return _page(request, found, back=form, status=422)
    try:
        reporting.send_back(
            report_id=report_id,
            reason=form.cleaned_data["reason"],
            by=viewer_of(request),
            at=clock.now(),
        )
    except UptakeError as refusal:
        return _refused(request, report_id, refusal)
    messages.success(request, _("Đã trả lại; nơi nộp được báo qua thư và phải nộp lại."))
    return redirect("uptake-report", report_id)


@require_safe
def original(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """What was brought, byte for byte, until it is purged."""
    found = queries.report(report_id, viewer=viewer_of(request))
    if found.original_id is None:
        raise MissingError
    name = found.original_name or f"bao-cao-{found.day:%Y-%m-%d}.tsv"
    return HttpResponse(
        files.open_file(found.original_id),
        content_type="application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename*=utf-8''{quote(name, safe='')}"},
    )


def crumbs(here: str) -> list[Link]:
    """The way to a page of reports."""
    return [Link(_("Báo cáo của tôi"), reverse("uptake-my_reports")), Link(here)]


def _refused(request: HttpRequest, report_id: UUID, refusal: UptakeError) -> HttpResponse:
    """The report's page again, with the refusal at the reason or above."""
    found = queries.report(report_id, viewer=viewer_of(request))
    form = ReasonForm(request.POST)
    form.full_clean()
    form.errors.clear()
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, shown.said(refusal.words))
    return _page(request, found, reason=form, status=status_of(refusal))


def _page(
    request: HttpRequest,
    found: FigureReport,
    *,
    reason: ReasonForm | None = None,
    back: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer = viewer_of(request)
    context = {
        **_about(found, viewer),
        **_compared(found),
        **_rights(found, viewer),
        "form": reason or ReasonForm(auto_id="id_send_%s"),
        "back": back or ReasonForm(auto_id="id_back_%s"),
        "errors": reason or back,
        "crumbs": crumbs(_("Báo cáo ngày %(day)s") % {"day": f"{found.day:%d/%m/%Y}"}),
    }
    return render(request, "uptake/figure_reports/report.html", context, status=status)


def _about(found: FigureReport, viewer: Viewer) -> dict[str, Any]:
    """What the page says of the report itself."""
    time = queries.due_time(found)
    was_late = bool(time and found.accepted_at and found.accepted_at > time.due_at)
    return {
        "report": found,
        "name": name_of(found.reporter),
        "form_title": shown.title_of(found.reporter),
        "channel": shown.channel_words(found),
        "mark": shown.state_mark(found),
        "punctual": shown.punctual_mark(time.state, was_late=was_late) if time else None,
        "due_at": time.due_at if time else None,
        "check": bytes(found.digest).hex()[:_CHECKED],
        "findings": shown.findings(found),
        "tables": shown.table_links(
            queries.tables_with(found), sees_all=whose.is_in_charge(found.reporter, viewer)
        ),
        "n_warnings": sum(one["severity"] == "warning" for one in found.findings),
    }


def _compared(found: FigureReport) -> dict[str, Any]:
    """The counts by unit beside those that counted before."""
    before = queries.before(found)
    rows, n_more = shown.lines(found, queries.units_of(found.reporter), before)
    standing = queries.standing(found.reporter, found.day)
    return {
        "rows": rows,
        "n_more": n_more,
        "n_zero": sum(one.value == 0 for one in rows),
        "n_missing": sum(one.value is None for one in rows),
        "several": len(shown.counts_of(found.reporter)) > 1,
        "before": before.report if before else None,
        "standing": standing.report if standing and standing.report.id != found.id else None,
    }


def _rights(found: FigureReport, viewer: Viewer) -> dict[str, Any]:
    """What the viewer may do."""
    may = whose.may_report(found.reporter, viewer)
    is_draft = found.state == ReportState.DRAFT
    is_accepted = found.state == ReportState.ACCEPTED
    by_telephone = found.called_at is not None
    way = "uptake-report_by_telephone" if by_telephone else "uptake-bring_report"
    again = reverse(way, args=[found.reporter_id])
    return {
        "may_send": may and is_draft and not found.n_errors and found.n_figures > 0,
        "may_drop": may and is_draft,
        "may_send_back": may and is_accepted and whose.is_in_charge(found.reporter, viewer),
        "may_bring": may and found.reporter.ended_at is None,
        "again_url": f"{again}?ngay={found.day:%Y-%m-%d}&cach=bang&tu={found.id}",
        "has_columns": may and is_draft and not shown.is_typed(found) and bool(found.original_id),
    }


def _owed(reporters: list[Reporter] | tuple[Reporter, ...]) -> list[shown.Owed]:
    """What is owed today and lately: what is open first, the oldest of it on top."""
    at, today = clock.now(), clock.today()
    found = queries.owed_reports(reporters, first=today - LATELY, last=today)
    lines = [shown.owed(one, at, today) for one in found]
    waiting = sorted((one for one in lines if one.is_open), key=lambda one: one.due_at)
    return [*waiting, *(one for one in lines if not one.is_open and one.is_today)]


def _states(reporters: tuple[Reporter, ...]) -> list[tuple[Reporter, str, str, shown.Owed | None]]:
    """Reporters with name, form, and what became of today's report."""
    at, today = clock.now(), clock.today()
    found = queries.owed_reports(reporters, first=today, last=today)
    of_today = {one.reporter.id: shown.owed(one, at, today) for one in found}
    return [(one, name_of(one), shown.title_of(one), of_today.get(one.id)) for one in reporters]


def _history(
    viewer: Viewer, reporters: list[Reporter] | tuple[Reporter, ...], number: str
) -> dict[str, Any]:
    """A page of what came."""
    page = queries.history(viewer, reporters, number)
    return {"history": shown.came(page), "history_pages": pages_of(page), "n_came": page.n_rows}

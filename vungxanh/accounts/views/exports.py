"""Exports of persons: the officer's own, those to approve, and the file itself."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.accounts import actions
from vungxanh.accounts.forms.exports import AskForm
from vungxanh.accounts.queries import exports as queries
from vungxanh.accounts.queries.glass import names
from vungxanh.accounts.queries.purposes import purposes, purposes_on
from vungxanh.accounts.rules.exports import MOST_ALONE, number_words
from vungxanh.accounts.values.exports import (
    APPROVE,
    EXPORT_WORDS,
    ExportLine,
    ExportState,
    PersonList,
)
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.downloads import attached
from vungxanh.core.errors import MissingError, status_of
from vungxanh.core.paging import pages_of
from vungxanh.core.preferences import reader_language

_TONES = {
    ExportState.READY: "ok",
    ExportState.WAITING: "warn",
    ExportState.APPROVED: "info",
    ExportState.REFUSED: "bad",
    ExportState.GONE: "none",
}


@never_cache
@require_http_methods(["GET", "POST"])
def exports(request: HttpRequest) -> HttpResponse:
    """Ask for an export of the own open list; the own exports below."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_export(
                asked=form.asked(),
                language=reader_language(),
                by=viewer_of(request),
                at=clock.now(),
            )
        except MissingError:
            form.add_error("list_id", _("Không có danh sách đang mở nào của bạn mang mã này."))
            return _page(request, form, 422)
        except actions.AccountRefusalError as refusal:
            form.add_error(refusal.field or None, refusal.words.in_language(reader_language()))
            return _page(request, form, status_of(refusal))
        messages.success(request, _("Đã nhận yêu cầu xuất danh sách."))
        return redirect("person-exports")
    return _page(request, form, 422 if form.errors else 200)


@require_POST
def make(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Make the file of an export that was approved."""
    actions.make_export(export_id=export_id, by=viewer_of(request), at=clock.now())
    messages.success(request, _("Đã lập tệp. Tệp mở được trong 24 giờ."))
    return redirect("person-exports")


@never_cache
@require_GET
def download(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """The file, for its own officer within 24 hours; each download is recorded."""
    made = actions.open_export(export_id=export_id, by=viewer_of(request), at=clock.now())
    return attached(made)


@never_cache
@require_GET
def approvals(request: HttpRequest) -> HttpResponse:
    """Exports of other officers of the area that wait for a second officer."""
    viewer, at = viewer_of(request), clock.now()
    found = queries.to_approve(viewer, at, request.GET.get("trang", 1))
    context = {"rows": _rows(found.rows), **pages_of(found)}
    return render(request, "accounts/exports_approve.html", context)


@require_POST
def decide(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Approve or refuse another officer's export."""
    approve = request.POST.get("act") == "approve"
    actions.decide_export(
        export_id=export_id, approve=approve, by=viewer_of(request), at=clock.now()
    )
    messages.success(request, _("Đã ghi quyết định."))
    return redirect("person-exports-approve")


def _form(request: HttpRequest) -> AskForm:
    language, today = reader_language(), clock.today()
    return AskForm(
        request.POST or None,
        resources=[
            (name, one.title.in_language(language)) for name, one in queries.person_lists().items()
        ],
        purposes=[(one.code, one.words.in_language(language)) for one in purposes_on(today)],
    )


def _page(request: HttpRequest, form: AskForm, status: int = 200) -> HttpResponse:
    viewer, at = viewer_of(request), clock.now()
    found = queries.own_exports(viewer, at, request.GET.get("trang", 1))
    context = {
        "form": form,
        "has_lists": bool(queries.person_lists()),
        "rows": _rows(found.rows),
        "most_alone": MOST_ALONE,
        "n_alone": queries.n_alone(viewer, at),
        "may_approve": viewer.may(APPROVE),
        "n_to_approve": queries.n_to_approve(viewer, at),
        **pages_of(found),
    }
    return render(request, "accounts/exports.html", context, status=status)


def _rows(lines: tuple[ExportLine, ...]) -> list[dict[str, object]]:
    language, lists = reader_language(), queries.person_lists()
    words = {one.code: one.words.in_language(language) for one in purposes()}
    people = names(ref for line in lines for ref in (line.by, line.decided_by))
    return [
        {
            "line": line,
            "number": number_words(line.number),
            "title": _title(line, lists, language),
            "purpose": words.get(line.purpose, line.purpose),
            "who": people.get(line.by, line.by),
            "decider": people.get(line.decided_by, ""),
            "state": EXPORT_WORDS[line.state].in_language(language),
            "tone": _TONES[line.state],
            "opens": line.state is ExportState.READY,
            "is_approved": line.state is ExportState.APPROVED,
        }
        for line in lines
    ]


def _title(line: ExportLine, lists: dict[str, PersonList], language: str) -> str:
    listed = lists.get(line.resource)
    return listed.title.in_language(language) if listed else line.resource

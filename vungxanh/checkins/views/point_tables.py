"""Pages that bring tables of points in: choose, wait, look, take in, undo as one step."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.checkins.actions import point_imports as actions
from vungxanh.checkins.exports import point_tables as files
from vungxanh.checkins.forms.point_tables import PointTableForm
from vungxanh.checkins.imports import points as imports
from vungxanh.checkins.models import PointImport
from vungxanh.checkins.queries import imports as queries
from vungxanh.checkins.queries.purging import IMPORTS_KEPT
from vungxanh.checkins.views.premises_lists import column_words
from vungxanh.checkins.views.premises_shown import is_of_the_page, kind_words
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.downloads import attached
from vungxanh.core.errors import MissingError
from vungxanh.core.headings import Column, letters_of
from vungxanh.core.preferences import reader_language
from vungxanh.documents.formats import SHEETS, Format
from vungxanh.locations.values import registry
from vungxanh.protocol.places import short_codes
from vungxanh.refusals import RefusalError, Words

MOST_TABLES: Final = 30
UNDER_WAY: Final = ("reading", "writing", "undoing")


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Upload or paste a table; what was brought before stands below."""
    viewer = viewer_of(request)
    actions.must_import(viewer)
    form = PointTableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        brought, at = form.original(), clock.now()
        kept = imports.bring_in(content=brought.content, name=brought.name, by=viewer, at=at)
        return _to(kept.pk)
    context = {
        "form": form,
        "crumbs": _crumbs(_("Nhận bảng điểm")),
        "kept": [(one, *_states()[one.state]) for one in queries.tables_of(viewer)[:MOST_TABLES]],
    }
    status = 422 if form.errors else 200
    return render(request, "checkins/tables/bring.html", context, status=status)


@require_GET
def template(request: HttpRequest, form: str) -> HttpResponse:
    """The template with its headings and an example."""
    if form not in SHEETS:
        raise MissingError
    return attached(files.template_file(Format(form)))


@require_GET
def preview(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """How far a table is, what taking it in would do, or what became of it."""
    return _preview(request, import_id)


@require_GET
def faults(request: HttpRequest, import_id: UUID, form: str) -> HttpResponse:
    """All faults and doubts of a table as a sheet."""
    if form not in SHEETS:
        raise MissingError
    written, rows = imports.doubts_of(import_id=import_id, by=viewer_of(request))
    letters, language = written.letters(), reader_language()
    return attached(files.faults_file(rows, letters, Format(form), lang=language))


@require_POST
def accept(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Take the table in, whole or what was chosen of it."""
    choice = imports.Choice(
        skip_faulty=request.POST.get("bo-loi") == "1",
        keep_suspected=request.POST.get("nhan-trung") == "1",
    )
    try:
        imports.accept(import_id=import_id, choice=choice, by=viewer_of(request), at=clock.now())
    except RefusalError as refusal:
        return _refused(request, import_id, refusal)
    return _to(import_id)


@require_POST
def again(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Read a table again whose reader was ended in the middle."""
    viewer = viewer_of(request)
    kept = actions.read_again(import_id=import_id, by=viewer, at=clock.now())
    actions.defer(kept, task="checkins.read_points", by=viewer.id)
    return _to(import_id)


@require_POST
def drop(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Drop a table that was only read; one being written or undone stands again as before."""
    viewer = viewer_of(request)
    state = queries.table_of(viewer, import_id).state
    if state in ("writing", "undoing"):
        actions.stop(import_id=import_id, by=viewer, at=clock.now())
        is_writing = state == "writing"
        nothing = (
            _("Đã dừng; chưa có gì được ghi.") if is_writing else _("Đã dừng; chưa đóng điểm nào.")
        )
        messages.info(request, nothing)
        return _to(import_id)
    actions.drop_table(import_id=import_id, by=viewer, at=clock.now())
    messages.info(request, _("Đã bỏ bảng; chưa có gì được ghi."))
    return HttpResponseRedirect(reverse("checkins-tables"))


@require_POST
def undo(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Close all points of a table again, or let a job do it."""
    try:
        kept = imports.undo(import_id=import_id, by=viewer_of(request), at=clock.now())
    except RefusalError as refusal:
        return _refused(request, import_id, refusal)
    if kept.state == "undone":
        said = {"n": kept.n_new}
        messages.info(request, _("Đã hoàn tác: đóng %(n)s điểm, mã của chúng bị thu hồi.") % said)
    return _to(import_id)


def _refused(request: HttpRequest, import_id: UUID, refusal: RefusalError) -> HttpResponse:
    if not is_of_the_page(refusal):
        raise refusal
    return _preview(request, import_id, refused=refusal.words.in_language(reader_language()))


def _preview(request: HttpRequest, import_id: UUID, *, refused: str = "") -> HttpResponse:
    kept = queries.table_of(viewer_of(request), import_id)
    n_all = kept.n_new if kept.state == "undoing" else kept.n_rows
    silent = kept.step_at is not None and kept.step_at < clock.now() - actions.SILENT
    context: dict[str, Any] = {
        "kept": kept,
        "state": _states()[kept.state],
        "refused": refused or (kept.refusal if kept.state in ("accepted", "draft") else ""),
        "is_under_way": kept.state in UNDER_WAY,
        "is_stopped": kept.state in UNDER_WAY and silent,
        "n_all": n_all,
        "percent": min(kept.n_done * 100 // max(n_all, 1), 99),
        "until": kept.at + IMPORTS_KEPT,
        "forms": SHEETS,
        "crumbs": _crumbs(kept.file_name),
    }
    if kept.state == "draft":
        context |= _seen(kept)
    response = render(
        request, "checkins/tables/preview.html", context, status=422 if refused else 200
    )
    if kept.state in UNDER_WAY and not silent:
        response["Refresh"] = "2"
    return response


def _seen(kept: PointImport) -> dict[str, Any]:
    plan, language = imports.plan_of(kept), reader_language()
    columns = [Column(*one) for one in plan["columns"]]
    letters = letters_of(columns)
    return {
        "warnings": [Words(*said).in_language(language) for said in plan.get("warnings", [])],
        "sorts": [_sort(one, letters) for one in plan.get("sorts", [])],
        "columns": column_words(columns),
        "faulty": [
            {"number": number, "name": name, "faults": _fault_lines(said, letters)}
            for number, name, said in plan["faulty"]
        ],
        "suspected": [_suspected(one) for one in plan["suspected"]],
        "sample": [_taken(one) for one in plan["sample"]],
    }


def _sort(told: Sequence[Any], letters: Mapping[str, str]) -> dict[str, Any]:
    """One sort of faults: its column and sentence, in how many rows, the first of them."""
    field, vi, en, n, first = told
    sentence = Words(vi, en).in_language(reader_language())
    return {"letters": letters.get(field, ""), "sentence": sentence, "n": n, "first": first}


def _suspected(told: Sequence[Any]) -> dict[str, Any]:
    """A row that may repeat a point, or a row above it."""
    number, name, code, twin = told
    shown = short_codes.shown(code) if code else ""
    return {"number": number, "name": name, "code": shown, "twin": twin}


def _taken(told: Sequence[Any]) -> dict[str, Any]:
    """A row as it would be taken in."""
    number, name, kind, unit, n_entrances = told
    return {
        "number": number,
        "name": name,
        "kind": kind_words(kind),
        "unit": registry().unit(unit).name,
        "n_entrances": n_entrances,
    }


def _fault_lines(said: list[list[str]], letters: Mapping[str, str]) -> list[tuple[str, str]]:
    language = reader_language()
    return [(letters.get(field, ""), Words(vi, en).in_language(language)) for field, vi, en in said]


def _crumbs(last: str) -> list[dict[str, str]]:
    first = {"label": _("Nhận bảng điểm"), "url": reverse("checkins-tables")}
    return [first, {"label": last, "url": ""}] if last != first["label"] else [first | {"url": ""}]


def _states() -> dict[str, tuple[str, str]]:
    return {
        "reading": ("info", _("đang đọc")),
        "writing": ("info", _("đang ghi")),
        "refused": ("bad", _("không nhận được")),
        "draft": ("info", _("bản nháp")),
        "accepted": ("ok", _("đã nhận")),
        "dropped": ("none", _("đã bỏ")),
        "undoing": ("info", _("đang hoàn tác")),
        "undone": ("none", _("đã hoàn tác")),
    }


def _to(import_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("checkins-table", args=[import_id]))

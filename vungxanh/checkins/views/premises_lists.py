"""Pages that bring lists of premises in: choose, look, take in, undo as one step."""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.checkins.actions import premises_lists as actions
from vungxanh.checkins.forms.premises import PremisesForm
from vungxanh.checkins.imports import premises as imports
from vungxanh.checkins.queries import premises as queries
from vungxanh.checkins.values.import_refusals import Fault
from vungxanh.checkins.views.premises import crumbs
from vungxanh.checkins.views.premises_shown import is_of_the_page, kind_words
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.headings import Column, letters_of
from vungxanh.core.preferences import reader_language
from vungxanh.refusals import RefusalError

MOST_FAULTS: Final = 200
MOST_CALM: Final = 100
MOST_LISTS: Final = 50


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Upload or paste a list; one that cannot be read says why, at its field."""
    viewer = viewer_of(request)
    form = PremisesForm(
        request.POST or None, request.FILES or None, initial={"as_of": clock.today()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            kept = imports.bring_in(brought=_brought(form), by=viewer, at=clock.now())
        except RefusalError as refusal:
            form.add_error(form.original_field, refusal.words.in_language(reader_language()))
        else:
            return _to(kept.pk)
    context = {
        "form": form,
        "crumbs": crumbs(_("Nhận danh sách cơ sở")),
        "kept": [(one, *_states()[one.state]) for one in queries.lists_of(viewer)[:MOST_LISTS]],
    }
    status = 422 if form.errors else 200
    return render(request, "checkins/premises/bring.html", context, status=status)


@require_GET
def preview(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """What taking the list in would do, row by row; or what became of it."""
    return _preview(request, list_id)


@require_POST
def accept(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Take the list in, whole or without its faulty rows; a refusal shows the preview again."""
    skip = request.POST.get("bo-loi") == "1"
    try:
        imports.accept(list_id=list_id, skip_faulty=skip, by=viewer_of(request), at=clock.now())
    except RefusalError as refusal:
        if not is_of_the_page(refusal):
            raise
        return _preview(request, list_id, refused=refusal.words.in_language(reader_language()))
    messages.success(request, _("Đã nhận danh sách. Có thể hoàn tác cả lần nhận này."))
    return _to(list_id)


@require_POST
def drop(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Drop a list that was only read."""
    actions.drop_list(list_id=list_id, by=viewer_of(request), at=clock.now())
    messages.info(request, _("Đã bỏ danh sách; chưa có gì được ghi."))
    return HttpResponseRedirect(reverse("checkins-premises_bring"))


@require_POST
def undo(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Take a list away again as one step."""
    try:
        n = actions.undo_list(list_id=list_id, by=viewer_of(request), at=clock.now())
    except RefusalError as refusal:
        if not is_of_the_page(refusal):
            raise
        return _preview(request, list_id, refused=refusal.words.in_language(reader_language()))
    messages.info(request, _("Đã hoàn tác %(n)s dòng.") % {"n": n})
    return _to(list_id)


def fault_lines(faults: Iterable[Fault], letters: Mapping[str, str]) -> list[tuple[str, str]]:
    """The column of each fault, as the sheet has it, and its sentence."""
    return [
        (letters.get(one.field, ""), one.words.in_language(reader_language())) for one in faults
    ]


def column_words(columns: Iterable[Column]) -> list[tuple[Column, str]]:
    """Each column that has a heading, and what it is used for."""
    words = _field_words()
    return [(one, words.get(one.field, "")) for one in columns if one.head]


def _preview(request: HttpRequest, list_id: UUID, *, refused: str = "") -> HttpResponse:
    viewer = viewer_of(request)
    kept = queries.list_of(viewer, list_id)
    context: dict[str, Any] = {
        "kept": kept,
        "state": _states()[kept.state],
        "refused": refused,
        "n_kept": kept.premises.count(),
        "crumbs": crumbs(kept.title),
    }
    if kept.state == "draft":
        context |= _seen(imports.preview(kept, by=viewer))
    status = 422 if refused else 200
    return render(request, "checkins/premises/preview.html", context, status=status)


def _seen(seen: imports.Preview) -> dict[str, Any]:
    letters = letters_of(seen.columns)
    faulty = [row for row in seen.rows if row.effect == imports.FAULTY][:MOST_FAULTS]
    calm = [row for row in seen.rows if row.effect != imports.FAULTY][:MOST_CALM]
    effects = _effects()
    shown = [
        {
            "row": row,
            "kind": kind_words(row.entry.kind) if row.entry else "",
            "effect": effects[row.effect],
            "faults": fault_lines(row.faults, letters),
        }
        for row in (*faulty, *calm)
    ]
    return {
        "columns": column_words(seen.columns),
        "rows": shown,
        "n_rows": len(seen.rows),
        "n_hidden": len(seen.rows) - len(shown),
        "counts": seen.counts,
    }


def _brought(form: PremisesForm) -> imports.Brought:
    said, original = form.cleaned_data, form.original()
    return imports.Brought(
        title=said["title"],
        source=said["source"],
        basis=said["basis"],
        as_of=said["as_of"],
        content=original.content,
        name=original.name[:200],
        is_pasted=original.is_pasted,
    )


def _effects() -> dict[str, tuple[str, str]]:
    return {
        imports.FAULTY: ("bad", _("có lỗi")),
        imports.ADDED: ("ok", _("thêm mới")),
        imports.KNOWN: ("none", _("đã có")),
    }


def _states() -> dict[str, tuple[str, str]]:
    return {
        "draft": ("info", _("bản nháp")),
        "accepted": ("ok", _("đã nhận")),
        "dropped": ("none", _("đã bỏ")),
        "undone": ("none", _("đã hoàn tác")),
    }


def _field_words() -> dict[str, str]:
    return {
        "name": _("Tên"),
        "kind": _("Loại"),
        "address": _("Địa chỉ"),
        "tax_code": _("Mã số thuế"),
        "parent": _("Trực thuộc"),
        "n_staff": _("Số người"),
        "unit_id": _("Mã địa bàn"),
        "province": _("Tỉnh"),
        "district": _("Huyện"),
        "commune": _("Xã"),
        "area": _("Địa bàn"),
        "contact_name": _("Người liên hệ"),
        "contact_phone": _("Điện thoại"),
        "entrances": _("Lối vào"),
        "rooms": _("Phòng"),
        "hours": _("Giờ mở cửa"),
        "stay": _("Ở lại (phút)"),
        "capacity": _("Sức chứa"),
    }


def _to(list_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("checkins-premises_preview", args=[list_id]))

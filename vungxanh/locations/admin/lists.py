"""Pages that bring lists of organisations in: choose, look, take in whole, undo as one step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.headings import Column, letters_of
from vungxanh.core.paging import whole_or_none
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Link
from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as places
from vungxanh.locations.actions import organisation_lists as actions
from vungxanh.locations.admin.showing import field_labels, kind_words
from vungxanh.locations.admin.writing import crumbs
from vungxanh.locations.forms.organisations import BringForm
from vungxanh.locations.imports import organisations as imports
from vungxanh.locations.imports.planning import NEW, PlannedRow, Twin
from vungxanh.locations.models.organisations import OrganisationImport
from vungxanh.locations.pages import KeptFile
from vungxanh.locations.queries import organisations as queries
from vungxanh.locations.values import CURRENT_TREE, UnitId
from vungxanh.locations.values.entries import written_day
from vungxanh.refusals import RefusalError

MOST_SHOWN = 300
CHOICE = "dong-"


@dataclass(frozen=True, slots=True)
class ShownFault:
    """A fault with the column that it stands in."""

    where: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of a preview."""

    number: int
    name: str
    kind: str
    unit: str
    effect: str
    tone: str
    words: str
    faults: tuple[ShownFault, ...]
    twins: tuple[Twin, ...]
    chosen: str
    is_invented: bool
    changed: str


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Upload or paste a list; one that cannot be read says why, at its field."""
    viewer = viewer_of(request)
    start = {"as_of": written_day(clock.today())}
    form = BringForm(
        request.POST or None, request.FILES or None, initial=start, units=_scopes(viewer)
    )
    if request.method == "POST" and form.is_valid():
        try:
            kept = imports.bring_in(brought=_brought(form), by=viewer, at=clock.now())
        except RefusalError as refusal:
            form.add_error(_field(form, refusal), _sentence(refusal))
        else:
            return _to(kept.id)
    context = {
        "form": form,
        "crumbs": crumbs(None, _("Nhận danh sách")),
        "kept": [_kept(one) for one in queries.imports_of(viewer, 1)],
    }
    status = 422 if form.errors else 200
    return render(request, "locations/organisations/bring.html", context, status=status)


def preview(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """What taking the list in would do, row by row; or what it did."""
    return _preview(request, import_id, {})


@require_POST
def accept(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Take the list in whole; a refusal shows the preview again with what was chosen."""
    choices = _choices(request.POST.items())
    try:
        imports.accept(import_id=import_id, choices=choices, by=viewer_of(request), at=clock.now())
    except RefusalError as refusal:
        return _preview(request, import_id, choices, refused=_sentence(refusal))
    messages.success(request, _("Đã nhận cả danh sách. Có thể hoàn tác cả lần nhận này."))
    return _to(import_id)


@require_POST
def drop(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Drop a list that was only read."""
    actions.drop_list(import_id=import_id, by=viewer_of(request), at=clock.now())
    messages.info(request, _("Đã bỏ danh sách; chưa có gì được ghi."))
    return HttpResponseRedirect(reverse("locations-organisations_bring"))


@require_POST
def undo(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Take a whole list back; what stays is named."""
    done = actions.undo_list(import_id=import_id, by=viewer_of(request), at=clock.now())
    messages.info(request, _("Đã hoàn tác %(n)s dòng.") % {"n": done.n_undone})
    if done.kept:
        names = ", ".join(done.kept[:10])
        said = _("Giữ lại %(n)s tổ chức đã có người sửa hoặc đang được dùng: %(names)s.")
        messages.warning(request, said % {"n": len(done.kept), "names": names})
    return _to(import_id)


def _preview(
    request: HttpRequest, import_id: UUID, choices: Mapping[int, str], *, refused: str = ""
) -> HttpResponse:
    viewer = viewer_of(request)
    kept = queries.waiting(viewer, import_id)
    context: dict[str, Any] = {
        "kept": kept,
        "state": _states()[kept.state],
        "refused": refused,
        "crumbs": crumbs(None, kept.file_name or _("Bảng dán")),
        "new": NEW,
    }
    if kept.state == "draft":
        seen = imports.preview(kept, choices, by=viewer, at=clock.now())
        context |= _preview_context(seen, choices)
    status = 422 if refused else 200
    return render(request, "locations/organisations/preview.html", context, status=status)


def _preview_context(seen: imports.Preview, choices: Mapping[int, str]) -> dict[str, Any]:
    letters = letters_of(seen.columns)
    urgent = [row for row in seen.rows if row.effect in {"faulty", "asked"} or row.twins]
    calm = [row for row in seen.rows if row not in urgent]
    shown = sorted([*urgent, *calm[:MOST_SHOWN]], key=lambda row: row.number)
    counts = {effect: seen.count(effect) for effect in _effects()}
    return {
        "columns": [(one, _column_words(one)) for one in seen.columns if one.head],
        "rows": [_shown(row, letters, choices) for row in shown],
        "n_hidden": len(seen.rows) - len(shown),
        "n_rows": len(seen.rows),
        "counts": counts,
        "may_accept": not counts["faulty"],
        "is_idle": counts["unchanged"] == len(seen.rows),
    }


def _shown(row: PlannedRow, letters: Mapping[str, str], choices: Mapping[int, str]) -> ShownRow:
    tone, words = _effects()[row.effect]
    return ShownRow(
        number=row.number,
        name=row.texts.get("name", ""),
        kind=kind_words(row.entry.kind) if not row.faults else row.texts.get("kind", ""),
        unit=row.unit.name if row.unit else "",
        effect=row.effect,
        tone=tone,
        words=words,
        faults=tuple(
            ShownFault(letters.get(one.field, ""), one.words.in_language(reader_language()))
            for one in row.faults
        ),
        twins=row.twins if row.before is None or choices.get(row.number) else (),
        chosen=choices.get(row.number, ""),
        is_invented=row.entry.is_invented,
        changed=", ".join(_changed(row)),
    )


def _changed(row: PlannedRow) -> Iterable[str]:
    """The words for the fields that an accepted row would change."""
    if row.before is None or row.effect != "changed":
        return ()
    labels = field_labels() | {"at": _("Tọa độ"), "unit_id": _("Địa bàn")}
    labels |= {"parent_id": _("Tổ chức cấp trên"), "successor_id": _("Tổ chức kế thừa")}
    before, after = row.before, row.entry
    return [
        word for name, word in labels.items() if getattr(before, name, 0) != getattr(after, name, 0)
    ]


def _effects() -> dict[str, tuple[str, str]]:
    return {
        "faulty": ("bad", _("có lỗi")),
        "asked": ("warn", _("nghi trùng")),
        "added": ("ok", _("thêm mới")),
        "changed": ("info", _("cập nhật")),
        "unchanged": ("none", _("không đổi")),
    }


def _kept(one: OrganisationImport) -> KeptFile:
    address = reverse("locations-organisations_preview", args=[one.id])
    label = one.file_name or _("Bảng dán")
    return KeptFile(Link(label, address), one.scope.name, one.created_at, *_states()[one.state])


def _states() -> dict[str, tuple[str, str]]:
    return {
        "draft": ("info", _("bản nháp")),
        "accepted": ("ok", _("đã nhận")),
        "dropped": ("none", _("đã bỏ")),
        "undone": ("none", _("đã hoàn tác")),
    }


def _column_words(column: Column) -> str:
    names = {
        "unit_id": _("Mã địa bàn"), "province": _("Tỉnh"), "district": _("Huyện"),
        "commune": _("Xã"), "area": _("Địa bàn"), "point": _("Tọa độ"), "note": _("Ghi chú"),
        "parent": _("Tổ chức cấp trên"),
    }  # fmt: skip
    return (field_labels() | names).get(column.field, "")


def _choices(posted: Iterable[tuple[str, Any]]) -> dict[int, str]:
    """What was chosen for rows that may be known: `dong-12` is an id or "new"."""
    found = {}
    for name, value in posted:
        number = whole_or_none(name.removeprefix(CHOICE)) if name.startswith(CHOICE) else None
        if number is not None and value:
            found[number] = str(value)
    return found


def _scopes(viewer: Viewer) -> list[tuple[str, str]]:
    """One's own units and what they became, today's first."""
    ids = [UnitId(one) for one in sorted(viewer.units)]
    heirs = [other for one in ids for other in queries.relatives().get(one, ())]
    found = places.units([*ids, *heirs])
    ordered = sorted(found.values(), key=lambda one: (one.tree != CURRENT_TREE, one.sort_key))
    return [(one.id, f"{one.name} ({one.id})") for one in ordered]


def _brought(form: BringForm) -> imports.Brought:
    said, original = form.cleaned_data, form.original()
    return imports.Brought(
        unit=said["unit"],
        content=original.content,
        name=original.name,
        is_pasted=original.is_pasted,
        source=said["source"],
        as_of=said["as_of"],
    )


def _field(form: BringForm, refusal: RefusalError) -> str:
    if refusal.field in form.fields and refusal.field != "file":
        return str(refusal.field)
    return form.original_field


def _sentence(refusal: RefusalError) -> str:
    text = refusal.words.in_language(reader_language())
    return f"{text} ({refusal.where})" if refusal.where else text


def _to(import_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("locations-organisations_preview", args=[import_id]))

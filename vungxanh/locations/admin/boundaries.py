"""Pages that bring boundaries in: choose a file, look at the picture, draw it, take it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Link
from vungxanh.locations import overview, queries
from vungxanh.locations.actions import boundaries as actions
from vungxanh.locations.forms.boundaries import BoundariesForm
from vungxanh.locations.imports import boundaries as imports
from vungxanh.locations.models.boundaries import BoundaryImport
from vungxanh.locations.pages import KeptFile
from vungxanh.locations.queries import boundaries as kept_ones
from vungxanh.locations.values import TREES, Unit, country_of
from vungxanh.locations.values.entries import written_day
from vungxanh.refusals import RefusalError


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Choose a file; one that is refused says why, at its field, and keeps what was typed."""
    start = {"unit": request.GET.get("dia-ban", ""), "as_of": written_day(clock.today())}
    form = BoundariesForm(
        request.POST or None, request.FILES or None, initial=start, units=_scopes()
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _to(_read(request, form))
        except RefusalError as refusal:
            field = refusal.field if refusal.field in form.fields else "file"
            form.add_error(field, refusal.words.in_language(reader_language()))
    context = {
        "form": form,
        "crumbs": [{"label": _("Ranh giới")}],
        "kept": [_kept(one) for one in kept_ones.all_boundaries()],
    }
    status = 422 if form.errors else 200
    return render(request, "locations/boundaries/bring.html", context, status=status)


def preview(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The picture made of a file, what was mended or left out, and what may be done with it."""
    kept = kept_ones.boundaries(import_id)
    language = reader_language()
    unit = queries.unit(kept.unit_id)
    context = {
        "kept": kept,
        "unit": unit,
        "crumbs": [
            {"label": _("Ranh giới"), "url": reverse("locations-boundaries_bring")},
            {"label": unit.name},
        ],
        "state": _state(kept),
        "map": overview.drawn(unit, kept_ones.sheet_of(kept), language),
        "remarks": [remark[language] for remark in kept.remarks],
    }
    return render(request, "locations/boundaries/preview.html", context)


@require_POST
def accept(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Draw it everywhere from now on."""
    actions.accept_boundaries(import_id=import_id, by=viewer_of(request), at=clock.now())
    messages.success(request, _("Đã nhận: mọi trang nay vẽ theo ranh giới này. Có thể hoàn tác."))
    return _back(import_id)


@require_POST
def drop(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Leave a draft aside."""
    actions.drop_boundaries(import_id=import_id, by=viewer_of(request), at=clock.now())
    messages.info(request, _("Đã bỏ bản nháp; hình đang vẽ không đổi."))
    return HttpResponseRedirect(reverse("locations-boundaries_bring"))


@require_POST
def undo(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Draw what was drawn before."""
    actions.undo_boundaries(import_id=import_id, by=viewer_of(request), at=clock.now())
    messages.info(request, _("Đã hoàn tác: các trang vẽ lại như trước."))
    return _back(import_id)


def _read(request: HttpRequest, form: BoundariesForm) -> BoundaryImport:
    said = form.cleaned_data
    asked = imports.Asked(
        scope=queries.unit(said["unit"]),
        content=said["file"].read(),
        file_name=said["file"].name,
        source=said["source"],
        licence=said["licence"],
        as_of=said["as_of"],
    )
    return imports.bring_boundaries(asked=asked, by=viewer_of(request), at=clock.now())


def _kept(one: BoundaryImport) -> KeptFile:
    address = reverse("locations-boundaries", args=[one.id])
    unit = f"{one.unit.name} ({one.unit.tree})"
    return KeptFile(Link(one.file_name, address), unit, one.created_at, *_state(one))


def _scopes() -> list[tuple[str, str]]:
    """The countries and provinces of both trees, today's first."""
    found: list[Unit] = []
    for tree in sorted(TREES, reverse=True):
        country = queries.unit(country_of(tree))
        found += [country, *queries.children(country.id)]
    return [(unit.id, f"{unit.name} ({unit.tree})") for unit in found]


def _state(kept: BoundaryImport) -> tuple[str, str]:
    return {
        "draft": ("info", _("bản nháp")),
        "accepted": ("ok", _("đã nhận")),
        "dropped": ("none", _("đã bỏ")),
        "undone": ("none", _("đã hoàn tác")),
    }[kept.state]


def _to(kept: BoundaryImport) -> HttpResponse:
    return _back(kept.id)


def _back(import_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("locations-boundaries", args=[import_id]))

"""The page on which a report is composed, previewed as it will be printed, and frozen."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import status_of
from vungxanh.core.preferences import reader_language
from vungxanh.documents import pdf
from vungxanh.documents.content import Document
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit
from vungxanh.refusals import RefusalError
from vungxanh.reports import actions as reports
from vungxanh.reports import queries as kept
from vungxanh.reports.values import FrozenReport, Paper, ReportKind
from vungxanh.uptake import exports
from vungxanh.uptake.actions import UptakeError
from vungxanh.uptake.exports import Material
from vungxanh.uptake.forms.reports import ReportForm
from vungxanh.uptake.overview import eras
from vungxanh.uptake.views.unit import crumbs, look_of

FREEZE = "freeze"
N_DIFFERENCES = 12


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on the table: the material, the form, the edition that stands, the document.

    `document` is what the form says; None while what was typed has faults.
    """

    material: Material
    form: ReportForm
    last: FrozenReport | None
    document: Document | None

    @property
    def kind(self) -> ReportKind:
        """What is being composed."""
        return self.form.chosen_kind


@never_cache
@require_http_methods(["GET", "POST"])
def compose(request: HttpRequest, unit_id: str) -> HttpResponse:
    """Edit the head, see exactly what will be frozen, and freeze it."""
    unit = _own_unit(request, unit_id)
    try:
        desk = _desk(request, unit)
    except UptakeError as refusal:
        context = {"refusal": _words(refusal), **_place(request, unit)}
        return render(request, "uptake/compose_report.html", context)
    if request.POST.get("do") == FREEZE and desk.form.is_valid():
        return _freeze(request, desk)
    return _page(request, desk)


@never_cache
@require_http_methods(["GET", "POST"])
def draft_pdf(request: HttpRequest, unit_id: str) -> HttpResponse:
    """The PDF as it would be, marked as a draft and kept nowhere."""
    desk = _desk(request, _own_unit(request, unit_id))
    if desk.document is None:
        return _page(request, desk)
    draft = exports.as_draft(desk.document)
    response = HttpResponse(pdf.write(draft), content_type="application/pdf")
    response["Content-Disposition"] = "inline; filename=ban-nhap.pdf"
    return response


def _own_unit(request: HttpRequest, unit_id: str) -> Unit:
    unit = locations.unit(unit_id)
    reports.must_issue_for(by=viewer_of(request), unit_id=unit.id)
    return unit


def _desk(request: HttpRequest, unit: Unit) -> Desk:
    """Read the material, the edition that stands and what was typed."""
    viewer = viewer_of(request)
    material = exports.gather(viewer, unit, look_of(request))
    asked = request.POST.get("kind") or request.GET.get("loai", "")
    kind = ReportKind(asked) if asked in list(ReportKind) else ReportKind.ANNEX
    last = kept.latest(material.subject(kind), viewer=viewer)
    options = exports.options_of(material, last.document if last else None)
    initial = {"kind": kind.value, **ReportForm.initial_of(options)}
    form = ReportForm(request.POST or None, initial=initial)
    if form.is_bound and not form.is_valid():
        return Desk(material, form, last, None)
    chosen = form.options() if form.is_bound else options
    return Desk(material, form, last, exports.document_of(material, kind, chosen))


def _freeze(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Freeze what was seen; figures that changed meanwhile are shown first."""
    document, said, viewer = desk.document, desk.form.cleaned_data, viewer_of(request)
    if document is None or said["figures"] != exports.figures_digest(document):
        changed = _("Số liệu vừa đổi sau khi bạn mở trang. Xem lại bảng bên cạnh rồi chốt.")
        desk.form.add_error(None, changed)
        return _page(request, desk)
    try:
        frozen = reports.freeze_report(
            unit_id=desk.material.scene.unit.id,
            kind=desk.kind,
            subject=desk.material.subject(desk.kind),
            document=document,
            as_of=desk.material.as_of,
            by=viewer,
            at=clock.now(),
            corrects=said["corrects"],
            reason=said["reason"],
        )
    except reports.ReportError as refusal:
        field = refusal.field if refusal.field in desk.form.fields else None
        desk.form.add_error(field, _words(refusal))
        return _page(request, desk, status_of(refusal))
    messages.success(request, _("Đã chốt bản số %(n)s.") % {"n": frozen.edition})
    return redirect("reports-report", frozen.id)


def _page(request: HttpRequest, desk: Desk, status: int = 200) -> HttpResponse:
    # Asked for only when freezing, so that a preview needs none; the label says it all the time.
    desk.form.fields["reason"].required = desk.last is not None
    context = {
        **_place(request, desk.material.scene.unit),
        "form": desk.form,
        "is_letter": desk.kind is ReportKind.LETTER,
        "last": desk.last,
        "edition": desk.last.edition + 1 if desk.last else 1,
        "query": request.GET.urlencode(),
        **_shown(desk, desk.document),
    }
    status = 422 if status == 200 and desk.form.errors else status
    return render(request, "uptake/compose_report.html", context, status=status)


def _place(request: HttpRequest, unit: Unit) -> dict[str, Any]:
    """Where the page stands, and the same page of the other era where the reader may issue it."""
    viewer, asked = viewer_of(request), request.GET.urlencode()

    def url(other: str) -> str:
        address = reverse("uptake-compose_report", args=[other])
        return f"{address}?{asked}" if asked else address

    switch = eras.switch(unit, url, may_open=lambda one: kept.may_issue_in(viewer, one))
    return {
        "unit": unit,
        "crumbs": [*crumbs(unit), {"label": _("Lập báo cáo")}],
        "eras": switch,
        "ways": eras.ways(unit, ""),
    }


def _shown(desk: Desk, document: Document | None) -> dict[str, Any]:
    """The preview, the digest of its figures, and what differs from the edition that stands."""
    if document is None:
        return {}
    found = kept.differences(desk.last, document) if desk.last else ()
    return {
        "paper": Paper.of(document),
        "figures": exports.figures_digest(document),
        "differences": found[:N_DIFFERENCES],
        "n_more": max(len(found) - N_DIFFERENCES, 0),
        "is_same": desk.last is not None and kept.is_same(desk.last, document),
    }


def _words(refusal: RefusalError) -> str:
    return refusal.words.in_language(reader_language())

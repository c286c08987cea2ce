"""Pages that bring figures in: upload or paste, look at what was found, let it count, take back."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vungxanh.core import clock, files
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import numbered, pages_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Link
from vungxanh.core.viewer import Viewer
from vungxanh.locations import queries as locations
from vungxanh.locations.values import BadUnitIdError, Unit, UnitId
from vungxanh.refusals import RefusalError
from vungxanh.uptake import actions, imports, queries, rules
from vungxanh.uptake.forms.figures import BringForm, DecisionForm, WithdrawForm
from vungxanh.uptake.models import Submission
from vungxanh.uptake.overview import eras
from vungxanh.uptake.overview.submission import preview_of
from vungxanh.uptake.queries import rebasing
from vungxanh.uptake.rules import FindingState
from vungxanh.uptake.views.unit import crumbs


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Upload or paste a table; a table that cannot be read says why, at its field."""
    viewer = viewer_of(request)
    asked = request.POST.get("unit") or request.GET.get("dia-ban", "")
    units = _choices(viewer, asked)
    start = {"unit": asked or next((unit for unit, _name in units), "")}
    form = BringForm(request.POST or None, request.FILES or None, initial=start, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            asked_for = imports.Asked.of(form.original(), form.cleaned_data)
            submission = imports.bring_in(asked=asked_for, by=viewer, at=clock.now())
        except RefusalError as refusal:
            form.add_error(_field(form, refusal), _sentence(refusal))
        else:
            return _to(submission)
    status = 422 if form.errors else 200
    return render(request, "uptake/bring.html", {"form": form}, status=status)


def submission(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """One table: what was read, what was found, and what may be done with it."""
    found = queries.submission(viewer_of(request), submission_id)
    unit = locations.unit(found.scope_id)
    lang = reader_language()
    context = {
        "page": preview_of(found, unit, viewer=viewer_of(request), at=clock.now(), lang=lang),
        "crumbs": crumbs(unit),
        "withdraw_form": WithdrawForm(),
    }
    return render(request, "uptake/submission.html", context)


def submissions(request: HttpRequest, unit_id: str) -> HttpResponse:
    """The tables of a unit, newest as-of first."""
    unit = locations.unit(unit_id)
    viewer = viewer_of(request)
    page = numbered(queries.submissions(viewer, unit), request.GET.get("trang"))
    context = {
        "unit": unit,
        "crumbs": crumbs(unit),
        **_eras(unit, "uptake-submissions"),
        "page": page,
        "may_bring": queries.may_work_on(viewer, unit, "uptake.import"),
        **pages_of(page),
    }
    return render(request, "uptake/submissions.html", context)


def findings(request: HttpRequest, unit_id: str) -> HttpResponse:
    """All findings of a unit's tables, open ones first."""
    unit = locations.unit(unit_id)
    viewer = viewer_of(request)
    page = numbered(queries.findings_of(viewer, unit), request.GET.get("trang"))
    context = {
        "unit": unit,
        "crumbs": crumbs(unit),
        **_eras(unit, "uptake-findings"),
        "elsewhere": _elsewhere(viewer, unit),
        "page": page,
        "findings": [(f, f.message(reader_language())) for f in page],
        "may_decide": queries.may_work_on(viewer, unit, "uptake.import"),
        **pages_of(page),
    }
    return render(request, "uptake/findings.html", context)


@require_POST
def record(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Let a draft count."""
    actions.record_submission(submission_id=submission_id, by=viewer_of(request), at=clock.now())
    messages.success(request, _("Đã ghi. Có thể rút lại trong 10 phút mà không cần lý do."))
    return _back(submission_id)


@require_POST
def publish(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Open a recorded table to anyone."""
    actions.publish_submission(submission_id=submission_id, by=viewer_of(request), at=clock.now())
    messages.success(request, _("Đã công bố: ai cũng xem được bảng này."))
    return _back(submission_id)


@require_POST
def discard(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Drop a draft."""
    actions.discard_draft(submission_id=submission_id, by=viewer_of(request), at=clock.now())
    messages.info(request, _("Đã bỏ bảng nháp; chưa có số nào được ghi."))
    return HttpResponseRedirect(reverse("uptake-bring"))


@require_POST
def withdraw(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Take a recorded table back."""
    actions.withdraw_submission(
        submission_id=submission_id,
        reason=request.POST.get("reason", "")[:300],
        by=viewer_of(request),
        at=clock.now(),
    )
    messages.info(request, _("Đã rút bảng. Lịch sử vẫn giữ: trước lúc rút, bảng này có hiệu lực."))
    return _back(submission_id)


@require_POST
def decide(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Say what was done about a finding."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise MissingError
    finding = actions.decide_finding(
        finding_id=finding_id,
        state=FindingState(form.cleaned_data["state"]),
        note=form.cleaned_data["note"],
        by=viewer_of(request),
        at=clock.now(),
    )
    messages.success(request, _("Đã ghi cách xử lý."))
    address = reverse("uptake-submission", args=[finding.submission_id])
    return HttpResponseRedirect(f"{address}#phat-hien-{finding.id}")


def original(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """The file that was brought in, byte for byte; for the table's own area, published or not."""
    found = queries.own_submission(viewer_of(request), submission_id)
    if found.original_id is None:
        raise MissingError
    kept = files.open_file(found.original_id)
    name = found.original_name or imports.PASTED_NAME
    return HttpResponse(
        kept,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename*=utf-8''{quote(name, safe='')}"},
    )


def _eras(unit: Unit, name: str) -> dict[str, object]:
    """The same list of the unit in the other era, and the unit's other pages."""
    switch = eras.switch(unit, lambda other: reverse(name, args=[other]))
    return {"eras": switch, "ways": eras.ways(unit, "")}


def _elsewhere(viewer: Viewer, unit: Unit) -> list[tuple[Link, int]]:
    """The units of the other era whose tables have findings, and how many."""
    found = [(one, queries.findings_of(viewer, one).count()) for one in rebasing.beside(unit)]
    return [
        (Link(rules.era_name(one), reverse("uptake-findings", args=[one.id])), n_found)
        for one, n_found in found
        if n_found
    ]


def _to(found: Submission) -> HttpResponse:
    return _back(found.id)


def _back(submission_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("uptake-submission", args=[submission_id]))


def _field(form: BringForm, refusal: RefusalError) -> str | None:
    if refusal.field in form.fields:
        return refusal.field
    return form.original_field


def _sentence(refusal: RefusalError) -> str:
    text = refusal.words.in_language(reader_language())
    return f"{text} ({refusal.where})" if refusal.where else text


def _choices(viewer: Viewer, asked: str) -> list[tuple[str, str]]:
    """One's own units and those right below them by name, and the unit that is asked for."""
    own = locations.units([UnitId(unit) for unit in sorted(viewer.units)])
    below = {child.id: child for unit in own for child in locations.children(unit)}
    try:
        said = locations.units([UnitId(asked)] if asked else [])
    except BadUnitIdError:
        said = {}
    listed = {**own, **below, **said}
    return [(unit.id, unit.name) for unit in listed.values()]

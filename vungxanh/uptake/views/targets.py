"""Pages of targets: what stands, set another for one unit or for each below it, end one."""

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
from vungxanh.core.errors import MissingError, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit
from vungxanh.refusals import RefusalError
from vungxanh.uptake import actions, queries
from vungxanh.uptake.forms.targets import EACH_BELOW, ITSELF, ManyForm
from vungxanh.uptake.overview import eras
from vungxanh.uptake.overview.set_targets import shown_targets
from vungxanh.uptake.values.targets import listed
from vungxanh.uptake.views.unit import crumbs

FIELDS = {"base_element": "denominator"}  # what the engine calls a field of the form


@require_http_methods(["GET", "POST"])
def targets(request: HttpRequest, unit_id: str) -> HttpResponse:
    """The targets of a unit and its campaigns; a new one ends the one that stood."""
    unit = locations.unit(unit_id)
    below = locations.children(unit.id)
    form = _form(request, unit, below)
    status = 200
    if request.method == "POST":
        status, address = _posted(request, form, unit=unit, below=below)
        if address:
            return HttpResponseRedirect(address)
    viewer = viewer_of(request)
    context = {
        "unit": unit,
        "crumbs": crumbs(unit),
        "eras": eras.switch(unit, lambda other: reverse("uptake-targets", args=[other])),
        "ways": eras.ways(unit, ""),
        "form": form,
        "targets": shown_targets(viewer, queries.targets_of(unit.id), reader_language()),
        "campaigns": queries.campaigns_of(unit.id),
        "may_set": queries.may_work_on(viewer, unit, "uptake.targets"),
    }
    return render(request, "uptake/targets.html", context, status=status)


def _form(request: HttpRequest, unit: Unit, below: tuple[Unit, ...]) -> ManyForm:
    whom = [(ITSELF, unit.name)]
    if below:
        label = _("Từng đơn vị trực thuộc (%(n)s đơn vị), thành một chiến dịch")
        whom.append((EACH_BELOW, label % {"n": len(below)}))
    if request.method == "POST":
        return ManyForm(request.POST, whom=whom)
    standing = queries.standing_among([unit.id, *(one.id for one in below)])
    return ManyForm(initial={"whom": ITSELF, "seen": listed(one.id for one in standing)}, whom=whom)


def _posted(
    request: HttpRequest, form: ManyForm, *, unit: Unit, below: tuple[Unit, ...]
) -> tuple[int, str]:
    """The status and, where something was set, the page that shows it."""
    if not form.is_valid():
        return 422, ""
    try:
        return 302, _set(request, form, unit=unit, below=below)
    except RefusalError as refusal:
        if status_of(refusal) == MissingError.status:
            raise
        field = FIELDS.get(refusal.field or "", refusal.field)
        place = field if field in form.fields else None
        form.add_error(place, refusal.words.in_language(reader_language()))
        return status_of(refusal), ""


def _set(request: HttpRequest, form: ManyForm, *, unit: Unit, below: tuple[Unit, ...]) -> str:
    acting: dict[str, Any] = {"by": viewer_of(request), "at": clock.now(), "seen": form.seen_ids}
    if form.is_campaign:
        ids = tuple(one.id for one in below)
        asked = form.campaign(unit.id, ids, today=clock.today())
        campaign = actions.set_campaign(asked=asked, **acting)
        messages.success(request, _("Đã đặt chiến dịch."))
        return reverse("uptake-campaign", args=[unit.id, campaign.id])
    goal = form.goal()
    actions.set_target(
        unit_id=unit.id,
        numerator=goal.numerator,
        denominator=goal.denominator,
        share_percent=goal.share_percent,
        n_asked=goal.n_asked,
        due_on=goal.due_on,
        origin=goal.origin,
        **acting,
    )
    messages.success(request, _("Đã đặt chỉ tiêu."))
    return reverse("uptake-targets", args=[unit.id])


@require_POST
def end(request: HttpRequest, unit_id: str, target_id: UUID) -> HttpResponse:
    """End a target that stands."""
    actions.end_target(target_id=target_id, unit_id=unit_id, by=viewer_of(request), at=clock.now())
    messages.info(request, _("Đã kết thúc chỉ tiêu; lịch sử vẫn giữ."))
    return HttpResponseRedirect(reverse("uptake-targets", args=[unit_id]))


@require_POST
def reopen(request: HttpRequest, unit_id: str, target_id: UUID) -> HttpResponse:
    """Let an ended target stand again."""
    by, at = viewer_of(request), clock.now()
    actions.reopen_target(target_id=target_id, unit_id=unit_id, by=by, at=at)
    messages.success(request, _("Chỉ tiêu lại có hiệu lực."))
    return HttpResponseRedirect(reverse("uptake-targets", args=[unit_id]))

"""Pages of targets: what stands, set another, end one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit
from vungxanh.refusals import RefusalError
from vungxanh.uptake import actions, queries
from vungxanh.uptake.forms.figures import TargetForm
from vungxanh.uptake.overview import eras
from vungxanh.uptake.values import ELEMENTS
from vungxanh.uptake.views.unit import crumbs

NUMERATOR = "bluezone_with_phone"


@require_http_methods(["GET", "POST"])
def targets(request: HttpRequest, unit_id: str) -> HttpResponse:
    """The targets of a unit; a new one ends the one that stood."""
    unit = locations.unit(unit_id)
    form = TargetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _set(request, unit, form.cleaned_data)
        except RefusalError as refusal:
            field = {"base_element": "denominator"}.get(refusal.field or "", refusal.field)
            place = field if field in form.fields else None
            form.add_error(place, refusal.words.in_language(get_language() or "vi"))
        else:
            messages.success(request, _("Đã đặt chỉ tiêu."))
            return HttpResponseRedirect(reverse("uptake-targets", args=[unit.id]))
    return render(
        request,
        "uptake/targets.html",
        {
            "unit": unit,
            "crumbs": crumbs(unit),
            "eras": eras.switch(unit, lambda other: reverse("uptake-targets", args=[other])),
            "ways": eras.ways(unit, ""),
            "form": form,
            "targets": [
                (target, ELEMENTS[target.denominator].label.in_language(get_language() or "vi"))
                for target in queries.targets_of(unit.id)
            ],
            "may_set": queries.may_work_on(viewer_of(request), unit, "uptake.targets"),
        },
        status=422 if form.errors else 200,
    )


def _set(request: HttpRequest, unit: Unit, said: dict[str, Any]) -> None:
    actions.set_target(
        unit_id=unit.id,
        numerator=NUMERATOR,
        denominator=said["denominator"] or None,
        share_percent=said["share_percent"],
        due_on=said["due_on"],
        origin=said["origin"],
        by=viewer_of(request),
        at=clock.now(),
    )


@require_POST
def end(request: HttpRequest, unit_id: str, target_id: UUID) -> HttpResponse:
    """End a target that stands."""
    actions.end_target(target_id=target_id, unit_id=unit_id, by=viewer_of(request), at=clock.now())
    messages.info(request, _("Đã kết thúc chỉ tiêu; lịch sử vẫn giữ."))
    return HttpResponseRedirect(reverse("uptake-targets", args=[unit_id]))

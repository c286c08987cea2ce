"""The page on which a confirmed goal of a letter becomes a target."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError, status_of
from vungxanh.core.shown import Link
from vungxanh.directives import queries
from vungxanh.directives.actions import goals as actions
from vungxanh.directives.actions.items import Seen
from vungxanh.directives.actions.refusals import not_confirmed
from vungxanh.directives.forms.goals import CHOSEN, EACH_BELOW, ITSELF, GoalTargetForm
from vungxanh.directives.models import ReceivedLetter
from vungxanh.directives.overview import goals, parts
from vungxanh.directives.overview.letter import item_of
from vungxanh.directives.rules import READ_STATES, Item
from vungxanh.directives.values.goals import ReadGoal, goal_of, is_confirmed_goal
from vungxanh.directives.views.common import sentence
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit, UnitId
from vungxanh.refusals import RefusalError
from vungxanh.uptake import queries as uptake
from vungxanh.uptake.values.targets import listed

FIELDS = {"base_element": "denominator"}  # what the engine calls a field of the form


@dataclass(frozen=True, slots=True)
class Opened:
    """A confirmed goal with its letter, the letter's unit and the units right below that."""

    letter: ReceivedLetter
    head: dict[str, Any]
    item: Item
    goal: ReadGoal
    unit: Unit
    below: tuple[Unit, ...]


@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest, letter_id: UUID, key: str) -> HttpResponse:
    """Make a confirmed goal a target: the form holds what the letter says and asks for the rest."""
    opened = _opened(request, letter_id, key)
    form = _form(request, opened)
    status = 200
    if request.method == "POST":
        status, address = _posted(request, form, opened)
        if address:
            return HttpResponseRedirect(address)
    letter_url = reverse("directives-letter", args=[letter_id])
    context = {
        "form": form,
        "goal": opened.goal,
        "back_url": f"{letter_url}#{key}",
        "crumbs": [
            Link(_("Văn bản đến"), reverse("directives-list")),
            Link(parts.crumb_of(opened.head) or _("Văn bản"), letter_url),
            Link(_("Đặt thành chỉ tiêu")),
        ],
    }
    return render(request, "directives/goal.html", context, status=status)


def _opened(request: HttpRequest, letter_id: UUID, key: str) -> Opened:
    viewer = viewer_of(request)
    letter = queries.letter(viewer, letter_id)
    if letter.state not in READ_STATES or not queries.may_edit(viewer, letter):
        raise MissingError
    viewer.require(goals.SETTING)
    items = queries.items_of(letter)
    item = item_of(items, key)
    if item is None:
        raise MissingError
    found = goal_of(item)
    if found is None or not is_confirmed_goal(item):
        raise not_confirmed()
    unit = locations.unit(letter.unit_id)
    below = locations.children(unit.id)
    return Opened(letter, dict(items[0].value), item, found, unit, below)


def _form(request: HttpRequest, opened: Opened) -> GoalTargetForm:
    below = [(unit.id, unit.name) for unit in opened.below]
    whom = [(ITSELF, opened.unit.name)]
    if below:
        each = _("Từng đơn vị trực thuộc (%(n)s đơn vị), thành một chiến dịch")
        whom += [(EACH_BELOW, each % {"n": len(below)}), (CHOSEN, _("Những đơn vị chọn bên dưới"))]
    if request.method == "POST":
        return GoalTargetForm(request.POST, whom=whom, below=below)
    return GoalTargetForm(initial=_initial(opened), whom=whom, below=below)


def _initial(opened: Opened) -> dict[str, Any]:
    """What the letter says; the base stays open where its words do not name one."""
    found, head = opened.goal, opened.head
    named = goals.named_below(opened.item, head, opened.below)
    each = EACH_BELOW if goals.is_each_meant(opened.item, named) and opened.below else ITSELF
    standing = uptake.standing_among([opened.unit.id, *(unit.id for unit in opened.below)])
    return {
        "version": opened.item.version,
        "seen": listed(one.id for one in standing),
        "whom": CHOSEN if named else each,
        "units": list(named),
        "share_percent": goals.typed_share(found),
        "denominator": found.base,
        "n_asked": "" if found.n_asked is None else str(found.n_asked),
        "numerator": found.numerator,
        "due_on": f"{found.due_on:%d/%m/%Y}" if found.due_on else "",
        "origin": goals.origin_of(head),
        "name": parts.title_of(head)[:200],
        "starts_on": f"{goals.first_day(head, found, today=clock.today()):%d/%m/%Y}",
    }


def _posted(request: HttpRequest, form: GoalTargetForm, opened: Opened) -> tuple[int, str]:
    """The status and, where a target was made, the page that shows it."""
    if not form.is_valid():
        return 422, ""
    try:
        return 302, _made(request, form, opened)
    except RefusalError as refusal:
        if status_of(refusal) == MissingError.status:
            raise
        field = FIELDS.get(refusal.field or "", refusal.field)
        form.add_error(field if field in form.fields else None, sentence(refusal))
        return status_of(refusal), ""


def _made(request: HttpRequest, form: GoalTargetForm, opened: Opened) -> str:
    ids = [UnitId(unit.id) for unit in opened.below]
    asked = form.asked(opened.unit.id, ids, today=clock.today())
    campaign = actions.make_target(
        letter_id=opened.letter.id,
        seen=Seen(opened.item.key, form.cleaned_data["version"]),
        asked=asked,
        by=viewer_of(request),
        at=clock.now(),
        standing=form.seen_ids,
    )
    if campaign is not None:
        messages.success(request, _("Đã đặt chiến dịch."))
        return reverse("uptake-campaign", args=[opened.unit.id, campaign])
    messages.success(request, _("Đã đặt chỉ tiêu."))
    return reverse("uptake-targets", args=[asked.unit_ids[0]])

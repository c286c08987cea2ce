"""Writing a new duty down."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vungxanh.accounts.queries import UnitTextError, units_of_text, units_within, written
from vungxanh.accounts.queries.acting import roles_with
from vungxanh.accounts.values import era_of
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.duties import actions
from vungxanh.duties.forms import DutyForm
from vungxanh.duties.rules import BadRecurrenceError, HolderKind, Pace
from vungxanh.duties.values import SOURCE_WORDS, VIEW, Holder, NewDuty
from vungxanh.duties.views.shown import refuse, said
from vungxanh.locations.queries import organisations
from vungxanh.locations.values import Unit, find_address, registry

MOST = 12
Choice = tuple[str, str]


@never_cache
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Ask who owes what to whom, when and by what; then write it down."""
    viewer = viewer_of(request)
    form = _form(request, viewer)
    if request.method == "POST":
        made = _made(form, viewer)
        if made is not None:
            messages.success(request, _("Đã giao. Các lần đến hạn đầu tiên ở dưới đây."))
            return redirect("duties-duty", made)
    return render(request, "duties/add.html", {"form": form}, status=422 if form.errors else 200)


def _made(form: DutyForm, viewer: Viewer) -> UUID | None:
    """The id of what was written down; None where the form says what is wrong."""
    found = _found(form, viewer)
    form.offer_holders(found)
    if not form.is_valid():
        return None
    held = _chosen(form, found)
    owed_to = _owed_to(form, viewer)
    if not held or not owed_to:
        return None
    duty = _duty(form, held, owed_to)
    try:
        return actions.owe(duty=duty, by=viewer, at=clock.now())
    except (actions.DutyError, BadRecurrenceError) as refusal:
        refuse(form, refusal, recurrence="repeat")
        return None


def _form(request: HttpRequest, viewer: Viewer) -> DutyForm:
    language = reader_language()
    own = [written(one, language) for one in sorted(viewer.units)]
    return DutyForm(
        request.POST or None,
        today=clock.today(),
        roles=[(code, said(words)) for code, words in roles_with(VIEW)],
        sources=[(kind.value, said(words)) for kind, words in SOURCE_WORDS.items()],
        initial={
            "owed_to": own[0] if len(own) == 1 else "",
            "starts_on": clock.today(),
            "holder_kind": "unit",
            "month_day": "1",
        },
    )


def _found(form: DutyForm, viewer: Viewer) -> list[Choice]:
    """What the typed holder may mean, as (reference, words)."""
    text = str(form["holder"].value() or "").strip()[:300]
    if not text:
        return []
    if form["holder_kind"].value() == HolderKind.ORGANISATION:
        rows = organisations.choices(text, None, MOST)
        return [(str(one.id), f"{one.name}, {one.unit.name}") for one in rows]
    meant = find_address(text)
    units = [meant.unit] if meant.unit else list(meant.candidates)
    inside = units_within(viewer.units)
    own = [one for one in units if one.id in inside]
    return [(one.id, _placed(one)) for one in (own or units)[:MOST]]


def _chosen(form: DutyForm, found: list[Choice]) -> str:
    """Which of them it is: the one that was chosen, or the only one."""
    picked = str(form.cleaned_data["chosen"])
    if picked:
        return picked
    if len(found) == 1:
        return found[0][0]
    if found:
        form.add_error("chosen", _("Có nhiều nơi khớp. Chọn một nơi."))
    else:
        form.add_error("holder", _("Không tìm thấy nơi nào như vậy. Xem lại cách viết."))
    return ""


def _owed_to(form: DutyForm, viewer: Viewer) -> str:
    try:
        named = units_of_text(form.cleaned_data["owed_to"], held=viewer.units)
    except UnitTextError as refusal:
        refuse(form, refusal, units="owed_to")
        return ""
    return named[0]


def _duty(form: DutyForm, held: str, owed_to: str) -> NewDuty:
    said_so = form.cleaned_data
    return NewDuty(
        title=said_so["title"],
        note=said_so["note"],
        holder=Holder(HolderKind(said_so["holder_kind"]), held, said_so["role"]),
        owed_to=owed_to,
        schedule=form.schedule(),
        source_kind=form.source_of(),
        source=said_so["source"],
        pace=Pace(said_so["pace"]),
    )


def _placed(unit: Unit) -> str:
    """A unit with what lies above it and its era."""
    above: Iterable[str] = (one.short_name for one in registry().above(unit))
    where = ", ".join((unit.name, *above))
    return f"{where} ({said(era_of(unit.id))})"

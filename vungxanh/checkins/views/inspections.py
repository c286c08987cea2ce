"""An officer at a place with a phone: what is found, reminders, a proposal to suspend."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from vungxanh.checkins.actions.inspections import inspect_place
from vungxanh.checkins.actions.reminding import Reminding, propose_suspension, remind_place
from vungxanh.checkins.forms.door import PHOTOS, InspectForm, RemindForm, WordsForm
from vungxanh.checkins.queries import inspections as queries
from vungxanh.checkins.queries.door import code_typed
from vungxanh.checkins.rules.inspections import Next
from vungxanh.checkins.values.inspections import (
    OF_POINTS,
    OF_PREMISES,
    REMINDER_DAYS,
    RESULTS,
    TO_MEND,
    Finding,
    Place,
    PlaceFacts,
    Result,
)
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.protocol.places.short_codes import shown
from vungxanh.refusals import RefusalError

HOME = "checkins-inspections"


@dataclass(frozen=True, slots=True)
class Ways:
    """Addresses of one place's pages."""

    inspect: str
    remind: str
    propose: str


@never_cache
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The field for a point's code, reminders that run out, proposals that wait."""
    typed = request.GET.get("ma", "").strip()
    code = code_typed(typed) if typed else None
    if code is not None:
        return redirect("checkins-inspect", code)
    viewer, language = viewer_of(request), reader_language()
    lines = queries.due(viewer, page=request.GET.get("trang", 1))
    context = {
        "typed": typed[:40],
        "reminders": [
            {
                "row": row,
                "facts": facts,
                "reason": row.reason.in_language(language),
                "url": ways_to(facts).inspect,
                "is_late": row.due_on < clock.today(),
            }
            for row, facts in lines
        ],
        "proposals": queries.waiting_proposals(viewer),
    }
    return render(request, "checkins/inspections/home.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def inspect(request: HttpRequest, code: str = "", premises_id: int = 0) -> HttpResponse:
    """One place: what is known, what may follow, and the form of an inspection."""
    place = _place(code, premises_id)
    language, results = reader_language(), OF_POINTS if code else OF_PREMISES
    typed = request.POST if request.method == "POST" else None
    form = InspectForm(typed, language=language, results=results)

    def act() -> HttpResponse:
        found = Result(form.cleaned_data["result"])
        photos = tuple(one.read() for one in request.FILES.getlist(PHOTOS))
        finding = Finding(found, form.cleaned_data["note"], photos)
        by, at = viewer_of(request), clock.now()
        inspect_place(place=place, finding=finding, by=by, at=at)
        return _after(request, place, found)

    return _tried(request, place, form, act=act, template="checkins/inspections/place.html")


@never_cache
@require_http_methods(["GET", "POST"])
def remind(request: HttpRequest, code: str = "", premises_id: int = 0) -> HttpResponse:
    """The next of three reminders: what is to be done, and until when."""
    place, result = _place(code, premises_id), _result(request)
    by_then = clock.today() + timedelta(days=REMINDER_DAYS)
    form = RemindForm(request.POST or None, initial={"due_on": by_then})

    def act() -> HttpResponse:
        said = Reminding(result, form.cleaned_data["due_on"], form.cleaned_data["note"])
        made = remind_place(place=place, said=said, by=viewer_of(request), at=clock.now())
        return redirect("checkins-note", made.pk)

    more: dict[str, object] = {
        "result": str(result),
        "reason": RESULTS[result].in_language(reader_language()),
    }
    template = "checkins/inspections/remind.html"
    return _tried(request, place, form, act=act, template=template, more=more)


@never_cache
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, code: str = "", premises_id: int = 0) -> HttpResponse:
    """After three reminders: why the place should be suspended."""
    place, form = _place(code, premises_id), WordsForm(request.POST or None)

    def act() -> HttpResponse:
        words = form.cleaned_data["words"]
        propose_suspension(place=place, reason=words, by=viewer_of(request), at=clock.now())
        messages.success(request, _("Đã gửi đề nghị. Cấp trên quyết định trong 3 ngày."))
        return redirect(ways_to(_facts(request, place)).inspect)

    return _tried(request, place, form, act=act, template="checkins/inspections/propose.html")


@never_cache
@require_GET
def note(request: HttpRequest, reminder_id: UUID) -> HttpResponse:
    """A reminder on paper, to hand over where there is no number to send it to."""
    line, facts = queries.found_reminder(reminder_id, viewer=viewer_of(request))
    context = {
        "row": line,
        "facts": facts,
        "reason": line.reason.in_language(reader_language()),
        "shown": shown(facts.code) if facts.code else "",
        "ways": ways_to(facts),
    }
    return render(request, "checkins/inspections/note.html", context)


def ways_to(facts: PlaceFacts) -> Ways:
    """The addresses of a place: by its code where it is a point."""
    end, key = ("", facts.code) if facts.code else ("_premises", facts.place.premises_id)
    names = ("checkins-inspect", "checkins-remind", "checkins-propose")
    return Ways(*(reverse(f"{name}{end}", args=[key]) for name in names))


def _place(code: str, premises_id: int) -> Place:
    if premises_id:
        return Place(premises_id=premises_id)
    wanted = code_typed(code)
    if wanted is None:
        raise MissingError
    return queries.place_of_code(wanted)


def _facts(request: HttpRequest, place: Place) -> PlaceFacts:
    return queries.facts_of(queries.place_row(place, viewer=viewer_of(request)))


def _result(request: HttpRequest) -> Result:
    """Why somebody is reminded; what the last inspection found, where nothing is said."""
    told = request.POST.get("result") or request.GET.get("vi-sao", "")
    return Result(told) if told in {str(one) for one in TO_MEND} else Result.OTHER


def _after(request: HttpRequest, place: Place, found: Result) -> HttpResponse:
    """On to the reminder where one may follow, else back to the place."""
    ways = ways_to(_facts(request, place))
    step = queries.step_of(place, today=clock.today())
    if found in TO_MEND and step.next is Next.REMIND:
        messages.success(request, _("Đã ghi kết quả kiểm tra. Nhắc chủ nơi này nếu cần."))
        return redirect(f"{ways.remind}?vi-sao={found}")
    messages.success(request, _("Đã ghi kết quả kiểm tra."))
    return redirect(ways.inspect)


def _tried(
    request: HttpRequest,
    place: Place,
    form: forms.Form,
    *,
    act: Callable[[], HttpResponse],
    template: str,
    more: dict[str, object] | None = None,
) -> HttpResponse:
    """The form, or what follows it; a refusal stands at its field and keeps what was typed."""
    facts, status = _facts(request, place), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return act()
            except RefusalError as refusal:
                field = refusal.field if refusal.field in form.fields else None
                form.add_error(field, refusal.words.in_language(reader_language()))
                status = status_of(refusal)
    return render(request, template, _context(facts, form) | (more or {}), status=status)


def _context(facts: PlaceFacts, form: forms.Form) -> dict[str, object]:
    language, place = reader_language(), facts.place
    return {
        "form": form,
        "facts": facts,
        "kind": facts.kind.in_language(language),
        "shown": shown(facts.code) if facts.code else "",
        "ways": ways_to(facts),
        "step": queries.step_of(place, today=clock.today()),
        "inspections": [
            {"row": one, "words": one.result.in_language(language)}
            for one in queries.inspections_of(place)
        ],
        "reminders": [
            {"row": one, "words": one.reason.in_language(language)}
            for one in queries.reminders_of(place)
        ],
        "proposals": queries.proposals_of(place),
    }

"""Contested outcomes: asked on the own phone, kept or corrected by an officer."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from vungxanh.accounts import actions as accounts
from vungxanh.accounts.queries.glass import names
from vungxanh.core import clock
from vungxanh.core.access import citizen_of, viewer_of
from vungxanh.core.errors import status_of
from vungxanh.core.paging import pages_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Mark
from vungxanh.core.viewer import ForbiddenError, Viewer
from vungxanh.declarations.actions.contesting import contest, correct, keep
from vungxanh.declarations.forms.care import ContestForm, DecideForm
from vungxanh.declarations.queries import contests as queries
from vungxanh.declarations.queries.contests import ContestLine
from vungxanh.declarations.queries.declared import declared
from vungxanh.declarations.values.care import PURPOSE
from vungxanh.declarations.values.states import ContestState
from vungxanh.declarations.views.care_shown import colour_mark, said
from vungxanh.duties import queries as duties
from vungxanh.locations.values import registry
from vungxanh.people.queries.reaching import reached
from vungxanh.people.values import person_ref
from vungxanh.people.values.standing import Colour
from vungxanh.refusals import RefusalError

DONE = "xong"


@never_cache
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the oldest first; what was answered on another list."""
    viewer, at = viewer_of(request), clock.now()
    has_ended = request.GET.get("xem") == DONE
    found = queries.contests(viewer, is_open=not has_ended, page=request.GET.get("trang", 1))
    context = {
        "rows": [_row(one) for one in found],
        "figures": queries.figures(viewer, at=at),
        "has_ended": has_ended,
        "choices": [
            {"label": _("Chờ trả lời"), "url": "?", "current": not has_ended},
            {"label": _("Đã trả lời"), "url": f"?xem={DONE}", "current": has_ended},
        ],
        "pages": pages_of(found, {"xem": DONE} if has_ended else {}),
    }
    return render(request, "declarations/contests/list.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, contest_id: UUID) -> HttpResponse:
    """One contest with what was declared; kept or corrected, with a reason."""
    viewer, at = viewer_of(request), clock.now()
    line = queries.contest(contest_id, viewer=viewer)
    before, _made_at = queries.colour_of(contest_id, viewer=viewer)
    form = DecideForm(request.POST or None, language=reader_language(), but=before)
    if request.method != "POST":
        return _page(request, line, form, at=at)
    if not form.is_valid():
        return _page(request, line, form, at=at, status=422)
    try:
        _decide(request, line, form, by=viewer, at=at)
    except ForbiddenError:
        raise
    except RefusalError as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, refusal.words.in_language(reader_language()))
        return _page(request, line, form, at=at, status=status_of(refusal))
    messages.success(request, _("Đã ghi. Người này được báo là có trả lời."))
    return redirect("declarations-contests")


@never_cache
@require_GET
def of_duty(request: HttpRequest, occurrence_id: UUID) -> HttpResponse:
    """From somebody's work of today to what is contested."""
    viewer, at = viewer_of(request), clock.now()
    found = duties.occurrence(occurrence_id, viewer=viewer, at=at)
    return redirect("declarations-contest", queries.contest_of_duty(found.duty_id, viewer=viewer))


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """The own phone: say what is wrong with an outcome, or read what was answered."""
    by, at = citizen_of(request), clock.now()
    waiting = queries.own_contests(by).get(declaration_id)
    form = ContestForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                words = form.cleaned_data["words"]
                contest(declaration_id=declaration_id, words=words, by=by, at=at)
            except RefusalError as refusal:
                form.add_error(None, refusal.words.in_language(reader_language()))
                status = status_of(refusal)
            else:
                messages.success(request, _("Đã gửi. Có trả lời, bạn được báo bằng tin nhắn."))
                return redirect("declarations-contest_ask", declaration_id)
    made = queries.own_declaration(declaration_id, by=by)
    context = {
        "form": form,
        "made_at": made.at,
        "colour": colour_mark(made.colour),
        "line": waiting,
        "state": _state(waiting.state) if waiting else None,
        "after": colour_mark(waiting.colour) if waiting and waiting.colour else None,
        "may_ask": waiting is None or waiting.state is not ContestState.OPEN,
    }
    return render(request, "declarations/contests/ask.html", context, status=status)


def _decide(
    request: HttpRequest, line: ContestLine, form: DecideForm, *, by: Viewer, at: datetime
) -> None:
    words, typed = form.cleaned_data["words"], form.cleaned_data["colour"]
    if request.POST.get("act") == "keep":
        keep(contest_id=line.id, reason=words, by=by, at=at)
        return
    colour = Colour(typed) if typed else None
    correct(contest_id=line.id, colour=colour, reason=words, by=by, at=at)


def _page(
    request: HttpRequest, line: ContestLine, form: DecideForm, *, at: datetime, status: int = 200
) -> HttpResponse:
    viewer = viewer_of(request)
    looking = accounts.look(
        viewer=viewer,
        purpose=PURPOSE,
        resource="contest",
        subject=person_ref(line.person_id),
        at=at,
    )
    persons = reached([line.person_id], viewer=looking)
    of = persons.get(line.person_id)
    opened = queries.contest_opened(line.id, viewer=looking, of=of) if of else line
    made = declared([line.declaration_id], persons=persons).get(line.declaration_id)
    who = names({line.decided_by})
    context = {
        **_row(opened),
        "form": form,
        "who": of,
        "made": made,
        "colour": colour_mark(made.colour) if made else None,
        "after": colour_mark(opened.colour) if opened.colour else None,
        "signs": ", ".join(map(said, made.signs)) if made else "",
        "by": who.get(line.decided_by, ""),
        "may_decide": line.state is ContestState.OPEN and made is not None,
    }
    return render(request, "declarations/contests/one.html", context, status=status)


def _row(line: ContestLine) -> dict[str, object]:
    unit = registry().unit(line.unit).name if line.unit else ""
    return {"line": line, "unit": unit, "state": _state(line.state)}


def _state(state: ContestState) -> Mark:
    told = {
        ContestState.OPEN: Mark("warn", _("chờ trả lời"), icon="clock"),
        ContestState.KEPT: Mark("none", _("giữ kết quả"), icon="check"),
        ContestState.CORRECTED: Mark("ok", _("đã sửa")),
    }
    return told[state]

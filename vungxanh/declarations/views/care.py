"""The station's list of who is to be called, and one of them: called, noted, undone."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from vungxanh.accounts import actions as accounts
from vungxanh.accounts.queries.glass import names
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError, status_of
from vungxanh.core.paging import pages_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import ForbiddenError, Viewer
from vungxanh.declarations.actions.calling import claim, note_call, release, undo_call
from vungxanh.declarations.forms.care import CallForm
from vungxanh.declarations.queries import cares as queries
from vungxanh.declarations.queries.cares import CareLine
from vungxanh.declarations.queries.declared import declared
from vungxanh.declarations.values.care import HANDLE, PURPOSE, WAITING
from vungxanh.declarations.values.states import CareState
from vungxanh.declarations.views.care_shown import all_shown, call_row, colour_mark, shown
from vungxanh.duties import queries as duties
from vungxanh.people.queries.reaching import Reached, reached
from vungxanh.people.values import person_ref
from vungxanh.refusals import RefusalError

AREA, DONE = "dia-ban", "da-goi"


@never_cache
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Who is to be called now, the soonest due first; each whom it opens is a look in the log."""
    viewer, at = viewer_of(request), clock.now()
    view = request.GET.get("xem", "")
    if view == DONE:
        return _done(request, viewer, at)
    found = queries.waiting(viewer, at=at, is_whole_area=view == AREA)
    lines = (*found.to_call, *found.to_follow)
    persons = _looked_at(viewer, lines, at)
    told = declared([one.declaration_id for one in lines], persons=persons)
    context = {
        "at": at,
        "to_call": all_shown(found.to_call, at, persons=persons, told=told),
        "to_follow": all_shown(found.to_follow, at, persons=persons, told=told),
        "n_more": found.n_more,
        "may_handle": viewer.may(HANDLE),
        "n_over": sum(one.is_late for one in found.to_call),
        "choices": _choices(view),
    }
    return render(request, "declarations/care/list.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, care_id: UUID) -> HttpResponse:
    """Somebody ill, opened for whoever calls them; what came of it is noted here."""
    viewer, at, language = viewer_of(request), clock.now(), reader_language()
    line = queries.care(care_id, viewer=viewer, at=at)
    if request.method != "POST":
        return _page(request, line, _blank(line, at, language), at=at)
    act = request.POST.get("act", "")
    form = CallForm(request.POST if act == "call" else None, language=language)
    if act == "call" and not form.is_valid():
        return _page(request, line, form, at=at, status=422)
    try:
        words = _acts(line, form, viewer=viewer, at=at)[act]()
    except ForbiddenError:
        raise
    except KeyError:
        raise MissingError from None
    except RefusalError as refusal:
        return _refused(request, line, form, refusal=refusal, at=at)
    messages.success(request, words)
    is_claim = act in {"claim", "call", "undo"}
    return redirect("declarations-care", care_id) if is_claim else redirect("declarations-cares")


@never_cache
@require_GET
def of_duty(request: HttpRequest, occurrence_id: UUID) -> HttpResponse:
    """From somebody's work of today to whom it is about."""
    viewer, at = viewer_of(request), clock.now()
    found = duties.occurrence(occurrence_id, viewer=viewer, at=at)
    return redirect("declarations-care", queries.care_of_duty(found.duty_id, viewer=viewer))


def _acts(
    line: CareLine, form: CallForm, *, viewer: Viewer, at: datetime
) -> Mapping[str, Callable[[], str]]:
    def on_claim() -> str:
        claim(care_id=line.id, by=viewer, at=at)
        return _("Bạn nhận gọi. Trong 30 phút, người khác không gọi trùng.")

    def on_release() -> str:
        release(care_id=line.id, by=viewer, at=at)
        return _("Đã trả lại. Người khác nhận gọi được.")

    def on_call() -> str:
        n_seen = form.cleaned_data["n_seen"]
        note_call(care_id=line.id, said=form.said(at), n_seen=n_seen, by=viewer, at=at)
        return _("Đã ghi kết quả. Hoàn tác được trong 10 phút.")

    def on_undo() -> str:
        undo_call(care_id=line.id, by=viewer, at=at)
        return _("Đã hoàn tác. Việc này lại chờ bạn gọi.")

    return {"claim": on_claim, "release": on_release, "call": on_call, "undo": on_undo}


def _refused(
    request: HttpRequest, line: CareLine, form: CallForm, *, refusal: RefusalError, at: datetime
) -> HttpResponse:
    words = refusal.words.in_language(reader_language())
    if form.is_bound:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, words)
    else:
        messages.error(request, words)
        form = _blank(line, at, reader_language())
    again = queries.care(line.id, viewer=viewer_of(request), at=at)
    return _page(request, again, form, at=at, status=status_of(refusal))


def _blank(line: CareLine, at: datetime, language: str) -> CallForm:
    tomorrow = at.astimezone(clock.TZ).date() + timedelta(days=1)
    initial = {"n_seen": line.n_calls, "follow_on": tomorrow}
    return CallForm(language=language, initial=initial)


def _page(
    request: HttpRequest, line: CareLine, form: CallForm, *, at: datetime, status: int = 200
) -> HttpResponse:
    viewer = viewer_of(request)
    persons = _looked_at(viewer, [line], at, resource="care")
    told = declared([line.declaration_id], persons=persons)
    calls = queries.calls(line.id, of=persons.get(line.person_id), viewer=viewer, at=at)
    who = names({one.by for one in calls} | {line.claimed_by})
    found = told.get(line.declaration_id)
    context = {
        "at": at,
        "one": shown(line, at, of=persons.get(line.person_id), told=found),
        "colour": colour_mark(found.colour) if found else None,
        "calls": [call_row(call, who) for call in calls],
        "form": form,
        "may_call": viewer.may(HANDLE) and line.state is not CareState.CLOSED,
        "may_claim": viewer.may(HANDLE) and line.state in WAITING,
        "is_mine": line.is_held and line.claimed_by == viewer.id,
        "is_others": line.is_held and line.claimed_by != viewer.id,
        "holder": who.get(line.claimed_by, ""),
        "undoes": any(call.may_undo for call in calls),
    }
    return render(request, "declarations/care/one.html", context, status=status)


def _done(request: HttpRequest, viewer: Viewer, at: datetime) -> HttpResponse:
    found = queries.handled(viewer, at=at, page=request.GET.get("trang", 1))
    context = {
        "at": at,
        "done": [shown(one, at) for one in found],
        "pages": pages_of(found, {"xem": DONE}),
        "choices": _choices(DONE),
    }
    return render(request, "declarations/care/done.html", context)


@transaction.atomic
def _looked_at(
    viewer: Viewer,
    lines: "list[CareLine] | tuple[CareLine, ...]",
    at: datetime,
    *,
    resource: str = "cares",
) -> dict[int, Reached]:
    """The persons of these lines, each look written down for the purpose of care."""
    wanted = {one.person_id for one in lines}
    looking = viewer
    for person in sorted(wanted):
        subject = person_ref(person)
        looking = accounts.look(
            viewer=viewer, purpose=PURPOSE, resource=resource, subject=subject, at=at
        )
    return reached(wanted, viewer=looking)


def _choices(view: str) -> list[dict[str, object]]:
    labels = {
        "": _("Đơn vị tôi gọi"),
        AREA: _("Cả địa bàn"),
        DONE: _("Đã gọi"),
    }
    return [
        {"label": label, "url": f"?xem={key}" if key else "?", "current": key == view}
        for key, label in labels.items()
    ]

"""One occurrence: all about it, and every act on it."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import status_of
from vungxanh.duties import actions, queries
from vungxanh.duties.forms import AnswerForm, NoteForm, SettleForm
from vungxanh.duties.forms.acts import WAY
from vungxanh.duties.rules import ENDED, State
from vungxanh.duties.values import NOTE
from vungxanh.duties.views.shown import kind_words, refuse, said, shown

FROM_WORK = "viec"


@never_cache
@require_safe
def occurrence(request: HttpRequest, occurrence_id: UUID) -> HttpResponse:
    """All about one, with what the viewer may do."""
    return _page(request, occurrence_id, {})


@require_POST
def meet(request: HttpRequest, occurrence_id: UUID) -> HttpResponse:
    """Say that it is done, in a few words."""

    def act(form: forms.Form) -> None:
        actions.meet(
            occurrence_id=occurrence_id,
            evidence=f"{NOTE}{' '.join(form.cleaned_data['note'].split())}",
            by=viewer_of(request),
            at=clock.now(),
            by_hand=True,
        )

    form = NoteForm(request.POST)
    return _acted(request, occurrence_id, form, name="note", act=act, done=_("Đã ghi là xong."))


@require_POST
def take_back(request: HttpRequest, occurrence_id: UUID) -> HttpResponse:
    """It was not done after all."""

    def act(form: forms.Form) -> None:
        by, at = viewer_of(request), clock.now()
        actions.take_back(occurrence_id=occurrence_id, by=by, at=at, by_hand=True)

    form = forms.Form(request.POST)
    return _acted(
        request, occurrence_id, form, name="again", act=act, done=_("Đã lấy lại: việc còn chờ.")
    )


@require_POST
def settle(request: HttpRequest, occurrence_id: UUID) -> HttpResponse:
    """Waive or cancel it, with a reason."""

    def act(form: forms.Form) -> None:
        actions.settle(
            occurrence_id=occurrence_id,
            state=State(form.cleaned_data["state"]),
            reason=form.cleaned_data["reason"],
            by=viewer_of(request),
            at=clock.now(),
        )

    form = SettleForm(request.POST)
    return _acted(
        request, occurrence_id, form, name="settle", act=act, done=_("Đã ghi quyết định.")
    )


@require_POST
def reopen(request: HttpRequest, occurrence_id: UUID) -> HttpResponse:
    """Owe again what was waived or cancelled."""

    def act(form: forms.Form) -> None:
        actions.reopen(occurrence_id=occurrence_id, by=viewer_of(request), at=clock.now())

    form = forms.Form(request.POST)
    return _acted(
        request, occurrence_id, form, name="again", act=act, done=_("Đã mở lại: việc còn chờ.")
    )


@require_POST
def answer(request: HttpRequest, occurrence_id: UUID) -> HttpResponse:
    """Tell the next unit up, or let it be."""

    def act(form: forms.Form) -> None:
        actions.answer_proposal(
            occurrence_id=occurrence_id,
            is_raised=WAY[form.cleaned_data["way"]],
            answer=form.cleaned_data["answer"],
            by=viewer_of(request),
            at=clock.now(),
        )

    form = AnswerForm(request.POST)
    return _acted(
        request, occurrence_id, form, name="answer", act=act, done=_("Đã ghi câu trả lời.")
    )


def _acted(
    request: HttpRequest,
    occurrence_id: UUID,
    form: forms.Form,
    *,
    name: str,
    act: Callable[[forms.Form], None],
    done: str,
) -> HttpResponse:
    """Do what a valid form asks for, or say at its field why not."""
    if not form.is_valid():
        return _page(request, occurrence_id, {name: form}, status=422)
    try:
        act(form)
    except actions.DutyError as refusal:
        places = {"reason": "answer"} if name == "answer" else {"evidence": "note"}
        refuse(form, refusal, **places)
        return _page(request, occurrence_id, {name: form}, status=status_of(refusal))
    messages.success(request, done)
    if request.POST.get("tu") == FROM_WORK:
        return redirect("duties-work")
    return redirect("duties-occurrence", occurrence_id)


def _page(
    request: HttpRequest, occurrence_id: UUID, given: dict[str, forms.Form], *, status: int = 200
) -> HttpResponse:
    viewer, at = viewer_of(request), clock.now()
    line = queries.occurrence(occurrence_id, viewer=viewer, at=at)
    may = queries.rights(line.holder, line.owed_to, viewer=viewer)
    one = shown(line, at)
    is_open = line.state is State.OPEN
    waits = is_open and line.proposed_at is not None and line.answered_at is None
    by_hand, settles = may.meets and one.by_hand, may.settles
    context = {
        "one": one,
        "kind": kind_words(line.kind),
        "errors": next(iter(given.values()), None),
        "history": [(said(told.words), told) for told in queries.history(line)],
        "note": (given.get("note") or NoteForm()) if by_hand and is_open else None,
        "can_take_back": by_hand and one.is_met,
        "settle": (given.get("settle") or SettleForm()) if settles and is_open else None,
        "can_reopen": settles and line.state in ENDED,
        "answer": (given.get("answer") or AnswerForm()) if settles and waits else None,
    }
    return render(request, "duties/occurrence.html", context, status=status)

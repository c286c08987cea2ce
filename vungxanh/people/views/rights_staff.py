"""Requests of persons for officers, and proofs for auditors."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from vungxanh.accounts import actions as accounts
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import status_of
from vungxanh.core.paging import Page, pages_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.people import actions
from vungxanh.people.actions.refusals import PeopleRefusalError
from vungxanh.people.forms.rights import AnswerForm
from vungxanh.people.queries import proofs as proof_queries
from vungxanh.people.queries.requests import found_request, request_for
from vungxanh.people.queries.requests import requests as requests_of
from vungxanh.people.values.purged import told
from vungxanh.people.values.rights import (
    KIND_WORDS,
    OUTCOME_WORDS,
    Kind,
    ProofLine,
    PurgeLine,
    RequestLine,
)

PURPOSE = "own_request"
NIGHTS = "dem"


@never_cache
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Open requests of the area, the earliest due first; what has ended on another list."""
    has_ended = request.GET.get("xong") == "1"
    found = requests_of(viewer_of(request), is_open=not has_ended, page=request.GET.get("trang", 1))
    context = {
        "rows": [_row(one) for one in found],
        "has_ended": has_ended,
        "choices": [
            {"label": _("Đang chờ"), "url": "?", "current": not has_ended},
            {"label": _("Đã xong"), "url": "?xong=1", "current": has_ended},
        ],
        "pages": pages_of(found, {"xong": "1"} if has_ended else {}),
    }
    return render(request, "people/rights/staff_requests.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request with its words, opened for the purpose that the law gives; each look is kept."""
    viewer, at = viewer_of(request), clock.now()
    found_request(request_id, viewer=viewer)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, request_id, form.cleaned_data["words"])
        except PeopleRefusalError as refusal:
            form.add_error(None, refusal.words.in_language(reader_language()))
            return _page(request, request_id, form, status=status_of(refusal))
        return redirect("people-requests")
    if request.method == "POST":
        return _page(request, request_id, form, status=422)
    looking = accounts.look(
        viewer=viewer,
        purpose=PURPOSE,
        resource="request",
        subject=_subject(request_id, viewer),
        at=at,
    )
    return _page(request, request_id, AnswerForm(), viewer=looking)


@never_cache
@require_GET
def proofs(request: HttpRequest) -> HttpResponse:
    """What was purged each night or who was erased, by numbers alone, newest first."""
    viewer, at = viewer_of(request), clock.now()
    of_nights, page = request.GET.get("loai") == NIGHTS, request.GET.get("trang", 1)
    found: Page[PurgeLine] | Page[ProofLine]
    found = (
        proof_queries.purges(viewer, page) if of_nights else proof_queries.erasures(viewer, page)
    )
    context = {
        "lines": [_proof_row(one) for one in found],
        "of_nights": of_nights,
        "last": proof_queries.last_purge(),
        "is_purged": proof_queries.is_purged(at),
        "choices": [
            {"label": _("Xóa một người"), "url": "?", "current": not of_nights},
            {"label": _("Xóa hằng đêm"), "url": f"?loai={NIGHTS}", "current": of_nights},
        ],
        "pages": pages_of(found, {"loai": NIGHTS if of_nights else ""}),
    }
    return render(request, "people/rights/proofs.html", context)


def _decide(request: HttpRequest, request_id: UUID, words: str) -> None:
    by, at = viewer_of(request), clock.now()
    acts: dict[str, Callable[[], object]] = {
        "answer": lambda: actions.answer_request(request_id=request_id, words=words, by=by, at=at),
        "extend": lambda: actions.extend_request(request_id=request_id, why=words, by=by, at=at),
        "do": lambda: actions.carry_out(request_id=request_id, words=words, by=by, at=at),
        "refuse": lambda: actions.refuse_request(request_id=request_id, why=words, by=by, at=at),
    }
    if act := acts.get(request.POST.get("act", "")):
        act()
        messages.success(request, _("Đã ghi. Người yêu cầu được báo bằng tin nhắn."))


def _page(
    request: HttpRequest,
    request_id: UUID,
    form: AnswerForm,
    *,
    status: int = 200,
    viewer: Viewer | None = None,
) -> HttpResponse:
    line = request_for(request_id, viewer=viewer or viewer_of(request))
    context = {**_row(line), "form": form, "deletes": line.kind is Kind.DELETE}
    return render(request, "people/rights/staff_request.html", context, status=status)


def _subject(request_id: UUID, viewer: Viewer) -> str:
    row = found_request(request_id, viewer=viewer)
    return f"person:{row.person_id}" if row.person_id else f"request:{request_id}"


def _row(line: RequestLine) -> dict[str, object]:
    language, today = reader_language(), clock.today()
    return {
        "row": line,
        "kind": KIND_WORDS[line.kind].in_language(language),
        "outcome": OUTCOME_WORDS[line.outcome].in_language(language) if line.outcome else "",
        "is_late": line.is_late(today),
    }


def _proof_row(line: PurgeLine | ProofLine) -> dict[str, object]:
    rooms = told(line.counts, reader_language()) if isinstance(line, PurgeLine) else ()
    return {"line": line, "rooms": rooms, "n_gone": sum(n for _room, n in rooms)}

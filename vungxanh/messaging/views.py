"""The outbox for those who look after the installation: states, never addresses or texts."""

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.paging import PAGE_SIZE
from vungxanh.messaging import actions, queries
from vungxanh.messaging.rules import Incoming, State
from vungxanh.messaging.values import KIND_WORDS, PROBLEMS, STATE_WORDS, MailLine, MessageLine

UUID_LENGTH = 36


@never_cache
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """What waits, what went, and what could not go."""
    viewer, state = viewer_of(request), request.GET.get("trang-thai", "")
    page = queries.outbox(viewer, state=state, page=request.GET.get("trang", 1))
    language, before = get_language() or "vi", (page.number - 1) * PAGE_SIZE
    context = {
        "page": page,
        "rows": [_row(line, language) for line in page],
        "states": _states(queries.counts(viewer), state, language),
        "first": before + 1,
        "last": before + len(page.rows),
        "previous_url": _url(state, page.previous),
        "next_url": _url(state, page.following),
    }
    return render(request, "messaging/outbox.html", context)


@never_cache
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What came in by mail, and what became of it."""
    page = queries.inbox(viewer_of(request), page=request.GET.get("trang", 1))
    language = get_language() or "vi"
    context = {
        "page": page,
        "rows": [_mail_row(line, language) for line in page],
        "first": (page.number - 1) * PAGE_SIZE + 1,
        "last": (page.number - 1) * PAGE_SIZE + len(page.rows),
        "previous_url": _url("", page.previous),
        "next_url": _url("", page.following),
        "is_read": settings.INBOX.form != "none",
    }
    return render(request, "messaging/inbox.html", context)


@require_POST
def retry(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Let one message go now."""
    actions.retry(message_id=message_id, by=viewer_of(request), at=clock.now())
    messages.success(request, _("Tin này sẽ được gửi lại trong vòng một phút."))
    return redirect("messaging-outbox")


def _mail_row(line: MailLine, language: str) -> dict[str, object]:
    mark = {Incoming.TAKEN: "ok", Incoming.REFUSED: "warn", Incoming.WAITING: "info"}
    return {
        "line": line,
        "state": line.words.in_language(language),
        "mark": mark.get(line.state, "none"),
        "problem": line.problem.in_language(language),
        "n_kilobytes": -(-line.n_bytes // 1000),
    }


def _row(line: MessageLine, language: str) -> dict[str, object]:
    problem = PROBLEMS[line.problem].in_language(language) if line.problem else ""
    return {
        "line": line,
        "kind": _kind(line.kind, language),
        "about": _short(line.about),
        "state": line.words.in_language(language),
        "mark": {State.SENT: "ok", State.GIVEN_UP: "bad"}.get(line.state, "none"),
        "problem": problem,
        "may_retry": line.state is State.GIVEN_UP or bool(problem and line.state is State.WAITING),
    }


def _kind(kind: str, language: str) -> str:
    return KIND_WORDS[kind].in_language(language) if kind in KIND_WORDS else kind


def _short(reference: str) -> str:
    """What a message is about as a column shows it: of a long number the end."""
    sort, _between, number = reference.rpartition(":")
    return f"{sort}:…{number[-6:]}" if sort and len(number) == UUID_LENGTH else reference


def _states(
    counted: dict[State, int], chosen: str, language: str
) -> list[tuple[str, str, int, bool]]:
    """(label, address, count, whether chosen) of each state, all of them first."""
    listed = [(_("Tất cả"), "?", sum(counted.values()), chosen not in set(State))]
    for state, n in counted.items():
        label = STATE_WORDS[state].in_language(language)
        listed.append((label, _url(state, 1), n, chosen == state))
    return listed


def _url(state: str, number: int | None) -> str:
    if number is None:
        return ""
    return "?" + urlencode({"trang-thai": state, "trang": number})

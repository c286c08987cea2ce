"""The outbox: what waits, what went, what it costs."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from vungxanh.audit.queries import detail_words, reference_words
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.paging import PAGE_SIZE
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.messaging import actions, queries
from vungxanh.messaging.rules import Channel, State
from vungxanh.messaging.values import (
    CHANNEL_WORDS,
    KIND_WORDS,
    STATE_WORDS,
    Budget,
    MessageLine,
)
from vungxanh.refusals import Words

WARNED_AT_PERCENT = 80
MARKS = {
    State.SENT: "ok",
    State.DELIVERED: "ok",
    State.UNDELIVERED: "bad",
    State.GIVEN_UP: "bad",
}
Choice = tuple[str, str, int | None, bool]


@never_cache
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """What waits, what went, what could not go, and what it costs."""
    viewer, language = viewer_of(request), reader_language()
    state, channel = request.GET.get("trang-thai", ""), request.GET.get("kenh", "")
    page = queries.outbox(viewer, state=state, channel=channel, page=request.GET.get("trang", 1))
    kinds = _kinds()
    before = (page.number - 1) * PAGE_SIZE
    context = _costs(viewer, language) | {
        "page": page,
        "rows": [_row(line, kinds) for line in page],
        "states": _states(queries.counts(viewer, channel=channel), state, channel),
        "channels": _channels(state, channel),
        "first": before + 1,
        "last": before + len(page.rows),
        "previous_url": _url(state, channel, page.previous),
        "next_url": _url(state, channel, page.following),
    }
    return render(request, "messaging/outbox.html", context)


@require_POST
def retry(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Let one message go now."""
    actions.retry(message_id=message_id, by=viewer_of(request), at=clock.now())
    messages.success(request, _("Tin này sẽ được gửi lại trong vòng một phút."))
    return redirect("messaging-outbox")


def _costs(viewer: Viewer, language: str) -> dict[str, object]:
    at = clock.now()
    costs, budget = queries.costs(viewer, at=at), queries.sms_budget(at)
    rows = [
        {"channel": CHANNEL_WORDS[one.channel].in_language(language), "today": one, "month": month}
        for one, month in zip(costs.today, costs.month, strict=True)
    ]
    return {"costs": rows, "budget": budget, "budget_mark": _budget_mark(budget)}


def _budget_mark(budget: Budget) -> str:
    if budget.is_spent:
        return "bad"
    return "warn" if budget.percent >= WARNED_AT_PERCENT else "ok"


def _row(line: MessageLine, kinds: Mapping[str, Words]) -> dict[str, object]:
    language = reader_language()
    kind = kinds.get(line.kind, Words(line.kind, line.kind))
    problem = line.problem.in_language(language) if line.problem else ""
    failed = line.state in {State.GIVEN_UP, State.UNDELIVERED}
    waits = bool(problem and line.state is State.WAITING)
    return {
        "line": line,
        "kind": kind.in_language(language),
        "about": reference_words(line.about, language=language),
        "channel": CHANNEL_WORDS[line.channel].in_language(language),
        "state": line.words.in_language(language),
        "mark": MARKS.get(line.state, "none"),
        "problem": problem,
        "may_retry": line.has_text and (failed or waits),
    }


def _kinds() -> Mapping[str, Words]:
    """What rooms call the sorts of their messages, in the log too; no query."""
    templates = {one.code: one.name for one in queries.published().values()}
    return {**templates, **detail_words().get("kind", {}), **KIND_WORDS}


def _states(counted: dict[State, int], chosen: str, channel: str) -> list[Choice]:
    """(label, address, count, whether chosen) of each state, all of them first."""
    language = reader_language()
    known = set(State)
    every: Choice = (
        _("Tất cả"),
        _url("", channel, 1),
        sum(counted.values()),
        chosen not in known,
    )
    return [
        every,
        *(
            (STATE_WORDS[one].in_language(language), _url(one, channel, 1), n, chosen == one)
            for one, n in counted.items()
        ),
    ]


def _channels(state: str, chosen: str) -> list[Choice]:
    language = reader_language()
    every: Choice = (_("Mọi kênh"), _url(state, "", 1), None, chosen not in set(Channel))
    return [
        every,
        *(
            (CHANNEL_WORDS[one].in_language(language), _url(state, one, 1), None, chosen == one)
            for one in Channel
        ),
    ]


def _url(state: str, channel: str, number: int | None) -> str:
    if number is None:
        return ""
    chosen = {"trang-thai": state, "kenh": channel, "trang": number}
    return "?" + urlencode({name: value for name, value in chosen.items() if value})

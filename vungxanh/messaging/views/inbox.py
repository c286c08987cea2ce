"""What came in: states, never senders or texts."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from vungxanh.core.access import viewer_of
from vungxanh.core.paging import PAGE_SIZE, Page
from vungxanh.core.preferences import reader_language
from vungxanh.messaging import queries
from vungxanh.messaging.rules import Incoming
from vungxanh.messaging.values import MailLine, SmsLine

MARKS = {Incoming.TAKEN: "ok", Incoming.REFUSED: "warn", Incoming.WAITING: "info"}


@never_cache
@require_GET
def mails(request: HttpRequest) -> HttpResponse:
    """What came in by mail, and what became of it."""
    page = queries.inbox(viewer_of(request), page=request.GET.get("trang", 1))
    rows = [_row(line) | {"n_kilobytes": -(-line.n_bytes // 1000)} for line in page]
    context = _paged(page) | {"rows": rows, "is_read": settings.INBOX.form != "none"}
    return render(request, "messaging/inbox.html", context)


@never_cache
@require_GET
def messages(request: HttpRequest) -> HttpResponse:
    """What came in by SMS, and what became of it."""
    page = queries.sms_inbox(viewer_of(request), page=request.GET.get("trang", 1))
    is_read = settings.SMS.form != "none"
    context = _paged(page) | {"rows": [_row(line) for line in page], "is_read": is_read}
    return render(request, "messaging/sms.html", context)


def _row(line: MailLine | SmsLine) -> dict[str, object]:
    language = reader_language()
    return {
        "line": line,
        "state": line.words.in_language(language),
        "mark": MARKS.get(line.state, "none"),
        "problem": line.problem.in_language(language),
    }


def _paged(page: Page[MailLine] | Page[SmsLine]) -> dict[str, object]:
    before = (page.number - 1) * PAGE_SIZE
    return {
        "page": page,
        "first": before + 1,
        "last": before + len(page.rows),
        "previous_url": _url(page.previous),
        "next_url": _url(page.following),
    }


def _url(number: int | None) -> str:
    return "" if number is None else "?" + urlencode({"trang": number})

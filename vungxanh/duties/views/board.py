"""The display on a wall: who is missing, from across the room."""

from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.duties import queries
from vungxanh.duties.views.shown import all_shown, kind_words

REFRESH_SECONDS = 60


@never_cache
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What came and what is missing on a day; the page asks anew every minute unless it is held."""
    viewer, at = viewer_of(request), clock.now()
    day = _day(request.GET.get("ngay", ""))
    kinds = queries.kinds_of_day(day, viewer=viewer)
    kind = request.GET.get("loai", "")
    kind = kind if kind in kinds else ""
    found = queries.board(day, viewer=viewer, at=at, kind=kind)
    titles = {one.title for one in found.lines}
    is_held = "dung" in request.GET
    context = {
        "board": found,
        "at": at,
        "day": day.isoformat(),
        "n_come": len(found.come) + len(found.late),
        "n_all": len(found.lines),
        "missing": all_shown(found.missing, at),
        "awaited": all_shown(found.awaited, at),
        "late": all_shown(found.late, at),
        "come": all_shown(found.come, at),
        "waived": all_shown(found.waived, at),
        "only_title": titles.pop() if len(titles) == 1 else "",
        "kind": kind_words(kind) if kind else "",
        "kinds": [(one, kind_words(one), one == kind) for one in kinds],
        "is_today": day == clock.today(),
        "is_held": is_held,
        "held_url": _address(day, kind, held=not is_held),
        "before_url": _address(day - timedelta(days=1), kind),
        "after_url": _address(day + timedelta(days=1), kind),
    }
    answer = render(request, "duties/board.html", context)
    if not is_held:
        answer["Refresh"] = str(REFRESH_SECONDS)
    return answer


def _day(asked: str) -> date:
    """The day of an address; today for what is none, or lies beyond the calendar's edges."""
    try:
        day = datetime.strptime(asked, "%Y-%m-%d").replace(tzinfo=clock.TZ).date()
    except ValueError:
        return clock.today()
    return day if 2000 <= day.year <= 2200 else clock.today()


def _address(day: date, kind: str, *, held: bool = False) -> str:
    said = {"ngay": day.isoformat(), "loai": kind, "dung": "1" if held else ""}
    return "?" + urlencode({name: value for name, value in said.items() if value})

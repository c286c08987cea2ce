"""The work of today."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.duties import queries
from vungxanh.duties.forms import NoteForm
from vungxanh.duties.values import MANAGE, WorkLine
from vungxanh.duties.views.shown import all_shown


@never_cache
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """What I am to do: overdue, today, soon; what I did today; what waits for my word."""
    viewer, at = viewer_of(request), clock.now()
    mine = queries.work(viewer, at=at)
    asked = queries.proposals(viewer, at=at)
    context = {
        "today": clock.today(),
        "proposals": all_shown(asked, at),
        "overdue": _to_do(mine.overdue, at),
        "due_today": _to_do(mine.today, at),
        "soon": _to_do(mine.soon, at),
        "done": all_shown(mine.done, at),
        "n_more": mine.n_more,
        "n_open": mine.n_open,
        "is_empty": not (mine.n_open or mine.soon or mine.done or asked),
        "manages": viewer.may(MANAGE),
    }
    return render(request, "duties/work.html", context)


def _to_do(lines: tuple[WorkLine, ...], at: datetime) -> list[dict[str, object]]:
    return [
        {"shown": one, "form": NoteForm(auto_id=f"id_%s_{one.line.id}") if one.by_hand else None}
        for one in all_shown(lines, at)
    ]

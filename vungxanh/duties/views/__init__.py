"""Pages of the room."""

from vungxanh.duties.views.board import board
from vungxanh.duties.views.calendars import calendar, feed, make_calendar, remove_calendar
from vungxanh.duties.views.duties import duty, end, listed
from vungxanh.duties.views.new import add
from vungxanh.duties.views.occurrences import (
    answer,
    meet,
    occurrence,
    reopen,
    settle,
    take_back,
)
from vungxanh.duties.views.work import work

__all__ = [
    "add",
    "answer",
    "board",
    "calendar",
    "duty",
    "end",
    "feed",
    "listed",
    "make_calendar",
    "meet",
    "occurrence",
    "remove_calendar",
    "reopen",
    "settle",
    "take_back",
    "work",
]

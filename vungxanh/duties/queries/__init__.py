"""Reads of the room; every one takes the viewer."""

from vungxanh.duties.queries.board import board, kinds_of_day
from vungxanh.duties.queries.duties import DutyLine, duties, duty
from vungxanh.duties.queries.feeds import calendar_of, feed_viewer, has_feed, owner_of
from vungxanh.duties.queries.history import Told, history
from vungxanh.duties.queries.rights import Rights, rights
from vungxanh.duties.queries.tallies import Counted, counted
from vungxanh.duties.queries.times import Time, times
from vungxanh.duties.queries.work import for_duty, occurrence, proposals, work

__all__ = [
    "Counted",
    "DutyLine",
    "Rights",
    "Time",
    "Told",
    "board",
    "calendar_of",
    "counted",
    "duties",
    "duty",
    "feed_viewer",
    "for_duty",
    "has_feed",
    "history",
    "kinds_of_day",
    "occurrence",
    "owner_of",
    "proposals",
    "rights",
    "times",
    "work",
]

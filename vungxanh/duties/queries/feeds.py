"""Whose calendar a secret opens, and the calendar itself."""

from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from vungxanh.accounts.queries import account_behind, viewer_for
from vungxanh.core.errors import MissingError
from vungxanh.core.sealed import IndexKey
from vungxanh.core.viewer import Viewer
from vungxanh.duties.models import CalendarFeed
from vungxanh.duties.queries.lines import lines, occurrences, owed_by
from vungxanh.duties.rules import State
from vungxanh.duties.values import STATE_WORDS, VIEW, WorkLine

FEEDS = IndexKey("duties_calendarfeed.secret", str)
_BACK, _AHEAD, _AT_MOST = timedelta(days=7), timedelta(days=30), 500
_LENGTH = timedelta(minutes=15)


def owner_of(secret: str) -> str:
    """The reference of whose calendar it is; empty for no one's. One query."""
    found = CalendarFeed.objects.filter(digest__in=FEEDS.digests(secret)).first()
    return found.owner if found else ""


def feed_viewer(secret: str, *, at: datetime) -> Viewer:
    """Whom a calendar address shows duties to, by the account's own roles and units.

    MissingError for a secret that is no one's, and for an account that is locked, has ended or may
    see duties no longer. Two queries.
    """
    owner = owner_of(secret)
    if not owner:
        raise MissingError
    staff = account_behind(owner)
    has_ended = staff.ends_at is not None and staff.ends_at <= at
    viewer = viewer_for(staff)
    if has_ended or not staff.is_active or not viewer.may(VIEW):
        raise MissingError
    return viewer


def has_feed(viewer: Viewer) -> bool:
    """Whether the viewer has a calendar address; one query."""
    return CalendarFeed.objects.filter(owner=viewer.id).exists()


def calendar_of(viewer: Viewer, *, at: datetime) -> bytes:
    """The viewer's duties of a week back and a month ahead as iCalendar (RFC 5545); one query.

    It says what and when, no more: calendars lie on other people's servers.
    """
    near = occurrences().filter(owed_by(viewer), due_at__gt=at - _BACK, due_at__lt=at + _AHEAD)
    shown = lines(near.exclude(state=State.CANCELLED).order_by("due_at", "id")[:_AT_MOST], at)
    calendar = Calendar()
    calendar.add("prodid", "-//Vung Xanh//duties//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Vùng Xanh")
    for one in shown:
        calendar.add_component(_event(one, at))
    return bytes(calendar.to_ical())


def _event(one: WorkLine, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.id}@vungxanh")
    event.add("dtstamp", at)
    event.add("dtstart", one.due_at - _LENGTH)
    event.add("dtend", one.due_at)
    event.add("summary", f"{one.title} – {STATE_WORDS[one.state].vi}")
    event.add("status", "CONFIRMED")
    if one.state is State.OPEN:
        event.add_component(_alarm(one))
    return event


def _alarm(one: WorkLine) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one.title)
    alarm.add("trigger", timedelta(minutes=-45))
    return alarm

"""What pages show of a point's day: sentences and a drawing in counts, nobody in it."""

from datetime import datetime

from django.utils.translation import gettext as _

from vungxanh.checkins.models import Point
from vungxanh.checkins.queries.activity import last_counted, last_scanned, patterns_at
from vungxanh.checkins.queries.inside import inside_now
from vungxanh.checkins.queries.today import Today, today_at
from vungxanh.checkins.values.activity import PATTERNS
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.core.preferences import reader_language
from vungxanh.documents import vietnamese


def shown_today(point: Point, at: datetime) -> dict[str, object]:
    """The day so far at a point that lives, or where somebody scanned on it; else nothing."""
    today = today_at(point, at)
    is_living = point.state in LIVING
    if not is_living and not today.by_hour:
        return {}
    inside = inside_now(point.pk, at) if is_living else None
    return {
        "sentence": _sentence(today),
        "by_hour": today.by_hour,
        "hours": [_hour(hour, *pair) for hour, pair in sorted(today.by_hour.items())],
        "last_at": today.last_at,
        "n_inside": None if inside is None else inside.n,
        "capacity": point.capacity,
        "is_full": inside is not None and bool(point.capacity) and inside.n >= point.capacity,
        "at": at,
    }


def shown_use(point: Point) -> dict[str, object]:
    """The last day with a scan at a point, and what was odd at it, with what to look at."""
    language = reader_language()
    patterns = [
        (one.day, PATTERNS[one.pattern].in_language(language) % {"n": _count(one.n)})
        for one in patterns_at([point.pk]).get(point.pk, [])
    ]
    return {
        "last_on": last_scanned([point.pk]).get(point.pk),
        "is_counted": last_counted() is not None,
        "patterns": patterns,
    }


def _sentence(today: Today) -> str:
    """How many came and left, and when most came."""
    said = _("%(came)s lượt vào, %(left)s lượt ra.") % {
        "came": _count(today.n_in),
        "left": _count(today.n_out),
    }
    if today.busiest is None:
        return said
    hours = {"first": today.busiest, "last": today.busiest + 1}
    return said + " " + _("Vào nhiều nhất từ %(first)s đến %(last)s giờ.") % hours


def _hour(hour: int, came: int, left: int) -> str:
    said = {"hour": hour, "came": _count(came), "left": _count(left)}
    return _("%(hour)s giờ: vào %(came)s, ra %(left)s") % said


def _count(n: int) -> str:
    return vietnamese.count(n, reader_language())

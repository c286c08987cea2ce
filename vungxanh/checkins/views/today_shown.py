"""What pages show of a point's day: sentences and a drawing in counts, nobody in it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from vungxanh.checkins.models import Point
from vungxanh.checkins.queries.activity import last_counted, last_scanned, patterns_at
from vungxanh.checkins.queries.inside import inside_now
from vungxanh.checkins.queries.today import Today, today_at
from vungxanh.checkins.values.activity import PATTERNS, PatternSeen, Used
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.checkins.views.desk_shown import ShownPoint
from vungxanh.core.preferences import reader_language
from vungxanh.documents import vietnamese


def shown_today(point: Point, at: datetime) -> dict[str, object]:
    """The day so far at a point that lives, or where somebody scanned on it; else nothing."""
    today = today_at(point, at)
    is_living = point.state in LIVING
    if not is_living and not today.by_hour:
        return {}
    n_inside = inside_now(point.pk, at).n if is_living else None
    return {
        "sentence": _sentence(today),
        "by_hour": today.by_hour,
        "hours": [_hour(hour, *pair) for hour, pair in sorted(today.by_hour.items())],
        "last_at": today.last_at,
        "n_inside": n_inside,
        "capacity": point.capacity,
        "is_full": bool(point.capacity and n_inside and n_inside >= point.capacity),
        "at": at,
    }


def shown_use(point: Point) -> dict[str, object]:
    """The last day with a scan at a point, and what was odd at it, with what to look at."""
    patterns = [_pattern(one) for one in patterns_at([point.pk]).get(point.pk, [])]
    return {
        "last_on": last_scanned([point.pk]).get(point.pk),
        "is_counted": last_counted() is not None,
        "patterns": patterns,
    }


def with_use(points: Sequence[ShownPoint]) -> list[ShownPoint]:
    """Points of a list with their last scan and what was odd at them; two queries."""
    ids = [one.row.pk for one in points]
    last, odd = last_scanned(ids), patterns_at(ids)
    return [
        replace(
            one, last_on=last.get(one.row.pk), odd=tuple(map(_pattern, odd.get(one.row.pk, ())))
        )
        for one in points
    ]


def used_words() -> dict[Used, str]:
    """What a list may be asked for, in words."""
    return {Used.NEVER: _("Chưa từng có lượt quét"), Used.ODD: _("Có dấu hiệu nên xem lại")}


def _pattern(seen: PatternSeen) -> str:
    said = PATTERNS[seen.pattern].in_language(reader_language()) % {"n": _count(seen.n)}
    return f"{vietnamese.date(seen.day, reader_language())}: {said}"


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

"""How much work waits, for the first page."""

from datetime import datetime

from django.db.models import Count, Q

from vungxanh.accounts.values.starting import StartLine
from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.duties.models import Occurrence
from vungxanh.duties.queries.lines import owed_by
from vungxanh.duties.rules import State
from vungxanh.duties.values import VIEW
from vungxanh.refusals import Words

PAGE = "duties-work"


def start_lines(viewer: Viewer, *, at: datetime) -> tuple[StartLine, ...]:
    """How much of the viewer's own work waits, overdue or due today; nothing where none does.

    One query, none without the right.
    """
    if not viewer.may(VIEW):
        return ()
    mine = Occurrence.objects.filter(owed_by(viewer), state=State.OPEN).order_by()
    counted = mine.aggregate(
        n_late=Count("id", filter=Q(due_at__lt=at)),
        n_ahead=Count("id", filter=Q(due_at__gte=at, day=at.astimezone(clock.TZ).date())),
    )
    n, n_late = counted["n_late"] + counted["n_ahead"], counted["n_late"]
    return (StartLine(_words(n, n_late), PAGE, is_late=n_late > 0),) if n else ()


def _words(n: int, n_late: int) -> Words:
    """“Việc hôm nay: 3 việc, 1 quá hạn”.

    >>> _words(3, 1).vi, _words(1, 0).en
    ('Việc hôm nay: 3 việc, 1 quá hạn', 'Work of today: 1 thing')
    """
    vi = f"Việc hôm nay: {n} việc" + (f", {n_late} quá hạn" if n_late else "")
    en = f"Work of today: {n} thing{'' if n == 1 else 's'}"
    return Words(vi, en + (f", {n_late} overdue" if n_late else ""))

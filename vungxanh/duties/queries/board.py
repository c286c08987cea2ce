"""The wall: what came today and what is missing."""

from collections.abc import Callable
from datetime import date, datetime

from vungxanh.core.viewer import Viewer
from vungxanh.duties.queries.lines import lines, occurrences, owed_to
from vungxanh.duties.rules import State
from vungxanh.duties.values import VIEW, Board, WorkLine


def board(day: date, *, viewer: Viewer, at: datetime, kind: str = "") -> Board:
    """All that is owed to the viewer's area on a day, parted by what became of it; one query."""
    viewer.require(VIEW)
    found = occurrences().filter(owed_to(viewer), day=day).exclude(state=State.CANCELLED)
    if kind:
        found = found.filter(duty__kind=kind)
    shown = lines(found.order_by("due_at", "duty__title", "id"), at)
    return Board(
        day=day,
        missing=_of(shown, lambda one: one.is_overdue),
        awaited=_of(shown, lambda one: one.state is State.OPEN and not one.is_overdue),
        late=_of(shown, lambda one: one.met_at is not None and one.was_late),
        come=_of(shown, lambda one: one.met_at is not None and not one.was_late),
        waived=_of(shown, lambda one: one.state is State.WAIVED and one.met_at is None),
    )


def kinds_of_day(day: date, *, viewer: Viewer) -> tuple[str, ...]:
    """The sorts of duties of a day; one query."""
    viewer.require(VIEW)
    found = occurrences().filter(owed_to(viewer), day=day)
    return tuple(found.order_by("duty__kind").values_list("duty__kind", flat=True).distinct())


def _of(shown: tuple[WorkLine, ...], fits: Callable[[WorkLine], bool]) -> tuple[WorkLine, ...]:
    return tuple(one for one in shown if fits(one))

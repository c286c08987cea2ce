"""Work of today, one occurrence, all of a duty."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from vungxanh.core import clock
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.duties.models import Occurrence
from vungxanh.duties.queries.lines import line, lines, occurrences, owed_by, owed_to, visible_time
from vungxanh.duties.rules import MET, State
from vungxanh.duties.values import MANAGE, VIEW, WorkLine

SOON = timedelta(days=3)
AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody is to do: overdue first, then today, then soon; and what is done.

    `done` is what was met today, and what was due today and is met.

    At most `AT_MOST` of each; `n_more` says how many overdue ones are not listed.
    """

    overdue: tuple[WorkLine, ...]
    today: tuple[WorkLine, ...]
    soon: tuple[WorkLine, ...]
    done: tuple[WorkLine, ...]
    n_more: int = 0

    @property
    def n_open(self) -> int:
        """How many wait, today's and overdue ones."""
        return len(self.overdue) + len(self.today) + self.n_more


def work(viewer: Viewer, *, at: datetime) -> Work:
    """The viewer's own work; three queries, one more where overdue ones are not all listed."""
    mine = occurrences().filter(owed_by(viewer))
    today = at.astimezone(clock.TZ).date()
    waiting = mine.filter(state=State.OPEN).order_by("due_at", "id")
    overdue = waiting.filter(due_at__lt=at)
    listed = overdue[:AT_MOST]
    ahead = lines(waiting.filter(due_at__gte=at, due_at__lt=at + SOON)[:AT_MOST], at)
    midnight = datetime.combine(today, time(), clock.TZ)
    of_today = Q(day=today) | Q(met_at__gte=midnight, met_at__lte=at)
    done = mine.filter(of_today, state__in=list(MET)).order_by("-met_at", "id")
    late = lines(listed, at)
    return Work(
        overdue=late,
        today=tuple(one for one in ahead if one.day == today),
        soon=tuple(one for one in ahead if one.day > today),
        done=lines(done[:AT_MOST], at),
        n_more=overdue.count() - len(late) if len(late) == AT_MOST else 0,
    )


def proposals(viewer: Viewer, *, at: datetime) -> tuple[WorkLine, ...]:
    """What waits for the viewer's word on telling the next unit up; one query."""
    if not viewer.may(MANAGE):
        return ()
    found = occurrences().filter(
        owed_to(viewer), state=State.OPEN, proposed_at__isnull=False, answered_at__isnull=True
    )
    return lines(found.order_by("due_at", "id")[:AT_MOST], at)


def occurrence(occurrence_id: UUID, *, viewer: Viewer, at: datetime) -> WorkLine:
    """One that the viewer may see; MissingError for any other."""
    viewer.require(VIEW)
    found = occurrences().filter(visible_time(viewer), id=occurrence_id).first()
    if found is None:
        raise MissingError
    return line(found, at)


def for_duty(duty_id: UUID, *, viewer: Viewer, at: datetime, page: object = 1) -> Page[WorkLine]:
    """All times of a duty, the latest first."""
    viewer.require(VIEW)
    rows: Page[Occurrence] = numbered(
        occurrences().filter(visible_time(viewer), duty_id=duty_id).order_by("-due_at", "-id"), page
    )
    return Page(lines(rows, at), rows.number, rows.n_pages, rows.n_rows)

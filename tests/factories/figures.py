"""Figures for tests: tables recorded through the room's own actions."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.locations.values import UnitId
from vungxanh.uptake import actions
from vungxanh.uptake.actions import Draft, Origin
from vungxanh.uptake.models import Submission
from vungxanh.uptake.values import NewFact

AT = datetime(2021, 5, 27, 2, 0, tzinfo=UTC)
BINH_DINH = UnitId("vn-2021:52")
QUY_NHON = UnitId("vn-2021:540")
ANNEX = Path(__file__).parents[2] / "vungxanh/uptake/published/binh-dinh-2021-05-26.csv"
Count = tuple[str, str, int, date]


def facts(counts: Iterable[Count]) -> tuple[NewFact, ...]:
    """Unit, element, value and day of each figure."""
    return tuple(
        NewFact(UnitId(unit), element, value, clock.day_start(day))
        for unit, element, value, day in counts
    )


def recorded(
    counts: Iterable[Count],
    *,
    scope: UnitId = BINH_DINH,
    by: Viewer = SYSTEM,
    at: datetime = AT,
    source: str = "Bảng thử",
    published: bool = True,
) -> Submission:
    """A table that counts; open to anyone unless said otherwise."""
    listed = facts(counts)
    draft = Draft(scope, max(f.as_of for f in listed), Origin(source, "entry"), listed)
    submission = actions.save_draft(draft=draft, by=by, at=at)
    actions.record_submission(submission_id=submission.id, by=by, at=at)
    if published:
        actions.publish_submission(submission_id=submission.id, by=by, at=at)
    return submission

"""The care of somebody ill: what a call leads to, how its time stands, until when it is undone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from vungxanh.declarations.values.states import CareResult, CareState
from vungxanh.refusals import Words

SEE, HANDLE, CORRECT = "declarations.see_ill", "declarations.handle", "declarations.correct"
ILL, RAISED = "declarations.ill", "declarations.ill_raised"
"""Sorts of duties: of the health station, and of the unit above once its time is over."""
PURPOSE: Final = "care"
"""Why the persons of the list are looked at, of the installation's list of purposes."""
UNDO: Final = timedelta(minutes=10)
CLAIM: Final = timedelta(minutes=30)
"""How long one who said "I call" keeps others from it."""
MINUTES: Final = 120
"""Within which somebody ill is called, where the rules say nothing else."""
LONGEST_NOTE: Final = 1000
MOST_UNREACHED: Final = 3
"""After so many calls that reached nobody, somebody goes there."""
FURTHEST_FOLLOW_DAYS: Final = 21


class Clock(StrEnum):
    """How the time to call stands."""

    IN_TIME = "in_time"
    AT_RISK = "at_risk"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Ill:
    """Somebody who declared that they are ill: what the health station has to know of it."""

    declaration_id: UUID
    person_id: int
    unit_id: str
    received_at: datetime
    minutes: int = MINUTES


@dataclass(frozen=True, slots=True)
class Said:
    """What came of a call, and what follows: called again then, or looked after on that day."""

    result: CareResult
    note: str = field(default="", repr=False)
    again_at: datetime | None = None
    follow_on: date | None = None


_LEADS = {
    CareResult.HOME_WATCH: CareState.HANDLED,
    CareResult.TEST: CareState.HANDLED,
    CareResult.HOSPITAL: CareState.HANDLED,
    CareResult.NOT_ILL: CareState.CLOSED,
    CareResult.MOVED: CareState.CLOSED,
    CareResult.NOT_REACHED: CareState.OPEN,
}
WAITING: Final = frozenset({CareState.OPEN, CareState.CALLING})
FOLLOWED: Final = frozenset({CareResult.HOME_WATCH, CareResult.TEST})
"""Who stays at home, or is to be tested, is called again: their plan has a day."""


def state_after(result: CareResult) -> CareState:
    """What a care becomes by a call.

    >>> state_after(CareResult.NOT_REACHED).value, state_after(CareResult.TEST).value
    ('open', 'handled')
    """
    return _LEADS[result]


def clock_of(*, opened_at: datetime, due_at: datetime, at: datetime) -> Clock:
    """In time, at risk in the last quarter of the time, over after the due time itself.

    >>> from datetime import UTC
    >>> began = datetime(2026, 3, 2, 2, tzinfo=UTC)
    >>> due = began + timedelta(minutes=120)
    >>> times = (0, 90, 120, 121)
    >>> ats = [began + timedelta(minutes=n) for n in times]
    >>> [clock_of(opened_at=began, due_at=due, at=one).value for one in ats]
    ['in_time', 'at_risk', 'at_risk', 'over']
    """
    if at > due_at:
        return Clock.OVER
    return Clock.AT_RISK if due_at - at <= (due_at - opened_at) / 4 else Clock.IN_TIME


def due_at_of(received_at: datetime, minutes: int) -> datetime:
    """When somebody must have been called: whole minutes, rounded up."""
    due = received_at + timedelta(minutes=minutes)
    whole = due.replace(second=0, microsecond=0)
    return whole if whole == due else whole + timedelta(minutes=1)


def may_undo(*, called_at: datetime, at: datetime) -> bool:
    """Whether what was noted a moment ago may still be taken back."""
    return called_at <= at <= called_at + UNDO


def is_held(claimed_at: datetime | None, at: datetime) -> bool:
    """Whether somebody who said "I call" still keeps others from it."""
    return claimed_at is not None and at < claimed_at + CLAIM


def next_holder(above: Sequence[str], staffed: Sequence[str]) -> str | None:
    """Which of the units above takes over: the nearest in which somebody acts, else the nearest.

    >>> next_holder(["the province of today", "the district of then"], ["the district of then"])
    'the district of then'
    >>> next_holder(["the province of today"], []), next_holder([], [])
    ('the province of today', None)
    """
    acting = [one for one in above if one in set(staffed)]
    return next(iter([*acting, *above]), None)


RESULT_WORDS = {
    CareResult.HOME_WATCH: Words("Theo dõi tại nhà", "Watched at home"),
    CareResult.TEST: Words("Hẹn xét nghiệm", "To be tested"),
    CareResult.HOSPITAL: Words("Chuyển bệnh viện", "Sent to hospital"),
    CareResult.NOT_ILL: Words("Không có dấu hiệu bệnh", "Not ill"),
    CareResult.NOT_REACHED: Words("Chưa liên lạc được, gọi lại sau", "Not reached, call again"),
    CareResult.MOVED: Words("Không còn ở địa bàn", "No longer in the area"),
}
STATE_WORDS = {
    CareState.OPEN: Words("Chờ gọi", "To be called"),
    CareState.CALLING: Words("Đang gọi", "Being called"),
    CareState.HANDLED: Words("Đã gọi, đang theo dõi", "Called, followed"),
    CareState.CLOSED: Words("Đã xong", "Done"),
}
SIGN_WORDS = {
    "fever": Words("sốt", "fever"),
    "cough": Words("ho", "cough"),
    "breathless": Words("khó thở", "breathlessness"),
    "pneumonia": Words("viêm phổi", "pneumonia"),
    "sore_throat": Words("đau họng", "sore throat"),
    "fatigue": Words("mệt mỏi", "fatigue"),
}
"""Signs as every form calls them; a form's own words stand in its questionnaire."""

"""Pure decisions on duties: when they fall due, what becomes of them, when somebody is reminded."""

from vungxanh.duties.rules.recurrence import (
    HORIZON,
    BadRecurrenceError,
    Schedule,
    due_times,
    recurrence,
)
from vungxanh.duties.rules.reminders import PACES, Pace, Step, step_at, step_to_take
from vungxanh.duties.rules.states import (
    ENDED,
    MET,
    HolderKind,
    SourceKind,
    State,
    is_overdue,
    may_be_met,
    state_when_met,
)

__all__ = [
    "ENDED",
    "HORIZON",
    "MET",
    "PACES",
    "BadRecurrenceError",
    "HolderKind",
    "Pace",
    "Schedule",
    "SourceKind",
    "State",
    "Step",
    "due_times",
    "is_overdue",
    "may_be_met",
    "recurrence",
    "state_when_met",
    "step_at",
    "step_to_take",
]

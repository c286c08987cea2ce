"""What was done about one occurrence, as the log has it."""

from dataclasses import dataclass
from datetime import datetime

from vungxanh.audit.queries import Filter, events
from vungxanh.core.viewer import SYSTEM
from vungxanh.duties.rules import Step
from vungxanh.duties.values import STEP_WORDS, WorkLine
from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was done: what and when, and how many were written to where it was told."""

    words: Words
    at: datetime
    n_told: int | None


def history(line: WorkLine) -> tuple[Told, ...]:
    """Everything done about an occurrence that the viewer may see, the newest first; one query.

    Who did it stays in the log, for those who may read that.
    """
    found = events(Filter(subject=f"occurrence:{line.id}"), viewer=SYSTEM)
    return tuple(
        Told(_words(str(one.detail.get("step", "")), one.words), one.at, _n_told(one.detail))
        for one in found
    )


def _words(step: str, otherwise: Words) -> Words:
    return STEP_WORDS[Step(step)] if step in list(Step) else otherwise


def _n_told(detail: object) -> int | None:
    told = detail.get("told") if isinstance(detail, dict) else None
    return told if isinstance(told, int) else None

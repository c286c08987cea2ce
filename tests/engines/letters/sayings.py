"""Deadlines and as-of in one short line each, so that a table of wordings can be read."""

import datetime as dt

from vungxanh.engines.letters.deadlines import Timed, find_times
from vungxanh.engines.letters.moments import LetterDay
from vungxanh.engines.letters.passages import Passage
from vungxanh.engines.letters.types import Deadline, DeadlineType, Recurrence

LETTER = LetterDay(day=dt.date(2021, 8, 5))


def said(text: str, known: LetterDay = LETTER) -> str:
    """All that a text says of time: deadlines in order, then as-of."""
    times = find_times(Passage.of(text), known)
    as_of = [f"as of {_plain(one.value)}" for one in times.as_of]
    return "; ".join([*(in_short(one.deadline) for one in times.deadlines), *as_of])


def in_short(deadline: Deadline) -> str:
    """ "before 2021-08-28T17:00:00", "until … from …", "daily before 16:00 2 times"."""
    if deadline.recurrence is not None:
        return rhythm_in_short(deadline.recurrence)
    if deadline.type in (DeadlineType.BEFORE, DeadlineType.BY):
        return f"{deadline.type} {_plain(deadline.value)}"
    if deadline.type is DeadlineType.UNTIL:
        return f"until {_plain(deadline.value)} from {_plain(deadline.start)}"
    return str(deadline.type)


def rhythm_in_short(rhythm: Recurrence) -> str:
    """A rhythm with what is known of it."""
    parts = {
        "before": rhythm.before_time,
        "times": rhythm.min_times,
        "until": rhythm.until and _plain(rhythm.until),
        "every": rhythm.every and f"«{rhythm.every}»",
    }
    return " ".join([rhythm.freq, *(f"{name} {part}" for name, part in parts.items() if part)])


def timed(text: str, known: LetterDay = LETTER) -> tuple[Timed, ...]:
    """The deadlines of a text."""
    return find_times(Passage.of(text), known).deadlines


def _plain(value: str | None) -> str:
    return "?" if value is None else value.removesuffix("+07:00")

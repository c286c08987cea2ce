"""When orders are due, and what moment figures are of.

`find_deadlines` reads every deadline of a passage in order, `find_as_of` every moment that
figures are of; no stretch is read as both. `merged` makes one deadline of all that one order says.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from vungxanh.engines.letters.passages import Passage
from vungxanh.engines.letters.times.as_of import read_as_of
from vungxanh.engines.letters.times.dated import read_dated
from vungxanh.engines.letters.times.letterday import LetterDay
from vungxanh.engines.letters.times.loose import read_immediate, read_relative, read_unspecified
from vungxanh.engines.letters.times.merging import merged
from vungxanh.engines.letters.times.ranges import read_ranges
from vungxanh.engines.letters.times.rhythms import read_continuous, read_daily, read_periodic
from vungxanh.engines.letters.times.timeline import AsOf, Timed, Timeline

__all__ = ["AsOf", "Timed", "Times", "find_as_of", "find_deadlines", "find_times", "merged"]

# Each rule reads what those before it left; the order is the grammar.
_RULES: Final[tuple[Callable[[Timeline], Iterator[Timed | AsOf]], ...]] = (
    read_daily,
    read_periodic,
    read_relative,
    read_ranges,
    read_as_of,
    read_dated,
    read_continuous,
    read_immediate,
    read_unspecified,
)
_NOTHING: Final = LetterDay()


@dataclass(frozen=True, slots=True)
class Times:
    """All that a passage says of time, both in order; no stretch is in both."""

    deadlines: tuple[Timed, ...]
    as_of: tuple[AsOf, ...]


def find_times(passage: Passage, known: LetterDay = _NOTHING) -> Times:
    """Deadlines and as-of of a passage in one go; `known` gives years to days without one."""
    line = Timeline.of(passage, known)
    found = sorted((one for rule in _RULES for one in rule(line)), key=lambda one: one.start)
    return Times(
        tuple(one for one in found if isinstance(one, Timed)),
        tuple(one for one in found if isinstance(one, AsOf)),
    )


def find_deadlines(passage: Passage, known: LetterDay = _NOTHING) -> tuple[Timed, ...]:
    """Every deadline of a passage, in order."""
    return find_times(passage, known).deadlines


def find_as_of(passage: Passage, known: LetterDay = _NOTHING) -> tuple[AsOf, ...]:
    """Every day or moment that figures of a passage are of, in order."""
    return find_times(passage, known).as_of

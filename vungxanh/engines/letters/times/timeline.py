"""What the rules of times share: a passage, its moments, the letter's day, what is read already."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from vungxanh.engines.letters.passages import Passage, Span, words
from vungxanh.engines.letters.times.joining import Moment, find_moments
from vungxanh.engines.letters.times.letterday import LetterDay
from vungxanh.engines.letters.times.speech import Side
from vungxanh.engines.letters.times.taken import Taken
from vungxanh.engines.letters.times.values import Stretch, stretch_of
from vungxanh.engines.letters.types import Deadline, DeadlineType, Recurrence

_CLAUSE_END: Final = words(r"[.;](?: |$)")
_CLAUSE_BEFORE: Final = 200  # characters of a clause that a rule looks back at
_CLAUSE_AFTER: Final = 90
EDGE: Final = 64  # characters in which the cue just before a moment is looked for


@dataclass(frozen=True, slots=True)
class Timed:
    """A deadline and where its words stand in the passage; `rule` names what read it."""

    start: int
    end: int
    deadline: Deadline
    rule: str


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day (date) or moment (date-time) that figures are of, and where it stands.

    `value` is None where the year cannot be known or the calendar has no such day.
    """

    start: int
    end: int
    value: str | None
    text: str
    rule: str
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A passage with its moments, for the rules to go over one after another."""

    passage: Passage
    known: LetterDay
    moments: Sequence[Moment]
    taken: Taken = field(repr=False)

    @classmethod
    def of(cls, passage: Passage, known: LetterDay) -> "Timeline":
        """The moments of a passage, nothing of it read yet."""
        return cls(passage, known, find_moments(passage), Taken(len(passage.text)))

    def free(self) -> Iterator[Moment]:
        """The moments that no rule has read."""
        for moment in self.moments:
            if not self.taken.has(moment.start, moment.end):
                yield moment

    def near(self, start: int, end: int) -> list[Moment]:
        """The moments around a stretch that no rule has read, in order."""
        first = bisect(self.moments, start - EDGE, key=lambda moment: moment.end)
        last = bisect(self.moments, end + EDGE, key=lambda moment: moment.start)
        near = self.moments[first:last]
        return [moment for moment in near if not self.taken.has(moment.start, moment.end)]

    def within(self, start: int, end: int) -> list[Moment]:
        """The moments that no rule has read and that share characters with a stretch."""
        return [m for m in self.near(start, end) if m.start < end and start < m.end]

    def before(self, at: int, length: int = _CLAUSE_BEFORE) -> str:
        """What stands before a position in its clause, folded."""
        stretch = self.passage.folded[max(at - length, 0) : at]
        ends = [match.end() for match in _CLAUSE_END.finditer(stretch)]
        return stretch[ends[-1] :] if ends else stretch

    def after(self, at: int, length: int = _CLAUSE_AFTER) -> str:
        """What stands after a position in its clause, folded."""
        stretch = self.passage.folded[at : at + length]
        end = _CLAUSE_END.search(stretch)
        return stretch[: end.start()] if end else stretch

    def stretch(self, moment: Moment, *, is_ahead: bool = True) -> Stretch:
        """The days of a moment by the letter's own date."""
        return stretch_of(moment, self.known, is_ahead=is_ahead)

    def is_past(self, stretch: Stretch) -> bool:
        """Whether the days lie before the letter can have been written."""
        earliest = self.known.earliest
        return earliest is not None and stretch.last is not None and stretch.last < earliest

    def quoted(self, start: int, end: int) -> tuple[int, int]:
        """A stretch without blanks before it and with the bracket that closes what it opens."""
        text = self.passage.text
        start += len(text[start:end]) - len(text[start:end].lstrip(" ,:("))
        is_open = text.count("(", start, end) > text.count(")", start, end)
        return start, end + 1 if is_open and text[end : end + 1] == ")" else end

    def as_of(self, start: int, moment: Moment, rule: str) -> AsOf:
        """A moment that figures are of, with its cue; the stretch is then taken."""
        stretch = self.stretch(moment, is_ahead=False)
        start, end = self.quoted(start, moment.end)
        self.taken.add(start, end)
        text = self.passage.text[start:end]
        return AsOf(start, end, stretch.as_of(), text, rule, stretch.evidence)

    def side_of(self, stretch: Stretch) -> Side:
        """Whether the days certainly lie before or after the letter's own."""
        latest = self.known.latest
        if latest is not None and stretch.first is not None and stretch.first > latest:
            return Side.FUTURE
        return Side.PAST if self.is_past(stretch) else Side.UNSURE

    def timed(self, span: Span, deadline: Deadline, rule: str) -> Timed:
        """A reading of a stretch, quoted and located; the stretch is then taken."""
        start, end = self.quoted(*span)
        self.taken.add(start, end)
        text = self.passage.text[start:end]
        quoted = Deadline(
            deadline.type,
            deadline.value,
            deadline.exclusive,
            deadline.start,
            deadline.recurrence,
            text,
            self.passage.span(start, end),
            deadline.evidence,
        )
        return Timed(start, end, quoted, rule)


def recurring(recurrence: Recurrence) -> Deadline:
    """A deadline that comes back."""
    return Deadline(DeadlineType.RECURRING, recurrence=recurrence)

"""What every rule about a letter looks at, and how it says where a fault stands."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vungxanh.engines.checks import Figure, Finding
from vungxanh.engines.checks.types import Severity
from vungxanh.engines.letters.moments import Moment, find_moments
from vungxanh.engines.letters.passages import Passage, Span
from vungxanh.engines.letters.types import Reading
from vungxanh.refusals import Words

_COUNTRY: Final = "country"  # where nobody told of a tree
_LONGEST: Final = 90
_SEEN: Final = 4 * _LONGEST  # blanks and broken lines among them
# A clause ends at a semicolon, or at a full stop before a capital; "TP. Bắc Giang" goes on.
_END: Final = re.compile(
    r";\s|(?<!\bTP)(?<!\bTp)(?<!\bTX)(?<!\bTT)(?<!\bKT)(?<!\bTM)(?<!\bTL)[.!?]\s(?=[^\Wa-zà-ỹ_]|[-“(])"
)


@dataclass(frozen=True, slots=True)
class LetterCase:
    """A reading with the figures published earlier.

    `whole` is the letter as one reflowed passage, for rules that read it themselves; `ends` are
    the places in it where a clause ends, `moments` the days and hours that it names. `country` is
    the id under which `history` knows the country.
    """

    reading: Reading
    whole: Passage
    ends: tuple[int, ...]
    moments: tuple[Moment, ...]
    history: tuple[Figure, ...] = ()
    country: str = _COUNTRY

    @classmethod
    def of(
        cls, reading: Reading, history: Iterable[Figure] = (), country: str | None = None
    ) -> "LetterCase":
        """The case of a reading."""
        whole = Passage.of(reading.text)
        ends = tuple(match.end() for match in _END.finditer(whole.text))
        named = country or _COUNTRY
        return cls(reading, whole, ends, find_moments(whole), tuple(history), named)

    def place(self, offset: int) -> int:
        """Where an offset of the letter stands in `whole`."""
        return bisect_left(self.whole.offsets, offset)

    def clause(self, span: Span) -> int:
        """The number of the clause in which a span begins."""
        return bisect_right(self.ends, self.place(span[0]))

    def clause_span(self, span: Span) -> Span:
        """The clause in which a span begins, as a place of the letter."""
        number = self.clause(span)
        start = self.ends[number - 1] if number else 0
        end = self.ends[number] if number < len(self.ends) else len(self.whole.text)
        is_parted = end > start and self.whole.text[end - 1] == " "
        return self.whole.span(start, end - is_parted)

    def between(self, one: Span, other: Span) -> str:
        """The folded words between two spans."""
        return self.whole.folded[self.place(one[1]) : self.place(other[0])]

    def quote(self, span: Span) -> str:
        """The words at a span, on one line, shortened."""
        start, end = span
        text = Passage.of(self.reading.text, start, min(end, start + _SEEN)).text
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"

    def where(self, span: Span) -> str:
        """The place of a span in the letter's own words: the beginning of its clause."""
        return f"“{self.quote(self.clause_span(span))}”"


def fault(
    case: LetterCase,
    span: Span,
    message: Words,
    /,
    *,
    code: str,
    severity: Severity,
    claim: str | None = None,
    found: str | None = None,
    expected: str | None = None,
) -> Finding:
    """A finding at a place of the letter, quoting it."""
    return Finding(
        code=code,
        severity=severity,
        where=case.where(span),
        message=message,
        claim=case.quote(span) if claim is None else claim,
        found=found,
        expected=expected,
        span=span,
    )

"""The time of day as letters write it: 17h00', 16 giờ 30 phút, 16g30, 10 giờ sáng, 17:00."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vungxanh.engines.letters.passages import Passage, words
from vungxanh.engines.letters.times.spelling import is_one_of

MIDNIGHT_HOUR = 24  # "24h00" is the end of the day that it stands with
LAST_MINUTE = 59
NOON = 12

_HOUR_WORDS: Final = words(
    r"(?<![\d.,/:])(\d{1,2}) ?(?:"
    r"(?:giờ|h) ?(\d\d|oo)(?![\d.,/]\d|\d)(?: ?(?:phút|ph\b|p\b|['’′´`ʹ]+))?"
    r"|g(\d\d|oo)(?!\d)(?:['’′´`ʹ]+)?"
    r"|(?:giờ|h)(?![a-z0-9])['’′´`ʹ]*"
    r")"
)
_POINT: Final = words(r"(?<![\d.,/:])(\d{1,2})[.,](\d\d) ?(?:giờ|h)(?![a-z0-9])")
_COLON: Final = re.compile(r"(?<![\d.,/:])(\d{1,2}):(\d\d)(?![\d:])")
_CLOCKISH: Final = re.compile(r"\d ?[hg:]")
_PART: Final = words(r" ?\(?(sáng|trưa|chiều|tối|đêm)\b(?P<of_day> (?:nay|mai)\b)?")
_SPELT: Final = {"sang": "sáng", "trua": "trưa", "chieu": "chiều", "toi": "tối", "dem": "đêm"}
# From which hour a part of the day counts in the second half: "2 giờ chiều", "9 giờ tối".
_SECOND_HALF: Final = {"trua": range(1, 4), "chieu": range(1, 12), "toi": range(5, 12)}
_NIGHT: Final = range(6, 12)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; 24:00 is the end of the day."""

    hour: int
    minute: int = 0

    @property
    def is_possible(self) -> bool:
        """Whether a day has this time.

        >>> Clock(24).is_possible, Clock(24, 30).is_possible, Clock(17, 75).is_possible
        (True, False, False)
        """
        if self.hour == MIDNIGHT_HOUR:
            return self.minute == 0
        return self.hour < MIDNIGHT_HOUR and self.minute <= LAST_MINUTE

    def __str__(self) -> str:
        return f"{self.hour:02}:{self.minute:02}"


@dataclass(frozen=True, slots=True)
class ClockAt:
    """A clock and where its words stand in the passage."""

    start: int
    end: int
    clock: Clock


def find_clocks(passage: Passage) -> tuple[ClockAt, ...]:
    """Every time of day, with its part of the day ("2 giờ chiều" is 14:00).

    >>> [str(at.clock) for at in find_clocks(Passage.of("17h00’, 16g30, 2 giờ chiều, 17:00"))]
    ['17:00', '16:30', '14:00', '17:00']
    """
    found = sorted(_written(passage), key=lambda at: at.start)
    return tuple(_with_part(passage, at) for at in found)


def _written(passage: Passage) -> Iterator[ClockAt]:
    if _CLOCKISH.search(passage.folded) is None:
        return
    for match in _HOUR_WORDS.finditer(passage.folded):
        minute = (match[2] or match[3] or "0").replace("o", "0")
        yield ClockAt(match.start(), match.end(), Clock(int(match[1]), int(minute)))
    for match in (*_COLON.finditer(passage.folded), *_POINT.finditer(passage.folded)):
        yield ClockAt(match.start(), match.end(), Clock(int(match[1]), int(match[2])))


def _with_part(passage: Passage, at: ClockAt) -> ClockAt:
    part = _PART.match(passage.folded, at.end)
    if part is None or not is_one_of(passage, part.span(1), [_SPELT[part[1]]]):
        return at
    clock = Clock(_hour_in_part(at.clock.hour, part[1]), at.clock.minute)
    return ClockAt(at.start, at.end if part["of_day"] else part.end(1), clock)


def _hour_in_part(hour: int, part: str) -> int:
    if hour == NOON and part in ("toi", "dem"):
        return MIDNIGHT_HOUR
    if hour in _SECOND_HALF.get(part, ()) or (part == "dem" and hour in _NIGHT):
        return hour + NOON
    return hour

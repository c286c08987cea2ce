"""What figures are asked for, and what they are, as pages and files show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from vungxanh.declarations.rules.figures import NOBODY, Followed, Tally
from vungxanh.declarations.values.states import Way
from vungxanh.refusals import Words

FIGURES: Final = "declarations.figures"
FORMS: Final = "declarations.forms"
"""Who manages forms says who has to fill them in."""
ILL, WELL = "ill", "well"
MOST_DAYS: Final = 31
LEAST_TOLD: Final = 5
"""The public is told no smaller count: who knows a place might know the people."""

WAY_WORDS: Final = {
    Way.SELF: Words("Tự khai", "For oneself"),
    Way.DEPENDANT: Words("Khai cho người thân", "For family"),
    Way.OFFICER: Words("Cán bộ khai hộ", "By an officer"),
    Way.KEEPER: Words("Người trực khai hộ", "By a keeper"),
    Way.LINK: Words("Qua đường dẫn trong tin nhắn", "By a link in a message"),
    Way.PAPER: Words("Tờ khai giấy", "On paper"),
}
LANGUAGE_WORDS: Final = {
    "vi": Words("Tiếng Việt", "Vietnamese"),
    "en": Words("Tiếng Anh", "English"),
    "zh": Words("Tiếng Trung", "Chinese"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Days from one to another, both in, at most `MOST_DAYS`; a form and a way, empty for all."""

    first: date
    last: date
    form: str = ""
    way: str = ""

    @property
    def days(self) -> list[date]:
        """All of them in order."""
        n = (self.last - self.first).days + 1
        return [self.first + timedelta(days=one) for one in range(n)]


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of an area: in all, by the unit below, by day, by form and by way.

    `elsewhere` are declarations of people of the area whose commune is known too roughly for a row
    of its own. `languages` is empty where it was not asked. `median` and `slowest` (of nine in ten)
    are None where so many were not called yet.
    """

    asked: Asked
    at: datetime
    whole: Tally
    by_unit: Mapping[str, Tally]
    by_day: Mapping[date, Tally]
    by_form: Mapping[str, Tally]
    by_way: Mapping[str, Tally]
    followed: Followed
    followed_by_unit: Mapping[str, Followed]
    median: timedelta | None
    slowest: timedelta | None
    languages: Mapping[str, int]
    elsewhere: Tally = NOBODY

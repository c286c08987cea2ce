"""What the page of who reported when is asked for, and what it shows: finished types and words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from urllib.parse import urlencode
from uuid import UUID

from vungxanh.core.paging import Page
from vungxanh.core.shown import Choice, Tone
from vungxanh.core.shown import Mark as Chip
from vungxanh.documents import vietnamese
from vungxanh.engines import coverage
from vungxanh.refusals import Words
from vungxanh.uptake.rules.standing import Mark, Marks, Tally

LENGTHS = (7, 14, 31)
MARKS: Mapping[Mark, tuple[str, Tone, str, Words]] = {
    Mark.MISSING: ("thieu", "bad", "", Words("Thiếu", "Missing")),
    Mark.LATE: ("tre", "warn", "", Words("Trễ", "Late")),
    Mark.ON_TIME: ("dung-han", "ok", "", Words("Đúng hạn", "On time")),
    Mark.AWAITED: ("cho", "none", "clock", Words("Chưa đến hạn", "Not due yet")),
    Mark.WAIVED: ("mien", "info", "", Words("Được miễn", "Waived")),
    Mark.REVISED: ("da-sua", "info", "history", Words("Đã sửa", "Revised")),
    Mark.ZERO: ("bang-khong", "none", "minus", Words("Bằng 0", "Zero")),
}
"""Of each mark: its name in addresses, its tone, its sign where not that of the tone, its words."""
MARK_OF_SLUG = {said[0]: mark for mark, said in MARKS.items()}


@dataclass(frozen=True, slots=True)
class StandingLook:
    """The reader's choices: form, area, last day and number of days, mark, order, page."""

    last: date
    form: UUID | None = None
    area: str = ""
    n_days: int = 14
    mark: Mark | None = None
    by_name: bool = False
    page: int = 1
    lang: str = "vi"

    @property
    def first(self) -> date:
        """The first day that is shown."""
        return self.last - timedelta(days=self.n_days - 1)

    def kept(self, **changes: object) -> dict[str, str]:
        """The choices as an address writes them, some of them changed; empty ones are left out."""
        chosen: dict[str, object] = {
            "mau": self.form,
            "dia-ban": self.area,
            "den": self.last.isoformat(),
            "so-ngay": None if self.n_days == LENGTHS[1] else self.n_days,
            "trang-thai": MARKS[self.mark][0] if self.mark else None,
            "xep": "ten" if self.by_name else None,
            **changes,
        }
        return {name: str(value) for name, value in chosen.items() if value}

    def url(self, **changes: object) -> str:
        """The address of this page with some choices changed."""
        return f"?{urlencode(self.kept(**changes))}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a reporter: its chips, where its report is, and the same in words.

    No chips where nothing was owed.
    """

    day: date
    chips: tuple[Chip, ...]
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of the reports that were due came, and how many in time; None: none was due.

    `told` is what a table says of both: the share, and the two counts that it was made of.
    """

    tally: Tally
    came: Decimal | None
    on_time: Decimal | None
    told: tuple[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ReporterRow:
    """A reporter: its days, its rates of 7 and 30 days and of each month with its name.

    `offended`: the days that make it fail again and again.
    """

    name: str
    cells: tuple[Cell, ...]
    week: Rate
    month: Rate
    labelled: tuple[tuple[Rate, str], ...]
    offended: tuple[date, ...]

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """What its row says of 7 and of 30 days."""
        return (*self.week.told, *self.month.told)


NO_ROWS: Page[ReporterRow] = Page((), 1, 1, 0)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area below: how its reporters did on the last day, and in 7 and 30 days."""

    name: str
    url: str
    n_reporters: int
    n_missing: int
    day: Rate
    week: Rate
    month: Rate

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """What its row says of 7 and of 30 days."""
        return (*self.week.told, *self.month.told)


@dataclass(frozen=True, slots=True)
class DayLine:
    """The last day of those shown: who is missing or still has time, and how many of each mark."""

    on: date
    is_today: bool
    missing: tuple[str, ...]
    awaited: tuple[str, ...]
    n_more_missing: int
    n_more_awaited: int
    counts: tuple[tuple[Chip, int], ...]
    n_expected: int
    n_came: int


@dataclass(frozen=True, slots=True)
class StandingPage:
    """The finished page; `rows` is one page of all that fit the chosen mark.

    `days` begin with the latest; `months` are the first days of the months of the rates, the
    earliest first.
    """

    forms: tuple[Choice, ...] = ()
    areas: tuple[Choice, ...] = ()
    form: str = ""
    area: str = ""
    days: tuple[date, ...] = ()
    today: DayLine | None = None
    rows: Page[ReporterRow] = NO_ROWS
    n_reporters: int = 0
    below: tuple[AreaRow, ...] = ()
    total: AreaRow | None = None
    offenders: tuple[tuple[str, tuple[date, ...]], ...] = ()
    months: tuple[date, ...] = ()
    came: tuple[tuple[date, int], ...] = ()


@lru_cache(maxsize=4096)
def rate_of(tally: Tally, lang: str) -> Rate:
    """A tally with its shares, in the reader's language; a table has the same few many times."""
    counts = (tally.n_came, tally.n_on_time)
    came, on_time = (coverage.share_percent(one, tally.n_expected) for one in counts)
    due = vietnamese.count(tally.n_expected, lang)
    of = [f"{vietnamese.count(one, lang)}/{due}" if tally.n_expected else "" for one in counts]
    said = [vietnamese.share_percent(share, lang) for share in (came, on_time)]
    return Rate(tally, came, on_time, ((said[0], of[0]), (said[1], of[1])))


def chip_of(mark: Mark, lang: str) -> Chip:
    """A mark as a chip: colour, sign and word."""
    _, tone, icon, words = MARKS[mark]
    return Chip(tone, words.in_language(lang), icon=icon)


def chips_of(marks: Marks, lang: str) -> tuple[Chip, ...]:
    """All marks of a day as chips."""
    return tuple(chip_of(mark, lang) for mark in marks)

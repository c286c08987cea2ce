"""Opening hours as data: stretches of minutes by weekday, and whether a place is open at a moment.

Monday is 1 and Sunday 7 (ISO 8601). A stretch is half-open in minutes of that day, from 0 to 1440;
one that ends after midnight is two. Public holidays are not known here, and pages say so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

DAY: Final = 1440
WEEK: Final = 7 * DAY
TZ: Final = ZoneInfo("Asia/Ho_Chi_Minh")

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hours:
    """A week: for each day Monday to Sunday its stretches, in order and apart; () is closed."""

    days: tuple[tuple[Stretch, ...], ...]

    @property
    def is_always_open(self) -> bool:
        """Whether there is no moment of the week at which it is closed."""
        return all(day == ((0, DAY),) for day in self.days)


ALWAYS: Final = Hours((((0, DAY),),) * 7)


class OpenState(StrEnum):
    """Whether a place is open at a moment."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OpenNow:
    """Open or not, and when that changes next; `until` is None when it never does."""

    state: OpenState
    until: datetime | None = None


def open_at(hours: Hours | None, moment: datetime) -> OpenNow:
    """Whether a place is open at an aware moment, by the clock of Vietnam, and until when."""
    if hours is None:
        return OpenNow(OpenState.UNKNOWN)
    local = moment.astimezone(TZ)
    here = (local.isoweekday() - 1) * DAY + local.hour * 60 + local.minute
    stretches = week_stretches(hours)
    is_open = any(start <= here < end for start, end in stretches)
    state = OpenState.OPEN if is_open else OpenState.CLOSED
    ahead = [_ahead(edge, here) for edge in _edges(stretches, is_open=is_open)]
    if not ahead:
        return OpenNow(state)
    minute = local.replace(second=0, microsecond=0)
    return OpenNow(state, minute + timedelta(minutes=min(ahead)))


def week_stretches(hours: Hours) -> tuple[Stretch, ...]:
    """The stretches as minutes of the week from Monday 00:00, those that meet made one."""
    joined: list[Stretch] = []
    for number, day in enumerate(hours.days):
        for start, end in day:
            here = (start + number * DAY, end + number * DAY)
            if joined and joined[-1][1] == here[0]:
                joined[-1] = (joined[-1][0], here[1])
            else:
                joined.append(here)
    return tuple(joined)


def hours_of_wire(wire: Mapping[str, list[list[int]]] | None) -> Hours | None:
    """Hours as they are stored, `{"1": [[450, 690], [810, 1020]]}`; days left out are closed."""
    if not wire:
        return None
    days = (wire.get(str(number), []) for number in range(1, 8))
    return Hours(tuple(tuple((start, end) for start, end in day) for day in days))


def wire_of_hours(hours: Hours | None) -> dict[str, list[list[int]]] | None:
    """The stored form; None where hours are not known."""
    if hours is None:
        return None
    days = enumerate(hours.days, start=1)
    return {str(number): [list(stretch) for stretch in day] for number, day in days if day}


def merged(stretches: list[Stretch]) -> tuple[Stretch, ...]:
    """Stretches of one day in order, those that meet or overlap made one."""
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _edges(stretches: tuple[Stretch, ...], *, is_open: bool) -> Iterator[int]:
    """Minutes of the week at which a place that is open closes, or one that is closed opens."""
    starts, ends = ({edge[side] % WEEK for edge in stretches} for side in (0, 1))
    yield from (ends - starts) if is_open else (starts - ends)


def _ahead(edge: int, here: int) -> int:
    return (edge - here) % WEEK or WEEK

"""A running total that leaps: far more new ones in a day than the unit ever had, or can have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import Final

from vungxanh.engines.checks.sentences import Sayable, listed, say, shown, times
from vungxanh.engines.checks.types import Finding, KnownUnit
from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True)
class Running:
    """A running total of a unit as it stands on a day, and as it closed on the days before.

    `closed` holds counts of people by day; an absent day is unknown, and with none at all nobody
    was counted before. `population` are people; None is unknown.
    """

    unit: KnownUnit
    element: str
    now: int
    day: date
    closed: Mapping[date, int]
    population: int | None = None


@dataclass(frozen=True, slots=True)
class JumpLimits:
    """Up to how many new ones a day are no jump: the greatest of three.

    `least`: what one table of volunteers registers in a morning; below it nobody is asked.
    `times` the median gain of the last `n_days` days: a fortnight holds two weekends, and a median
    is not moved by an earlier jump; with under `least_days` known days it says nothing.
    `population_percent`: a village meeting reaches some of a commune, not every fiftieth person.
    """

    least: int = 30
    times: int = 5
    n_days: int = 14
    least_days: int = 5
    population_percent: int = 2


USUAL: Final = JumpLimits()


def gain_of(running: Running) -> tuple[int, int]:
    """How many are new since the day that closed last, and how many days that is; 1 at the first.

    >>> closed = {date(2026, 3, 2): 4}
    >>> gain_of(Running(KnownUnit("u", "U"), "installs", 9, date(2026, 3, 4), closed))
    (5, 2)
    """
    last = max((day for day in running.closed if day < running.day), default=None)
    if last is None:
        return running.now, 1
    return running.now - running.closed[last], (running.day - last).days


def jump(running: Running, limits: JumpLimits = USUAL) -> Iterator[Finding]:
    """A warning where more are new than the limit of a day allows, times the days since."""
    gain, n_days = gain_of(running)
    parts = list(_parts(running, limits))
    limit = n_days * max(part for part, _ in parts)
    if gain > limit:
        yield _found(running, gain, limit, why=[words for _, words in parts])


def _parts(running: Running, limits: JumpLimits) -> Iterator[tuple[Fraction, Words]]:
    """Each part of the limit of one day, with its words."""
    least = Fraction(limits.least)
    yield least, say("{n}", "{n}", n=limits.least)
    gains = _gains(running, limits.n_days)
    if len(gains) >= limits.least_days:
        yield (
            limits.times * median(gains),
            say(
                "{times} lần mức giữa {median} của {n} ngày trước",
                "{times} times the median {median} of the {n} days before",
                times=limits.times,
                median=_number(median(gains)),
                n=len(gains),
            ),
        )
    if running.population is not None:
        yield (
            Fraction(limits.population_percent * running.population, 100),
            say(
                "{percent} phần trăm của {people} dân",
                "{percent} percent of {people} people",
                percent=limits.population_percent,
                people=running.population,
            ),
        )


def _gains(running: Running, n_days: int) -> list[Fraction]:
    """The gains of the days before of which both ends are known."""
    days = (running.day - timedelta(days=n) for n in range(1, n_days + 1))
    closed = running.closed
    return [
        Fraction(closed[day] - closed[before])
        for day in days
        if day in closed and (before := day - timedelta(days=1)) in closed
    ]


def _found(running: Running, gain: int, limit: Fraction, *, why: list[Words]) -> Finding:
    return Finding(
        code="counter.jump",
        severity="warning",
        where=f"ngày {shown(running.day)}",
        message=say(
            "{unit}: đến {day} có thêm {gain} số điện thoại được xác minh, nay là {now}; mức"
            " thường thấy nhiều nhất là {limit} (số lớn nhất trong: {why}). Hỏi xem có đợt vận động"
            " không, hay có người đăng ký hàng loạt.",
            "{unit}: by {day} {gain} more telephone numbers were proved, {now} in all; the most"
            " that is usual is {limit} (the greatest of: {why}). Ask whether there was a drive, or"
            " somebody registered in bulk.",
            unit=running.unit.name,
            day=running.day,
            gain=gain,
            now=running.now,
            limit=int(limit),
            why=listed(why),
        ),
        rule=jump.__name__,
        found=shown(gain),
        expected=shown(int(limit)),
        unit=running.unit.id,
        element=running.element,
    )


def _number(value: Fraction) -> Sayable:
    """A median, which is whole or a half."""
    return times(value) if value.denominator > 1 else int(value)

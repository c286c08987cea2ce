"""Times by which something is due: their words and their reading."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from tests.engines.letters.generator.days import (
    an_hour,
    end_of,
    last_of_month,
    moment,
    spoken_hour,
    written,
    written_short,
)
from tests.engines.letters.generator.letter import Reading, Time
from tests.engines.letters.generator.scene import Scene
from tests.engines.letters.generator.tables import table

NONE: Reading = {"type": "none"}
ONCE = ["before_hour", "before_hour", "before_day", "by_hour", "by_day"]
WEEKDAYS = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]
COUNTED = {2: "hai", 3: "ba", 4: "bốn"}


def once(scene: Scene, *, kinds: Sequence[str] = ONCE, late: bool = False) -> Time:
    """A moment or a day: before it, or by it; a late one lies beyond most others."""
    kind = scene.dice.one(kinds)
    day = scene.day + timedelta(days=scene.dice.randint(20 if late else 3, 32 if late else 24))
    form = scene.dice.one(table("deadlines")[kind])
    hour, at = spoken_hour(scene.dice) if "{s}" in form else an_hour(scene.dice)
    words = scene.fill(form, h=hour, s=hour, d=_day_words(scene, day), wd=WEEKDAYS[day.weekday()])
    return Time(words, _once_reading(kind, (day, at), words))


def _once_reading(kind: str, moment_due: tuple[date, time], words: str) -> Reading:
    day, at = moment_due
    if kind.startswith("before"):
        value = moment(day, at if kind == "before_hour" else time(0, 0))
        return {"type": "before", "value": value, "exclusive": True, "text": words}
    value = moment(day, at) if kind == "by_hour" else end_of(day)
    return {"type": "by", "value": value, "text": words}


def _day_words(scene: Scene, day: date) -> str:
    """A coming day; its year may be left to the reader where the letter tells it."""
    short = day.year == scene.day.year and scene.dice.maybe(0.15)
    return written_short(day, scene.dice) if short else written(day, scene.dice)


def until(scene: Scene) -> Time:
    """From now, or from a day, to the end of a day or a month."""
    kind = scene.dice.by_weight({"until": 8, "until_month": 1, "until_from": 1})
    start = scene.day + timedelta(days=scene.dice.randint(1, 3))
    day = scene.day + timedelta(days=scene.dice.randint(7, 40))
    day = last_of_month(day) if kind == "until_month" else day
    words = scene.line_of(
        "deadlines",
        kind,
        d=_day_words(scene, day),
        d0=written(start, scene.dice),
        m=f"{day.month}/{day.year}",
    )
    begins = start if kind == "until_from" else _letter_day(scene)
    reading: Reading = {"type": "until", "value": end_of(day)}
    return Time(words, reading | {"start": begins and begins.isoformat(), "text": words})


def _letter_day(scene: Scene) -> date | None:
    return scene.day if scene.date_shown == "full" else None


def recurring(scene: Scene, kind: str) -> Time:
    """Daily, periodic or continuous, with an hour where its words name one."""
    hour, at = an_hour(scene.dice)
    words = scene.line_of("deadlines", kind, h=hour)
    recurrence: Reading = {"freq": FREQUENCIES[kind]}
    if kind.endswith("before"):
        recurrence["before_time"] = f"{at:%H:%M}"
    return Time(words, {"type": "recurring", "recurrence": recurrence, "text": words})


FREQUENCIES = {
    "daily_before": "daily",
    "daily": "daily",
    "periodic": "periodic",
    "periodic_before": "periodic",
    "continuous": "continuous",
    "continuous_after": "continuous",
}


def many_times(scene: Scene) -> Time:
    """So many times a day, perhaps until a day."""
    n = scene.dice.randint(2, 4)
    several = scene.dice.maybe(0.1)
    kind = "several" if several else "many"
    words = scene.line_of("deadlines", kind, n=scene.dice.one([f"{n:02}", str(n)]), nw=COUNTED[n])
    recurrence: Reading = {"freq": "daily", "min_times": "nhiều lần" if several else n}
    if not several and scene.dice.maybe(0.3):
        end = until(scene)
        words = f"{words}, {end.words}"
        recurrence["until"] = end.reading["value"]
    return Time(words, {"type": "recurring", "recurrence": recurrence, "text": words})


def times_target(time_due: Time) -> Reading | None:
    """What a number of times a day asks: the order's target."""
    recurrence: Any = time_due.reading["recurrence"]
    n = recurrence["min_times"]
    unit = "lượt/ngày" if "lượt" in time_due.words else "lần/ngày"
    return {"value": n, "unit": unit, "operator": ">="} if isinstance(n, int) else None


def unspecified(scene: Scene) -> Time:
    """As the rules say: a time that the letter does not tell."""
    words = scene.line_of("deadlines", "unspecified")
    return Time(words, {"type": "unspecified", "text": words})

"""Days on which offices are closed or open, as the law fixes and the Government announces them."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from vungxanh.people.rules.rights import days_of_law

N_YEARS_AHEAD = 20
FIRST_YEAR = 2026


@dataclass(frozen=True, slots=True)
class OfficeDays:
    """`closed` beside weekends, `worked` Saturdays, `announced` the years whose list was read."""

    closed: frozenset[date]
    worked: frozenset[date]
    announced: frozenset[int]


def read_office_days(toml: str) -> OfficeDays:
    """What the law closes in the coming years, and the announced days of a TOML file."""
    said = tomllib.loads(toml)
    hung_kings = {int(year): day for year, day in said["hung_kings"].items()}
    announced = said["announced"].values()
    by_law = (
        days_of_law(year, hung_kings.get(year))
        for year in range(FIRST_YEAR, FIRST_YEAR + N_YEARS_AHEAD)
    )
    return OfficeDays(
        closed=frozenset().union(*by_law, *(one["closed"] for one in announced)),
        worked=frozenset().union(*(one["worked"] for one in announced)),
        announced=frozenset(int(year) for year in said["announced"]),
    )


@lru_cache(maxsize=1)
def office_days() -> OfficeDays:
    """Those that this version knows."""
    place = resources.files("vungxanh.people").joinpath("published/holidays.toml")
    return read_office_days(place.read_text("utf-8"))


def year_to_announce(today: date) -> int | None:
    """The year whose list is missing: this one, or from December on the next; None if none is."""
    wanted = [today.year, *([today.year + 1] if today.month == 12 else [])]
    return next((year for year in wanted if year not in office_days().announced), None)

"""What the public was told of days."""

from dataclasses import dataclass
from datetime import date, datetime

from vungxanh.declarations.models import ToldDay
from vungxanh.locations.values import country_of

MOST_DAYS = 30


@dataclass(frozen=True, slots=True)
class Told:
    """A day as it was told; see `models.ToldDay`."""

    day: date
    tree: str
    least: int
    units: dict[str, list[int | None]]
    forms: dict[str, int | None]
    ways: dict[str, int | None]
    at: datetime

    def of(self, unit_id: str) -> list[int | None]:
        """All, with signs, without signs; zero where nobody of a unit declared."""
        return self.units.get(unit_id, [0, 0, 0])


def told_day(day: date | None) -> Told | None:
    """A day that was told, the last one where none is named; one query."""
    rows = ToldDay.objects.all() if day is None else ToldDay.objects.filter(day=day)
    row = rows.order_by("-day").first()
    if row is None:
        return None
    return Told(row.day, row.tree, row.least, row.units, row.forms, row.ways, row.at)


def days_told() -> list[date]:
    """The last days that were told, newest first; one query."""
    return list(ToldDay.objects.order_by("-day").values_list("day", flat=True)[:MOST_DAYS])


def course_of(unit_id: str) -> list[tuple[date, int]]:
    """All declarations of a unit on the last days, as they were told; withheld days are left out.

    Of units of the era of the last day alone; one query.
    """
    tree = unit_id.partition(":")[0]
    rows = ToldDay.objects.filter(tree=tree).order_by("-day")
    found = [
        (day, (told or [0])[0])
        for day, told in rows.values_list("day", f"units__{unit_id}")[:MOST_DAYS]
    ]
    return [(day, n) for day, n in reversed(found) if n is not None]


def country_then(told: Told) -> str:
    """The country in the units of a told day."""
    return country_of(told.tree)

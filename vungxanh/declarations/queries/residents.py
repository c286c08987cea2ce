"""How many people live in units, as far as a room above this one knows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.apps import apps


@dataclass(frozen=True, slots=True)
class Residents:
    """How many, on which day, and who says so."""

    n: int
    on: date
    source: str


def residents_of(unit_ids: Iterable[str]) -> Mapping[str, Residents]:
    """The newest published population of each unit that has one."""
    wanted = list(unit_ids)
    found: dict[str, Residents] = {}
    for config in apps.get_app_configs():
        tell = getattr(config, "residents", None)
        for unit, n, on, source in tell(wanted) if tell else ():
            found[unit] = Residents(n, on, source)
    return found

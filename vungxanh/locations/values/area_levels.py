"""Levels of areas: what is put in, what stands on a day, and what is refused."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal
from uuid import UUID

from vungxanh.engines import arealevels
from vungxanh.engines.arealevels import Criteria, Inputs
from vungxanh.locations.values.units import VENDORED, UnitId
from vungxanh.refusals import RefusalError, Words

# Who may set a level: whoever may publish figures of the area.
MAY_SET: Final = "uptake.publish"
CASES = "new_cases_per_100k_week"
DOSED = "dosed_share_percent"
CAPACITY = "treatment_capacity"
Way = Literal["computed", "decided"]
WAY_WORDS = {
    "computed": Words("tính theo tiêu chí", "computed by the criteria"),
    "decided": Words("theo quyết định", "by decision"),
}


class AreaLevelRefusedError(RefusalError):
    """A level that is not set, or criteria that are not kept."""


@dataclass(frozen=True, slots=True)
class LevelInputs:
    """What a level is told from: counts with their bases and where the base comes from.

    `n_new_cases` are community cases of the week that ends on the day. None is not known.
    `others` are measures of other versions, by the name the criteria give them.
    """

    n_new_cases: int | None = None
    population: int | None = None
    population_source: str = ""
    n_adults: int | None = None
    n_adults_dosed: int | None = None
    has_capacity: bool | None = None
    others: tuple[tuple[str, Decimal], ...] = ()

    def answers(self) -> Inputs:
        """The measures as the rule takes them; rates are exact fractions."""
        return {
            CASES: arealevels.per_100k(self.n_new_cases, self.population),
            DOSED: arealevels.percent(self.n_adults_dosed, self.n_adults),
            CAPACITY: self.has_capacity,
            **dict(self.others),
        }


@dataclass(frozen=True, slots=True)
class Decision:
    """A body's decision on a level: who and the document's number."""

    body: str
    number: str


@dataclass(frozen=True, slots=True)
class LevelOn:
    """The level of a unit as it stands: since when, told how, from what, by whom."""

    id: UUID
    unit_id: UnitId
    level: int
    since: date
    way: Way
    inputs: LevelInputs
    version: str | None
    computed: int | None
    decision: Decision | None
    is_invented: bool
    recorded_at: datetime
    recorded_by: str
    withdrawn_at: datetime | None = None

    @property
    def words(self) -> Words:
        """The level in words, its colour named."""
        return arealevels.LEVEL_WORDS[self.level]


@lru_cache(maxsize=1)
def vendored_criteria() -> tuple[Criteria, ...]:
    """The versions that come with the package, oldest first."""
    return tuple(arealevels.criteria_of(one) for one in written_criteria())


def written_criteria() -> list[dict[str, object]]:
    """The same as they are kept."""
    found = json.loads((VENDORED / "area-level-criteria.json").read_text(encoding="utf-8"))
    return [dict(one) for one in found]


def wire_of_inputs(inputs: LevelInputs) -> dict[str, object]:
    """Inputs as they are kept; what is not known is left out."""
    kept = {
        "n_new_cases": inputs.n_new_cases,
        "population": inputs.population,
        "population_source": inputs.population_source or None,
        "n_adults": inputs.n_adults,
        "n_adults_dosed": inputs.n_adults_dosed,
        "has_capacity": inputs.has_capacity,
        "others": {name: str(value) for name, value in inputs.others} or None,
    }
    return {name: value for name, value in kept.items() if value is not None}


def inputs_of_wire(kept: Mapping[str, object]) -> LevelInputs:
    """Inputs as they were kept."""
    others = kept.get("others")
    capacity = kept.get("has_capacity")
    return LevelInputs(
        n_new_cases=_count(kept.get("n_new_cases")),
        population=_count(kept.get("population")),
        population_source=str(kept.get("population_source", "")),
        n_adults=_count(kept.get("n_adults")),
        n_adults_dosed=_count(kept.get("n_adults_dosed")),
        has_capacity=capacity if isinstance(capacity, bool) else None,
        others=tuple((str(name), Decimal(str(value))) for name, value in others.items())
        if isinstance(others, dict)
        else (),
    )


def _count(value: object) -> int | None:
    return value if isinstance(value, int) else None

"""Frozen criteria, inputs and answers of area levels. No number of a decision stands here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from vungxanh.refusals import RefusalError, Words

LEVELS = (1, 2, 3, 4)
# Resolution 128/NQ-CP of 11 October 2021: the four levels and their colours.
LEVEL_WORDS = {
    1: Words("Cấp 1 – nguy cơ thấp (xanh)", "Level 1 – low risk (green)"),
    2: Words("Cấp 2 – nguy cơ trung bình (vàng)", "Level 2 – medium risk (yellow)"),
    3: Words("Cấp 3 – nguy cơ cao (cam)", "Level 3 – high risk (orange)"),
    4: Words("Cấp 4 – nguy cơ rất cao (đỏ)", "Level 4 – very high risk (red)"),
}

Number = Decimal | Fraction | int
Answer = Number | bool | None
Inputs = Mapping[str, Answer]
"""Values by the name of a measure (numbers) or a hold (yes, no); None and absent: not known."""


class AreaLevelError(RefusalError):
    """Criteria or inputs that the engine refuses to work with."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that decides: `edges` ascending cut it into bands; an edge belongs to the upper one.

    `is_verified` is False where the edges were not checked against the decree's own text.
    """

    name: str
    label: Words
    unit: Words
    edges: tuple[Decimal, ...]
    is_verified: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """A yes-or-no condition: while it is not met, the level does not fall below the one before."""

    name: str
    label: Words
    is_verified: bool = False


@dataclass(frozen=True, slots=True)
class Criteria:
    """One version of the criteria, valid from `valid_from` until before `valid_to`.

    `levels` maps the band of each measure, in their order, to a level; it is empty where the
    decree's table is not known: then nothing is computed and a person decides.
    """

    version: str
    title: Words
    source: str
    valid_from: date
    valid_to: date | None
    measures: tuple[Measure, ...]
    holds: tuple[Hold, ...]
    levels: Mapping[tuple[int, ...], int] = field(hash=False)
    note: Words | None = None

    @property
    def is_verified(self) -> bool:
        """Whether every edge and condition was checked against the decree's own text."""
        measured = all(measure.is_verified for measure in self.measures)
        return measured and all(hold.is_verified for hold in self.holds)


class Missing(StrEnum):
    """Why a level could not be told from the inputs."""

    INPUT = "input"
    TABLE = "table"
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class Step:
    """One input in the reasoning; `band` counts from 0, None for a hold or where not known.

    `low` is included, `high` excluded; None has no bound. `is_met` is for holds. `decides`: with
    this input unknown, another level would be possible.
    """

    name: str
    label: Words
    value: Answer
    band: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    is_met: bool | None = None
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the inputs mean: one level, or all that are possible while something is missing.

    `level` is None unless exactly one is possible. `missing` names inputs that are not known and
    could change the answer, with why; `is_held` when a condition kept the level from falling.
    """

    version: str
    level: int | None
    possible: tuple[int, ...]
    steps: tuple[Step, ...]
    missing: tuple[tuple[str, Missing], ...]
    is_held: bool
    is_verified: bool

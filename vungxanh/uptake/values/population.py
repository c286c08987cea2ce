"""Kinds of population figures, and rows of a list as they were read."""

from dataclasses import dataclass
from datetime import date

from vungxanh.refusals import Words

TABLE_STATES = ["draft", "recorded", "dropped", "withdrawn"]


@dataclass(frozen=True, slots=True)
class PopulationKind:
    """How people were counted; `day` is the month and day it speaks of where none is given.

    What is no base (`is_base` False) is kept and shown, never divided by.
    """

    name: str
    label: Words
    day: tuple[int, int]
    is_base: bool = True


KINDS: dict[str, PopulationKind] = {
    kind.name: kind
    for kind in (
        PopulationKind("census", Words("Tổng điều tra", "Census"), (4, 1)),
        PopulationKind("average", Words("Dân số trung bình năm", "Average of the year"), (7, 1)),
        PopulationKind("estimate", Words("Ước tính", "Estimate"), (7, 1)),
        PopulationKind(
            "registered",
            Words("Quy mô dân số trong hồ sơ sắp xếp", "Size stated in a merger dossier"),
            (12, 31),
            is_base=False,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class PopulationRow:
    """One row of a list: what was read, and what is wrong with it; `number` counts from 1."""

    number: int
    name: str
    unit_id: str | None
    year: int | None
    on: date | None
    kind: str | None
    value: int | None
    source: str
    faults: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Population:
    """One population as it stands, with what it may serve for."""

    id: int
    unit_id: str
    year: int
    on: date
    kind: PopulationKind
    value: int
    source: str
    is_used: bool

"""What the engine takes and gives: counts over a tree of units, and what is told of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vungxanh.refusals import RefusalError, Words

Cell = tuple[str, str]
"""A unit and a column."""

WHOLE: Final = ""
"""The column that is the sum of all others; the only one where a table has no columns."""


class DisclosureError(RefusalError):
    """A table of which nothing can be told."""


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of the lowest units: everything above them and every whole is their sum.

    `parents` says of every unit but one, the root, which unit it is in. `columns` are the parts
    that make up a whole (ill and not ill), none where only wholes are told. `counts` has whole
    numbers from zero up, of units without units below and of columns (`WHOLE` where there are
    none); what is not there is zero.
    """

    parents: Mapping[str, str]
    columns: tuple[str, ...]
    counts: Mapping[Cell, int]


@dataclass(frozen=True, slots=True)
class Protected:
    """What is told of each cell of a table: its count, or None where it is withheld.

    `n_small` cells were withheld for themselves, `n_besides` so that the others cannot be worked
    out of what is left. The two look alike in `cells`, and must look alike to a reader.
    """

    cells: Mapping[Cell, int | None]
    n_small: int
    n_besides: int


def refuse_tree(unit: str) -> DisclosureError:
    """The units are not one tree: several roots, none, or a unit above itself."""
    code = "disclosure.tree"
    return DisclosureError(
        code,
        Words(
            f"Địa bàn {unit} không nằm trong một cây địa bàn duy nhất: kiểm tra lại cấp trên.",
            f"Unit {unit} is not in one tree of units: check which unit is above it.",
        ),
        field=unit,
    )


def refuse_count(cell: Cell) -> DisclosureError:
    """A count is negative, not a whole number, or of a cell that the table does not have."""
    code = "disclosure.count"
    return DisclosureError(
        code,
        Words(
            f"Số của {cell} không phải số nguyên từ 0, hoặc bảng không có ô này: kiểm tra bảng.",
            f"The count of {cell} is not a whole number from 0, or the table lacks this cell.",
        ),
        field=str(cell),
    )


def refuse_told() -> DisclosureError:
    """What is told elsewhere gives the small counts of this table away."""
    code = "disclosure.told_elsewhere"
    return DisclosureError(
        code,
        Words(
            "Số đã công bố ở bảng khác làm lộ số nhỏ của bảng này: không công bố bảng này.",
            "Counts told in another table give away small ones of this table: do not publish it.",
        ),
    )

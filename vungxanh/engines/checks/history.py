"""Published figures in their long form, one figure a line: unit, element, value, as_of, source."""

from typing import Final

from vungxanh.documents.grids import Cell, Grid
from vungxanh.engines.checks.dates import as_of_cell
from vungxanh.engines.checks.numerals import read_number
from vungxanh.engines.checks.types import CheckError, Figure
from vungxanh.refusals import Words

_NEEDED: Final = ("unit", "element", "value", "as_of")


def history_of(grid: Grid) -> tuple[Figure, ...]:
    """Every figure of a grid whose first row names the columns; blank lines are left out.

    Raises `checks.bad_history` where a column or a day is missing.
    """
    heads = {cell.text: position for position, cell in enumerate(grid.rows[0])}
    if not set(_NEEDED) <= heads.keys():
        raise _bad(", ".join(sorted(set(_NEEDED) - heads.keys())))
    return tuple(
        _figure({name: line[position] for name, position in heads.items()})
        for line in grid.rows[1:]
        if any(cell.text for cell in line)
    )


def _figure(cells: dict[str, Cell]) -> Figure:
    as_of = as_of_cell(cells["as_of"])
    if as_of is None:
        raise _bad(cells["as_of"].place.vi)
    return Figure(
        unit=cells["unit"].text,
        element=cells["element"].text,
        value=int(read_number(cells["value"].text, kind="count").value),
        as_of=as_of,
        source=cells["source"].text if "source" in cells else "",
    )


def _bad(what: str) -> CheckError:
    code = "checks.bad_history"
    return CheckError(
        code,
        Words(
            f"Tệp số liệu trước đây thiếu {what}: mỗi dòng cần unit, element, value, as_of.",
            f"The file of earlier figures lacks {what}: each line needs unit, element, value,"
            " as_of.",
        ),
        where=what,
    )

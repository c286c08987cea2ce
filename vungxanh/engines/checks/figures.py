"""Cells of a column to counts and printed shares; what cannot be read becomes a finding."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from vungxanh.documents.grids import Cell
from vungxanh.engines.checks.numerals import (
    Evidence,
    Kind,
    Numeral,
    ambiguous,
    evidence_of,
    is_blank,
    is_neither,
    not_a_number,
    numeral,
    settled,
    zero_or_missing,
)
from vungxanh.engines.checks.sentences import at_start, say
from vungxanh.engines.checks.types import Column, Finding, Mark
from vungxanh.refusals import Words

_PER_CENT: Final = 100
# Excel computes shares to 15 digits; what no format shortens is compared with this many.
_MOST_DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class Figures:
    """The readable figures of a column by grid row, its separators, and what was wrong."""

    values: dict[int, Numeral]
    texts: dict[int, str]
    marks: tuple[Mark, ...]
    findings: tuple[Finding, ...]


def read_figures(column: Column, cells: Sequence[Cell]) -> Figures:
    """Read a column of counts or shares; `cells` are those of the body rows."""
    kind: Kind = "share" if column.role == "share" else "count"
    written = [(cell, _numeral(cell)) for cell in cells if not is_blank(cell.text)]
    evidence = evidence_of(read for _, read in written)
    values: dict[int, Numeral] = {}
    findings: list[Finding] = []
    for cell, read in written:
        certain = settled(read, kind, _deciding(kind, evidence)) if read else None
        fault = _fault(cell, read, certain, kind=kind)
        if fault is not None:
            findings.append(_finding(cell, column, fault))
        elif certain is not None:
            values[cell.row] = certain
    texts = {cell.row: cell.text for cell, _ in written}
    return Figures(values, texts, _marks(written, values), tuple(findings))


def _deciding(kind: Kind, evidence: Evidence) -> Evidence:
    """A count that shows two decimals somewhere is a fault there, no evidence elsewhere."""
    if kind == "share":
        return evidence
    grouped = {sign for role, sign in evidence if role == "groups"}
    return frozenset((role, sign) for role, sign in evidence if role == "groups" or sign in grouped)


def _numeral(cell: Cell) -> Numeral | None:
    if isinstance(cell.value, bool) or cell.value is None:
        return None
    if isinstance(cell.value, int):
        return Numeral(Decimal(cell.value), 0)
    if isinstance(cell.value, Decimal):
        return _computed(cell, cell.value)
    return numeral(cell.text) if isinstance(cell.value, str) else None


def _computed(cell: Cell, value: Decimal) -> Numeral:
    scaled = (value * _PER_CENT if cell.percent else value).normalize()
    exponent = scaled.as_tuple().exponent
    own = max(0, -exponent) if isinstance(exponent, int) else 0
    shown = own if cell.decimals is None else cell.decimals
    return Numeral(scaled, min(shown, _MOST_DECIMALS), is_percent=cell.percent)


def _fault(
    cell: Cell, read: Numeral | None, certain: Numeral | None, *, kind: Kind
) -> tuple[str, Words] | None:
    if read is None:
        if is_neither(cell.text):
            return "number.zero_or_missing", zero_or_missing(cell.text)
        return "number.unreadable", not_a_number(cell.text)
    if certain is None:
        return "number.ambiguous", ambiguous(cell.text)
    if kind == "count" and certain.value != certain.value.to_integral_value():
        return "number.not_whole", say(
            "số đếm “{text}” có phần thập phân: kiểm tra dấu ngăn nghìn, ghi số nguyên.",
            "the count “{text}” has decimals: check the separators and write a whole number.",
            text=cell.text[:40],
        )
    return None


def _finding(cell: Cell, column: Column, fault: tuple[str, Words]) -> Finding:
    code, words = fault
    return Finding(
        code=code,
        severity="error",
        where=cell.place.vi,
        message=say(
            "{place}: {words}", "{place}: {words}", place=at_start(cell.place), words=words
        ),
        rule="readable_numbers",
        claim=cell.text[:40],
        element=column.element,
    )


def _marks(
    written: Iterable[tuple[Cell, Numeral | None]], values: dict[int, Numeral]
) -> tuple[Mark, ...]:
    first: dict[tuple[str, str], Mark] = {}
    for cell, _ in written:
        read = values.get(cell.row)
        for role, sign in sorted(read.evidence) if read else ():
            first.setdefault((role, sign), Mark(role, sign, cell.text, cell.place.vi))
    return tuple(first.values())

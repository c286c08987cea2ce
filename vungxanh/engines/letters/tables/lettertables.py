"""The table of a letter as its reading holds it: values, sums, codes, and whether it is blank."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from vungxanh.engines.checks.heads import Meaning
from vungxanh.engines.letters.passages import Span
from vungxanh.engines.letters.tables.cells import evidence_around, values_of
from vungxanh.engines.letters.tables.codes import Codes, codes_of
from vungxanh.engines.letters.tables.meanings import codes_head, elements_of, heads_of, meanings_of
from vungxanh.engines.letters.tables.titles import Title
from vungxanh.engines.letters.tables.totals import totals_of
from vungxanh.engines.letters.tables.types import RawRow, RawTable
from vungxanh.engines.letters.tables.vocabulary import is_total
from vungxanh.engines.letters.types import CellValue, LetterTable, Places

Values = tuple[CellValue, ...]
T = TypeVar("T")
# What numbers a group of rows among rows that have numbers: "I", "A", "II.".
_GROUP: Final = re.compile(r"([IVX]{1,5}|[A-H])[.)]?")
_DOTS: Final = ".…_- "


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table hold."""

    heads: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    elements: tuple[str | None, ...]

    @classmethod
    def of(cls, raw: RawTable) -> "Columns":
        """The columns under the head of a raw table."""
        heads = heads_of(raw.head, len(raw.rows[0]))
        meanings = meanings_of(heads)
        return cls(heads, meanings, elements_of(meanings))

    def position(self, role: str) -> int | None:
        """The place of the first column of a role, from 0."""
        found = (i for i, meaning in enumerate(self.meanings) if meaning.role == role)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows of a table as values, and which of them are of one unit, which are sums."""

    rows: tuple[Values, ...]
    is_unit: tuple[bool, ...]
    is_sum: tuple[bool, ...]

    @property
    def units(self) -> list[Values]:
        """The rows of units."""
        return [row for row, is_unit in zip(self.rows, self.is_unit, strict=True) if is_unit]


def letter_table(
    raw: RawTable, title: Title, span: Span, *, places: Places | None, province: str | None
) -> LetterTable:
    """The table with its values; units are told their codes where the caller knows them."""
    columns = Columns.of(raw)
    body = _body(raw, columns)
    is_blank = not any(_has_figures(row, columns) for row in body.rows)
    table = LetterTable(
        title=title.text,
        as_of=title.as_of,
        columns=columns.heads,
        rows=body.rows,
        span=span,
        elements=columns.elements,
        total_row_present=any(body.is_sum),
        computed_totals=totals_of(body.units, columns.meanings, columns.elements),
        is_blank_form=is_blank,
        filled_by=title.filled_by if is_blank else None,
    )
    at = columns.position("name")
    if at is None:
        return table
    names = [_name(row[at]) for row in body.units]
    codes = codes_of(names, places, province) if places else None
    if places is None or codes is None:
        return table
    coded = _with_codes(table, body, at=at, codes=codes, head=codes_head(places.tree))
    return replace(coded, candidates=_candidates(codes, places.tree))


def _candidates(codes: Codes, tree: str) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(f"{tree}:{code}" for code in found) for name, found in codes.candidates.items()
    }


def _body(raw: RawTable, columns: Columns) -> _Body:
    """Rows that are only numbered say nothing and are left out."""
    order = columns.position("order")
    written = [row for row in raw.body if _says_more(row, order)]
    is_sum = [_is_sum(row) for row in written]
    groups = [_is_group(row, order) for row in written]
    is_grouped = any(groups) and not all(groups)
    is_unit = [
        not (a_sum or (is_grouped and a_group))
        for a_sum, a_group in zip(is_sum, groups, strict=True)
    ]
    return _Body(_values(written, columns), tuple(is_unit), tuple(is_sum))


def _says_more(row: RawRow, order: int | None) -> bool:
    return any(cell.text.strip(_DOTS) for i, cell in enumerate(row) if i != order)


def _is_sum(row: RawRow) -> bool:
    words = next((cell.text for cell in row if cell.text and not cell.text.isdecimal()), "")
    return is_total(words)


def _is_group(row: RawRow, order: int | None) -> bool:
    """Whether a row heads others: "I. Khu vực thành thị"."""
    return order is not None and _GROUP.fullmatch(row[order].text) is not None


def _values(rows: Sequence[RawRow], columns: Columns) -> tuple[Values, ...]:
    around = evidence_around(cell.text for row in rows for cell in row)
    by_column = [
        values_of([row[i].text for row in rows], meaning, around)
        for i, meaning in enumerate(columns.meanings)
    ]
    return tuple(zip(*by_column, strict=True)) if rows else ()


def _has_figures(row: Values, columns: Columns) -> bool:
    named = {columns.position("order"), columns.position("name")}
    return any(value is not None for i, value in enumerate(row) if i not in named)


def _name(value: CellValue) -> str:
    return value if isinstance(value, str) else ""


def _with_codes(
    table: LetterTable, body: _Body, *, at: int, codes: Codes, head: str
) -> LetterTable:
    """The table with a column of codes after its names."""
    told = iter(codes.codes)
    rows = [
        _inserted(row, at, next(told) if is_unit else None)
        for row, is_unit in zip(body.rows, body.is_unit, strict=True)
    ]
    return replace(
        table,
        columns=_inserted(table.columns, at, head),
        elements=_inserted(table.elements, at, head),
        rows=tuple(rows),
    )


def _inserted(row: tuple[T, ...], at: int, value: T) -> tuple[T, ...]:
    return (*row[: at + 1], value, *row[at + 1 :])

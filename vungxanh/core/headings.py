"""Which column of a table that is brought fills which field, recognised from its heading."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from vungxanh.documents.escaping import looks_like_formula
from vungxanh.documents.grids import column_letters
from vungxanh.engines.names import fold

MOST_ROWS_ABOVE: Final = 20
"""Titles may stand above the heading."""
Headings = Mapping[str, tuple[str, ...]]
"""The headings of each field, in small letters without accents."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its letters, its heading as written and the field that it fills, "" for none."""

    letters: str
    head: str
    field: str


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """One row as it was written: its number in the sheet and its texts by field."""

    number: int
    texts: Mapping[str, str]


def heading_of(
    rows: Iterable[Sequence[str]], headings: Headings
) -> tuple[int, tuple[Column, ...]] | None:
    """The first row that names a name and something more: its place, from 0, and its columns."""
    for place, texts in enumerate(islice(rows, MOST_ROWS_ABOVE)):
        columns = columns_of(texts, headings)
        fields = {one.field for one in columns} - {""}
        if "name" in fields and len(fields) > 1:
            return place, columns
    return None


def columns_of(texts: Sequence[str], headings: Headings) -> tuple[Column, ...]:
    """The columns under a row of headings; of two that say the same the first fills the field.

    Words in brackets are left out.

    >>> [one.field for one in columns_of(["STT", "Tên (ghi đủ)", "Tên"], {"name": ("ten",)})]
    ['', 'name', '']
    """
    field_of = {head: field for field, heads in headings.items() for head in heads}
    seen: set[str] = set()
    found = []
    for number, text in enumerate(texts, start=1):
        field = field_of.get(fold(text.partition("(")[0]), "")
        found.append(Column(column_letters(number), text, "" if field in seen else field))
        seen.add(field)
    return tuple(found)


def letters_of(columns: Iterable[Column]) -> dict[str, str]:
    """The column of each field that has one."""
    return {one.field: one.letters for one in columns if one.field}


def unmarked(text: str) -> str:
    """The words of a cell without the apostrophe that our own files put before a formula.

    >>> unmarked("'=1+1"), unmarked("'Quy Nhơn'")
    ('=1+1', "'Quy Nhơn'")
    """
    if not text.startswith("'"):
        return text
    return text[1:] if looks_like_formula(text[1:]) else text

"""CSV read as integers: UTF-8, first line the columns' names, separated by "," ";" or tabs.

Arrow reads it; only when Arrow gives up are the lines searched for the first wrong one.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa

from vungxanh.checkins.gateways import file_refusals as refuse
from vungxanh.checkins.gateways.file_columns import Piece, check_types
from vungxanh.core import delimited
from vungxanh.core.delimited import Layout
from vungxanh.core.file_words import Place
from vungxanh.engines.tracing.types import TracingError

_EMPTY: Final = ("", "NULL", "null")
_INTEGER: Final = re.compile(r"\s*-?[0-9]+\s*")


def column_names(path: Path) -> list[str]:
    """The names of all columns."""
    return _layout(path).names


def pieces(path: Path, wanted: Sequence[str]) -> Iterator[Piece]:
    """The rows of a file, some megabytes at a time."""
    layout = _layout(path)
    check_types(path, pa.schema([(name, pa.int64()) for name in layout.names]), wanted)
    first = 1
    try:
        for batch in delimited.batches(layout, dict.fromkeys(wanted, pa.int64()), nulls=_EMPTY):
            yield Piece(path, first, tuple(batch.column(name) for name in wanted))
            first += batch.num_rows
    except pa.ArrowInvalid:
        if fault := _fault(layout, wanted):
            raise fault from None


def _layout(path: Path) -> Layout:
    try:
        layout = delimited.layout(path)
    except UnicodeDecodeError:
        raise refuse.not_utf8(path) from None
    if not layout.names:
        raise refuse.empty_csv(path)
    return layout


def _fault(layout: Layout, wanted: Sequence[str]) -> TracingError | None:
    """The first line that is no row of integers, as a refusal; none where there is no row."""
    path, row = layout.path, 0
    try:
        for row, cells in enumerate(delimited.lines(layout), start=1):
            fault = _fault_in(Place(path, row), layout.names, cells, wanted=wanted)
            if fault:
                return fault
    except (UnicodeDecodeError, csv.Error):
        return refuse.not_utf8(path)
    return refuse.damaged(path) if row else None


def _fault_in(
    place: Place, header: Sequence[str], cells: Sequence[str], *, wanted: Sequence[str]
) -> TracingError | None:
    if len(cells) != len(header):
        return refuse.wrong_row(place, len(cells), len(header))
    for name in wanted:
        cell = cells[header.index(name)]
        if cell not in _EMPTY and not _is_int64(cell):
            return refuse.not_a_number(place, name)
    return None


def _is_int64(cell: str) -> bool:
    return bool(_INTEGER.fullmatch(cell)) and -(2**63) <= int(cell) < 2**63

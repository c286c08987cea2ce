"""CSV read as integers: UTF-8, first line the columns' names, separated by "," ";" or tabs.

Arrow reads it; only when Arrow gives up are the lines searched for the first wrong one.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
from pyarrow import csv as arrow_csv

from vungxanh.checkins.gateways import file_refusals as refuse
from vungxanh.checkins.gateways.file_columns import Piece, check_types
from vungxanh.engines.tracing.types import TracingError

_BLOCK: Final = 16 * 2**20  # bytes that are read at a time
_EMPTY: Final = ("", "NULL", "null")
_INTEGER: Final = re.compile(r"\s*-?[0-9]+\s*")


def column_names(path: Path) -> list[str]:
    """The names of all columns."""
    return _header(path)[1]


def pieces(path: Path, wanted: Sequence[str]) -> Iterator[Piece]:
    """The rows of a file, some megabytes at a time."""
    separator, header = _header(path)
    check_types(path, pa.schema([(name, pa.int64()) for name in header]), wanted)
    try:
        yield from _read(path, wanted, separator)
    except pa.ArrowInvalid:
        if fault := _fault(path, wanted, separator):
            raise fault from None


def _header(path: Path) -> tuple[str, list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            line = file.readline(2**16)
    except UnicodeDecodeError:
        raise refuse.not_utf8(path) from None
    if not line.strip():
        raise refuse.empty_csv(path)
    separator = next((mark for mark in ",;\t" if mark in line), ",")
    return separator, next(csv.reader([line], delimiter=separator))


def _read(path: Path, wanted: Sequence[str], separator: str) -> Iterator[Piece]:
    reader = arrow_csv.open_csv(
        path,
        read_options=arrow_csv.ReadOptions(block_size=_BLOCK),
        parse_options=arrow_csv.ParseOptions(delimiter=separator),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=list(wanted),
            column_types={name: pa.int64() for name in wanted},
            null_values=list(_EMPTY),
        ),
    )
    first = 1
    with reader:
        for batch in reader:
            yield Piece(path, first, tuple(batch.column(name) for name in wanted))
            first += batch.num_rows


def _fault(path: Path, wanted: Sequence[str], separator: str) -> TracingError | None:
    """The first line that is no row of integers, as a refusal; none where there is no row."""
    row = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file, delimiter=separator)
            header = next(lines)
            for row, cells in enumerate(filter(None, lines), start=1):
                fault = _fault_in(refuse.Place(path, row), header, cells, wanted=wanted)
                if fault:
                    return fault
    except (UnicodeDecodeError, csv.Error):
        return refuse.not_utf8(path)
    return refuse.damaged(path) if row else None


def _fault_in(
    place: refuse.Place, header: Sequence[str], cells: Sequence[str], *, wanted: Sequence[str]
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

"""The door of every CSV of exposure notification: its head, and faults of its lines."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from vungxanh.core import delimited
from vungxanh.core.delimited import Layout
from vungxanh.core.file_words import Place
from vungxanh.exposure.gateways import file_refusals as refuse
from vungxanh.exposure.gateways.file_refusals import ExposureError
from vungxanh.exposure.gateways.files import check_there

WHOLE: Final = re.compile(r"\s*-?[0-9]{1,18}\s*", flags=re.ASCII)


def layout_of(path: Path, needed: Sequence[str], *, optional: Sequence[str] = ()) -> Layout:
    """How a file is written; no column that is read may be there twice.

    Raises `exposure.no_file|file_unreadable|not_utf8|no_header|missing_columns|column_twice`.
    """
    check_there(path)
    try:
        layout = delimited.layout(path)
    except UnicodeDecodeError:
        raise refuse.not_utf8(path) from None
    except OSError:
        raise refuse.unreadable_file(path) from None
    if not layout.names:
        raise refuse.empty_csv(path)
    if missing := [name for name in needed if name not in layout.names]:
        raise refuse.missing_columns(path, missing, layout.names)
    for name in (*needed, *optional):
        if layout.names.count(name) > 1:
            raise refuse.column_twice(path, name)
    return layout


def rows_of(layout: Layout) -> Iterator[tuple[Place, dict[str, str]]]:
    """Each row with its place. Raises `exposure.wrong_row|not_utf8`."""
    n_columns = len(layout.names)
    try:
        for row, cells in enumerate(delimited.lines(layout), start=1):
            place = Place(layout.path, row)
            if len(cells) != n_columns:
                raise refuse.wrong_row(place, len(cells), n_columns)
            yield place, dict(zip(layout.names, cells, strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise refuse.not_utf8(layout.path) from None


def whole(place: Place, column: str, cell: str) -> int:
    """A whole number. Raises `exposure.not_a_number`."""
    if not WHOLE.fullmatch(cell):
        raise refuse.not_a_number(place, column)
    return int(cell)


def first_fault(
    layout: Layout, check: Callable[[Place, dict[str, str]], None]
) -> ExposureError | None:
    """What is wrong in the first line that has a fault, if any."""
    try:
        for place, cells in rows_of(layout):
            check(place, cells)
    except ExposureError as error:
        return error
    return None
